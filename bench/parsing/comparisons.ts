/**
 * The comparisons P1 to P8: what is read, by whom, and which ratio is wanted. The targets are the project's own, set
 * after a prototype; `docs/performance.md` says what was reached.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ours, peers, tools } from './peers.ts';
import type { Job, Timing } from './run-jobs.ts';
import { DYNAMICS, RELAXATION, writeOutcar } from './write-outcar.ts';
import { writeVasprun, XML_RELAXATION } from './write-vasprun.ts';

/** One target: a ratio of times, or a bound of a figure. */
export interface Target {
  readonly text: string;
  readonly limit: number;
  readonly atLeast: boolean;
  readonly figure: (timings: ReadonlyMap<string, Timing>) => number;
}

export interface Comparison {
  readonly id: string;
  readonly work: string;
  /** Makes the files; returns the jobs and the energy that every answer must have, if it has one. */
  readonly prepare: (folder: string, scale: number) => { readonly jobs: readonly Job[]; readonly energyEv?: number };
  readonly targets: readonly Target[];
  readonly rounds: number;
}

const SEED = 7;
const HUNDRED_MB = 100e6;
const GIGABYTE = 1000e6;
const FOLDERS = 10_000;
/** pymatgen takes minutes for as many folders as we read in seconds. */
const PEER_FOLDERS = 100;

const inner = (timings: ReadonlyMap<string, Timing>, name: string): number =>
  timing(timings, name).innerSeconds ?? Number.NaN;
const wall = (timings: ReadonlyMap<string, Timing>, name: string): number => timing(timings, name).wallSeconds;

function timing(timings: ReadonlyMap<string, Timing>, name: string): Timing {
  const found = timings.get(name);
  if (found === undefined) throw new Error(`no job named ${name}`);
  return found;
}

const EVERY_STEP = 'adatom, every step';

function fasterInner(peer: string, limit: number): Target {
  return {
    text: `≥ ${limit}× ${peer}`,
    limit,
    atLeast: true,
    figure: (timings) => inner(timings, peer) / inner(timings, EVERY_STEP),
  };
}

function withinWall(job: string, tool: string, limit: number): Target {
  return {
    text: `≤ ${limit}× ${tool} (${job})`,
    limit,
    atLeast: false,
    figure: (timings) => wall(timings, job) / wall(timings, tool),
  };
}

function memory(job: string, limit: number): Target {
  return {
    text: `≤ ${limit} MB (${job})`,
    limit,
    atLeast: false,
    figure: (timings) => timing(timings, job).memoryMegabytes,
  };
}

const WITHOUT_HASH = 'adatom parse --no-hash';
const WITH_HASH = 'adatom parse';

