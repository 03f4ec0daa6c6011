/** Records of the outputs of one run, made by hand: two atoms in a skewed cell, one relaxation of three steps. */
import type { FileFormat, FileRecord, IonicStep, Settings } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Structure } from '../../model/structure.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import type { ReadFile, ReadRun, RunFileKind } from '../../pipeline/read-tree.ts';

/** Skewed, so that lattice directions are no Cartesian ones. */
const LATTICE = [
  [4, 0, 0],
  [2, 3, 0],
  [0, 0, 10],
] as const;

export const RELAXATION: Settings = { IBRION: 2, NSW: 50, EDIFFG: -0.02, NELM: 60, ENCUT: 520, ISPIN: 1 };

const NAMES: Readonly<Partial<Record<FileFormat, string>>> = {
  outcar: 'OUTCAR',
  'vasprun-xml': 'vasprun.xml',
  'vaspout-h5': 'vaspout.h5',
  oszicar: 'OSZICAR',
};

export function structure(species: readonly string[], selectiveDynamics?: Uint8Array): Structure {
  const cartesianAngstrom = Float64Array.from(species.flatMap((_, atom) => [0.5 * atom, 0.25, 1 + 2 * atom]));
  return { latticeAngstrom: LATTICE, species, cartesianAngstrom, ...(selectiveDynamics && { selectiveDynamics }) };
}

/** Step 3 of the run as OUTCAR prints it. */
export function finalStep(change: Partial<IonicStep> = {}): IonicStep {
  return {
    index: 3,
    freeEnergyEv: -123.45678912,
    energyWithoutEntropyEv: -123.45478912,
    energySigma0Ev: -123.45578912,
    forcesEvPerAngstrom: Float64Array.of(0.001, -0.002, 0.003, -0.001, 0.002, -0.003),
    stressKbar: [1.2, -3.4, 5.6, 0.1, -0.2, 0.3],
    electronic: 'reached',
    ...change,
  };
}

/** A file of the run in the folder `slab`, complete with three steps unless told otherwise. */
export function output(format: FileFormat, change: Partial<FileRecord> = {}): ReadFile {
  const tellsAll = format !== 'oszicar';
  return {
    identity: { path: `slab/${NAMES[format] ?? format}`, sha256: format.padEnd(64, '0'), bytes: 1 },
    record: {
      format,
      completeness: 'complete',
      ionicStepCount: 3,
      steps: [finalStep()],
      ...(tellsAll && {
        version: '5.4.4',
        settings: RELAXATION,
        potcars: [{ title: 'PAW_PBE Zn 06Sep2000' }, { title: 'PAW_PBE O 08Apr2002' }],
        structure: structure(['Zn', 'O']),
        convergence: { electronic: 'reached', ionic: 'reached' },
      }),
      places: {
        'final.energySigma0Ev': { byteOffset: 5000, byteLength: 13, line: 812 },
        'settings.ENCUT': { byteOffset: 700, byteLength: 5, line: 61 },
      },
      issues: [],
      ...change,
    },
  };
}

/** What OSZICAR prints of the step: 8 significant digits. */
export function oszicar(change: Partial<IonicStep> = {}): ReadFile {
  const step: IonicStep = { index: 3, freeEnergyEv: -123.45679, energySigma0Ev: -123.45579, electronic: 'unknown' };
  return output('oszicar', { steps: [{ ...step, ...change }] });
}

export function runOf(files: Partial<Record<RunFileKind, ReadFile>>): ReadRun {
  const first = Object.values(files)[0];
  return { id: first?.identity.path ?? 'slab/OUTCAR', folder: 'slab', files, issues: [] };
}

export function merged(files: Partial<Record<RunFileKind, ReadFile>>) {
  const calculation = mergeCalculation(runOf(files));
  return { ...calculation, codes: calculation.issues.map(({ code }) => code) };
}

export const TRUNCATED = issue('E_TRUNCATED', { expected: 'an end', found: 'none' });
