/**
 * The files of one run as one calculation: who wins, whose flags count, what belongs to another run.
 */
import { describe, expect, test } from 'vitest';
import type { FileRecord, IonicStep } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import type { ReadFile, ReadRun, RunFileKind } from '../../pipeline/read-tree.ts';
import { expectNear } from '../near.ts';

/** Two atoms in a skewed cell, so that lattice directions are no Cartesian ones. */
const LATTICE = [
  [4, 0, 0],
  [2, 3, 0],
  [0, 0, 10],
] as const;

function structure(species: readonly string[], selectiveDynamics?: Uint8Array): Structure {
  const cartesianAngstrom = Float64Array.from(species.flatMap((_, atom) => [0.5 * atom, 0.25, 1 + 2 * atom]));
  return { latticeAngstrom: LATTICE, species, cartesianAngstrom, ...(selectiveDynamics && { selectiveDynamics }) };
}

function step(forces: readonly number[]): IonicStep {
  return {
    index: 1,
    freeEnergyEv: -10.2,
    energyWithoutEntropyEv: -10,
    energySigma0Ev: -10.1,
    forcesEvPerAngstrom: Float64Array.from(forces),
    electronic: 'reached',
  };
}

function file(path: string, record: Partial<FileRecord> & Pick<FileRecord, 'format'>): ReadFile {
  return {
    identity: { path, sha256: 'a'.repeat(64), bytes: 1 },
    record: { completeness: 'complete', places: {}, issues: [], ...record },
  };
}

function run(files: Partial<Record<RunFileKind, ReadFile>>): ReadRun {
  return { id: 'slab/OUTCAR', folder: 'slab', files, issues: [] };
}

const RELAXATION = { IBRION: 2, NSW: 50, EDIFFG: -0.02, NELM: 60, ENCUT: 520 };

function outcar(forces: readonly number[], species = ['Zn', 'O']): ReadFile {
  return file('slab/OUTCAR', {
    format: 'outcar',
    settings: RELAXATION,
    potcars: [{ title: 'PAW_PBE Zn 06Sep2000' }, { title: 'PAW_PBE O 08Apr2002' }],
    structure: structure(species),
    steps: [step(forces)],
    convergence: { electronic: 'reached', ionic: 'notReached' },
  });
}

describe('fixed atoms', () => {
  test('a large force on a fixed atom leaves the relaxation converged', () => {
    const flags = Uint8Array.from([0, 0, 0, 1, 1, 1]);
    const poscar = file('slab/POSCAR', { format: 'poscar', structure: structure(['Zn', 'O'], flags) });
    const calculation = mergeCalculation(run({ outcar: outcar([0.3, 0, 0.4, 0.01, 0, 0]), poscar }));
    // By hand: |(0.3, 0, 0.4)| = 0.5 on the fixed atom, 0.01 on the free one; the limit is 0.02.
    expectNear(calculation.final?.maxForceEvPerAngstrom, 0.5, 1e-12);
    expectNear(calculation.final?.maxFreeForceEvPerAngstrom, 0.01, 1e-12);
    expect(calculation.convergence.ionic).toBe('reached');
    expect(calculation.issues).toEqual([]);
  });

  test('without flags the same force is not converged', () => {
    const calculation = mergeCalculation(run({ outcar: outcar([0.3, 0, 0.4, 0.01, 0, 0]) }));
    expect(calculation.issues.map((entry) => entry.code)).toEqual(['E_IONIC_UNCONVERGED']);
    expect(calculation.final?.maxFreeForceEvPerAngstrom).toBeUndefined();
  });

  test('a force within twice the limit is used with a warning', () => {
    const calculation = mergeCalculation(run({ outcar: outcar([0, 0, 0.03, 0, 0, 0]) }));
    expect(calculation.issues.map((entry) => entry.code)).toEqual(['W_IONIC_UNCONVERGED']);
  });
});

describe('inputs beside the output', () => {
  test('what VASP printed wins over what the INCAR asked for; what it does not print is taken from there', () => {
    const incar = file('slab/INCAR', { format: 'incar', settings: { ENCUT: 400, IVDW: 12 } });
    const { settings } = mergeCalculation(run({ outcar: outcar([0, 0, 0, 0, 0, 0]), incar }));
    expect(settings.ENCUT).toBe(520);
    expect(settings.IVDW).toBe(12);
  });

  test('inputs with other atoms belong to another run and are set aside with a note', () => {
    const incar = file('slab/INCAR', { format: 'incar', settings: { IVDW: 12 } });
    const poscar = file('slab/POSCAR', { format: 'poscar', structure: structure(['Si', 'Si']) });
    const calculation = mergeCalculation(run({ outcar: outcar([0, 0, 0, 0, 0, 0]), incar, poscar }));
    expect(calculation.settings.IVDW).toBeUndefined();
    expect(calculation.issues.map((entry) => entry.code)).toContain('I_NOT_READ');
  });

  test('a POSCAR without element names takes them from the POTCARs of the run', () => {
    const { species: _, ...unnamed } = structure(['Zn', 'O'], Uint8Array.from([0, 0, 0, 1, 1, 1]));
    const poscar = file('slab/POSCAR', { format: 'poscar', unnamedStructure: { ...unnamed, counts: [1, 1] } });
    const calculation = mergeCalculation(run({ outcar: outcar([0.3, 0, 0.4, 0.01, 0, 0]), poscar }));
    expectNear(calculation.final?.maxFreeForceEvPerAngstrom, 0.01, 1e-12);
  });
});

describe('runs without an OUTCAR', () => {
  test('an OSZICAR gives energies, CONTCAR the structure, INCAR the settings', () => {
    const oszicar = file('end/OSZICAR', {
      format: 'oszicar',
      steps: [{ index: 1, energySigma0Ev: -3, electronic: 'unknown' }],
    });
    const contcar = file('end/CONTCAR', { format: 'poscar', structure: structure(['Li', 'O']) });
    const poscar = file('end/POSCAR', { format: 'poscar', structure: structure(['Li', 'S']) });
    const incar = file('end/INCAR', { format: 'incar', settings: { ENCUT: 400 } });
    const calculation = mergeCalculation(run({ oszicar, contcar, poscar, incar }));
    expect(calculation.source).toBe('oszicar');
    expect(calculation.structure?.species).toEqual(['Li', 'O']);
    expect(calculation.settings.ENCUT).toBe(400);
    expect(calculation.final?.energySigma0Ev).toBe(-3);
  });

  test('an OUTCAR without a complete step is not replaced by the OSZICAR beside it', () => {
    const empty = file('slab/OUTCAR', { format: 'outcar', completeness: 'unreadable' });
    const oszicar = file('slab/OSZICAR', {
      format: 'oszicar',
      steps: [{ index: 1, energySigma0Ev: -3, electronic: 'unknown' }],
    });
    expect(mergeCalculation(run({ outcar: empty, oszicar })).final).toBeUndefined();
  });

  test('a run with nothing that can be read keeps the reason it was found with', () => {
    const calculation = mergeCalculation({ ...run({}), issues: [] });
    expect(calculation.completeness).toBe('unreadable');
    expect(calculation.final).toBeUndefined();
  });
});
