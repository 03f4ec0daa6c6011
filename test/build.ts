/** Builds the program once before tests that start it: threads and the command line run from `dist/`. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export default function build(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo'];
  const { stdout } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, encoding: 'utf8' });
  // Type errors are what `npm run types` is for; the compiler writes the program in spite of them.
  const bundle = spawnSync('npm', ['run', 'bundle'], { cwd: root, encoding: 'utf8' });
  if (bundle.status !== 0) throw new Error(`the build failed:\n${stdout}${bundle.stderr}`);
}