export const comparisons: readonly Comparison[] = [
  {
    id: 'P1',
    work: 'OUTCAR 100 MB, relaxation, every ionic step',
    rounds: 3,
    prepare: (folder, scale) => {
      const file = join(folder, 'OUTCAR');
      const truth = writeOutcar(file, { ...RELAXATION, seed: SEED, bytes: scale * HUNDRED_MB });
      const jobs = [ours.inner('all', [file]), peers.pymatgenOutcar(file), peers.aseSteps(file, 'vasp-out')];
      return { jobs, energyEv: truth.energySigma0Ev };
    },
    targets: [fasterInner('pymatgen Outcar', 300), fasterInner('ASE read(":")', 80)],
  },
  {
    id: 'P2',
    work: 'OUTCAR 100 MB, molecular dynamics, every ionic step',
    rounds: 3,
    prepare: (folder, scale) => {
      const file = join(folder, 'OUTCAR');
      const truth = writeOutcar(file, { ...DYNAMICS, seed: SEED, bytes: scale * HUNDRED_MB });
      const jobs = [ours.inner('all', [file]), peers.pymatgenForces(file), peers.aseSteps(file, 'vasp-out')];
      return { jobs, energyEv: truth.energySigma0Ev };
    },
    targets: [fasterInner('pymatgen Outcar + forces', 150), fasterInner('ASE read(":")', 50)],
  },
  {
    id: 'P3–P5',
    work: 'OUTCAR 1 GB, relaxation, whole process; final state only; memory',
    rounds: 5,
    prepare: (folder, scale) => {
      const file = join(folder, 'OUTCAR');
      const truth = writeOutcar(file, { ...RELAXATION, seed: SEED, bytes: scale * GIGABYTE });
      const jobs = [
        ours.program(WITHOUT_HASH, ['parse', file, '--json', '--quiet', '--no-hash']),
        ours.program(WITH_HASH, ['parse', file, '--json', '--quiet']),
        ours.program('adatom parse --provenance', ['parse', file, '--json', '--quiet', '--provenance']),
        ours.program('adatom parse --steps all', ['parse', file, '--json', '--quiet', '--steps', 'all', '--no-hash']),
        ours.inner('all', [file]),
        ours.inner('tail', [file]),
        tools.cat(file),
        tools.wc(file),
        tools.grep(file),
      ];
      return { jobs, energyEv: truth.energySigma0Ev };
    },
    targets: [
      withinWall(WITHOUT_HASH, 'wc -l', 2.5),
      withinWall(WITHOUT_HASH, 'cat', 3),
      withinWall(WITHOUT_HASH, 'grep -aF, 12 patterns', 1),
      withinWall(WITH_HASH, 'grep -aF, 12 patterns', 1),
      {
        text: '≤ 5 ms for the final state',
        limit: 5,
        atLeast: false,
        figure: (timings) => 1000 * inner(timings, 'adatom, tail step'),
      },
      memory(EVERY_STEP, 120),
      memory(WITHOUT_HASH, 70),
    ],
  },
  {
    id: 'P6',
    work: 'vasprun.xml 100 MB',
    rounds: 3,
    prepare: (folder, scale) => {
      const file = join(folder, 'vasprun.xml');
      writeVasprun(file, { ...XML_RELAXATION, seed: SEED, bytes: scale * HUNDRED_MB });
      const jobs = [
        ours.inner('all', [file]),
        ours.program(WITHOUT_HASH, ['parse', file, '--json', '--quiet', '--no-hash']),
        peers.pymatgenVasprun(file),
        peers.aseSteps(file, 'vasp-xml'),
      ];
      return { jobs };
    },
    targets: [
      fasterInner('pymatgen Vasprun (no DOS, no eigenvalues)', 50),
      fasterInner('ASE read(":")', 50),
      memory(WITHOUT_HASH, 80),
    ],
  },
  {
    id: 'P7',
    work: 'NEB, 9 images, every ionic step',
    rounds: 3,
    prepare: (folder) => {
      const files = Array.from({ length: 9 }, (_, image) => {
        const place = join(folder, `0${image}`);
        mkdirSync(place);
        const file = join(place, 'OUTCAR');
        writeOutcar(file, {
          ...RELAXATION,
          seed: SEED + image,
          steps: 20,
          shiftEv: 0.8 * Math.sin((Math.PI * image) / 8),
        });
        return file;
      });
      return { jobs: [ours.inner('all', files), peers.pymatgenOutcars(files)] };
    },
    targets: [fasterInner('pymatgen Outcar × 9', 150)],
  },
  {
    id: 'P8',
    work: '10,000 calculation folders',
    rounds: 3,
    prepare: (folder, scale) => {
      const outcars = makeFolders(folder, Math.ceil(scale * FOLDERS));
      const sample = outcars.slice(0, PEER_FOLDERS);
      const pymatgen = peers.pymatgenOutcars(sample);
      const jobs = [
        ours.program('adatom parse', ['parse', folder, '--ndjson', '--quiet']),
        { ...pymatgen, name: 'pymatgen Outcar', share: sample.length / outcars.length },
        tools.catTree(folder),
      ];
      return { jobs };
    },
    targets: [
      {
        text: '≥ 400× pymatgen Outcar per folder',
        limit: 400,
        atLeast: true,
        figure: (timings) => {
          const { share } = timing(timings, 'pymatgen Outcar');
          return inner(timings, 'pymatgen Outcar') / share / wall(timings, 'adatom parse');
        },
      },
      withinWall('adatom parse', 'cat', 3),
    ],
  },
];

/** Small relaxations; a few different ones, copied. */
function makeFolders(folder: string, count: number): string[] {
  const shape = { atoms: 24, electronicSteps: 10, kpoints: 2, bands: 80, spin: 1, dynamics: false } as const;
  const outcars: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const place = join(folder, `slab-${String(index).padStart(5, '0')}`);
    mkdirSync(place);
    const file = join(place, 'OUTCAR');
    const original = outcars[index % 8];
    if (index < 8 || original === undefined) writeOutcar(file, { ...shape, seed: SEED + index, steps: 4 + index });
    else cpSync(original, file);
    outcars.push(file);
  }
  return outcars;
}
