/**
 * Programs in Python that our files are read back with, where they are installed. On Debian:
 * `apt-get install -y python3-pymatgen python3-ase`
 */
import { spawnSync } from 'node:child_process';

const INTERPRETERS = ['python3', '/usr/bin/python3'];

/** An interpreter that has the module; undefined when there is none. */
export function pythonWith(module: string): string | undefined {
  return INTERPRETERS.find((name) => spawnSync(name, ['-c', `import ${module}`], { timeout: 60_000 }).status === 0);
}

/** What a script prints, read as JSON. `argument` is `sys.argv[1]`. */
export function runPython(interpreter: string, script: string, argument: string): unknown {
  const { status, stdout, stderr } = spawnSync(interpreter, ['-c', script, argument], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
