/**
 * What others do with the same files: pymatgen and ASE (Debian's python3-pymatgen and python3-ase), and the tools that
 * people reach for on a cluster. Each tells its own time without its imports.
 */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Job } from './run-jobs.ts';

const PYTHON = '/usr/bin/python3';
const BEFORE =
  'import json, sys, time, warnings\nwarnings.filterwarnings("ignore")\nfiles = sys.argv[1:]\nfile = files[0]\n';
const START = 'start = time.perf_counter()\n';
const AFTER = '\nprint(json.dumps({"innerSeconds": time.perf_counter() - start, "energySigma0Ev": energy}))';

function python(name: string, imports: string, work: string, files: readonly string[]): Job {
  return { name, command: [PYTHON, '-c', `${BEFORE}${imports}\n${START}${work}${AFTER}`, ...files] };
}

const PYMATGEN = 'from pymatgen.io.vasp.outputs import Outcar, Vasprun';
const ASE = 'from ase.io import read';
const FORCE_ROWS =
  'outcar.read_table_pattern(r"POSITION\\s+TOTAL-FORCE \\(eV/Angst\\)\\n\\s-+\\n", r"\\s+([+-]?\\d+\\.\\d+)" * 6, r"\\s-+", postprocess=float, last_one_only=False)';

export const peers = {
  pymatgenOutcar: (file: string) => python('pymatgen Outcar', PYMATGEN, 'energy = Outcar(file).final_energy', [file]),
  pymatgenForces: (file: string) =>
    python(
      'pymatgen Outcar + forces',
      PYMATGEN,
      `outcar = Outcar(file)\ntables = ${FORCE_ROWS}\nenergy = outcar.final_energy`,
      [file],
    ),
  pymatgenOutcars: (files: readonly string[]) =>
    python(
      `pymatgen Outcar × ${files.length}`,
      PYMATGEN,
      'energy = [Outcar(f).final_energy for f in files][-1]',
      files,
    ),
  pymatgenVasprun: (file: string) =>
    python(
      'pymatgen Vasprun (no DOS, no eigenvalues)',
      PYMATGEN,
      'energy = float(Vasprun(file, parse_dos=False, parse_eigen=False, parse_potcar_file=False).final_energy)',
      [file],
    ),
  aseSteps: (file: string, format: 'vasp-out' | 'vasp-xml') =>
    python('ASE read(":")', ASE, `energy = read(file, index=":", format="${format}")[-1].get_potential_energy()`, [
      file,
    ]),
};

const PATTERNS = [
  'free  energy   TOTEN',
  'energy  without entropy',
  'in kB',
  'external pressure',
  'E-fermi',
  'Iteration',
  'aborting loop',
  'reached required accuracy',
  'number of electron',
  'General timing',
  'volume of cell',
  'TOTAL-FORCE',
];

export const tools = {
  cat: (file: string): Job => ({ name: 'cat', command: `cat '${file}' > /dev/null` }),
  catTree: (folder: string): Job => ({
    name: 'cat',
    command: `find '${folder}' -type f -print0 | xargs -0 cat > /dev/null`,
  }),
  wc: (file: string): Job => ({ name: 'wc -l', command: `wc -l < '${file}' > /dev/null` }),
  // Through a pipe: GNU grep stops at its first match when its output is /dev/null.
  grep: (file: string): Job => ({
    name: 'grep -aF, 12 patterns',
    command: `LC_ALL=C grep -aF ${PATTERNS.map((text) => `-e '${text}'`).join(' ')} '${file}' | wc -c > /dev/null`,
  }),
};

const PROGRAM = fileURLToPath(new URL('../../dist/cli/adatom.js', import.meta.url));
const INNER = fileURLToPath(new URL('../../dist/bench/parsing-inner.js', import.meta.url));

/** Compiles `inner.ts` as the program is, so that no compiler takes time and memory in the processes that are measured. */
export function buildInner(): void {
  const source = fileURLToPath(new URL('./inner.ts', import.meta.url));
  buildSync({
    entryPoints: [source],
    outfile: INNER,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
}

export const ours = {
  inner: (mode: 'last' | 'all' | 'tail', files: readonly string[]): Job => ({
    name: `adatom, ${mode === 'all' ? 'every step' : `${mode} step`}`,
    command: [process.execPath, INNER, mode, ...files],
  }),
  program: (name: string, parameters: readonly string[]): Job => ({
    name,
    command: `'${process.execPath}' '${PROGRAM}' ${parameters.map((part) => `'${part}'`).join(' ')} > /dev/null`,
  }),
};
