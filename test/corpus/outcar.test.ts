/**
 * Every OUTCAR of the corpus against the reference values, which were obtained with grep, pymatgen and ASE (how, field by
 * field, stands in EXPECTED.json).
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { lengths, volume } from '../../model/lattice.ts';
import { composition } from '../../model/structure.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusIsThere, type ExpectedFile, expectedValues } from './corpus.ts';

const outcars = corpusIsThere
  ? Object.entries(expectedValues().files).filter(([, expected]) => expected.kind === 'outcar')
  : [];

describe('the OUTCARs of the corpus', () => {
  it('are compared with reference values', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(outcars.length).toBeGreaterThan(80);
  });

  for (const [path, expected] of outcars) {
    it(`${path} agrees with grep, pymatgen and ASE`, () => {
      const record = outcarParser.parse(memorySource(corpusBytes(path)));
      compareScalars(record, expected);
      compareComposition(record, expected);
      compareForces(record, expected);
      compareConvergence(record, expected, path);
    });
  }
});

type Getter = (record: FileRecord) => unknown;

/** Field of EXPECTED.json, our value, absolute tolerance. */
const SCALARS: readonly (readonly [string, Getter, number])[] = [
  ['energy_free_TOTEN', (r) => r.steps?.at(-1)?.freeEnergyEv, 1e-6],
  ['energy_without_entropy', (r) => r.steps?.at(-1)?.energyWithoutEntropyEv, 1e-6],
  ['energy_sigma0', (r) => r.steps?.at(-1)?.energySigma0Ev, 1e-6],
  ['e_fermi', (r) => r.steps?.at(-1)?.fermiEnergyEv, 1e-4],
  ['edisp_eV_last', (r) => r.steps?.at(-1)?.dispersionEnergyEv, 1e-5],
  ['elapsed_s', (r) => r.elapsedSeconds, 1e-3],
  ['n_ionic_steps', (r) => r.ionicStepCount, 0],
  ['n_atoms', (r) => r.settings?.NIONS, 0],
  ['encut', (r) => r.settings?.ENCUT, 1e-9],
  ...['ISPIN', 'IBRION', 'NSW', 'ISIF', 'NELM', 'ISMEAR', 'EDIFF', 'EDIFFG', 'IVDW'].map(
    (tag) => [tag, (r: FileRecord) => r.settings?.[tag], 1e-12] as const,
  ),
  ['volume_from_vectors', (r) => r.structure && volume(r.structure.latticeAngstrom), 1e-6],
];

const EQUALS: readonly (readonly [string, Getter])[] = [
  ['vasp_version', (r) => r.version],
  ['GGA', (r) => r.settings?.GGA],
  ['LHFCALC', (r) => r.settings?.LHFCALC],
  ['LNONCOLLINEAR', (r) => r.settings?.LNONCOLLINEAR],
  ['LSORBIT', (r) => r.settings?.LSORBIT],
  ['LUSE_VDW', (r) => r.settings?.LUSE_VDW],
];

function compareScalars(record: FileRecord, expected: ExpectedFile): void {
  for (const [field, value, tolerance] of SCALARS) {
    const reference = expected.fields[field];
    if (reference === undefined || reference.value === null) continue;
    if (isElectronicOnly(field, record, expected)) continue;
    expectNear(value(record), Number(usedByVasp(field, reference.value, expected)), tolerance);
  }
  for (const [field, value] of EQUALS) {
    const reference = expected.fields[field];
    if (reference !== undefined) expect(value(record), field).toEqual(usedByVasp(field, reference.value, expected));
  }
  const magnetisation = expected.fields.total_magnetisation?.value;
  if (typeof magnetisation === 'number' && record.ionicStepCount !== 0) {
    const last = record.steps?.at(-1);
    expectNear(last?.totalMagnetisationBohr, magnetisation, 1e-6);
  }
}

/**
 * Where a run was killed inside a step, grep and pymatgen report energies of the unfinished step (its last E-fermi line;
 * without any ionic step even the electronic energies). Ours are those of the last complete ionic step (SCIENCE §1).
 */
function isElectronicOnly(field: string, record: FileRecord, expected: ExpectedFile): boolean {
  if (record.ionicStepCount === 0) return /^(energy_|e_fermi|volume_from_vectors|edisp)/.test(field);
  return field === 'e_fermi' && endsInsideStep(record, expected);
}

function endsInsideStep(record: FileRecord, expected: ExpectedFile): boolean {
  const [lastStep] = (expected.fields.last_iteration?.value as number[] | undefined) ?? []; // EXPECTED: [ionic, electronic]
  return record.completeness !== 'complete' && lastStep !== undefined && lastStep > (record.ionicStepCount ?? 0);
}

/**
 * The first echo of a tag in a VASP 6 file is the user's INCAR; what VASP then used is printed behind it. NSW = 0 turns
 * IBRION into −1 and GGA is printed in capitals.
 */
function usedByVasp(field: string, reference: unknown, expected: ExpectedFile): unknown {
  if (field === 'IBRION' && expected.fields.NSW?.value === 0) return -1;
  return field === 'GGA' ? String(reference).toUpperCase() : reference;
}

function compareComposition(record: FileRecord, expected: ExpectedFile): void {
  const titles = expected.fields.potcar_titles?.value;
  // Empty where the file has no TITEL lines; then ours come from its ` POTCAR:` lines.
  if (Array.isArray(titles) && titles.length > 0) expect(record.potcars?.map((potcar) => potcar.title)).toEqual(titles);
  if (record.structure === undefined) {
    expect(record.issues.length, 'a missing structure has a reason').toBeGreaterThan(0);
    return;
  }
  const counts = expected.fields.species_counts?.value;
  if (counts !== undefined) expect(composition(record.structure.species)).toEqual(counts);
  const abc = expected.fields.lattice_abc?.value;
  if (Array.isArray(abc)) {
    for (const [axis, length] of lengths(record.structure.latticeAngstrom).entries())
      expectNear(length, abc[axis], 1e-6);
  }
}

function compareForces(record: FileRecord, expected: ExpectedFile): void {
  const reference = expected.fields.max_force_last?.value;
  const tables = record.steps?.filter((step) => step.forcesEvPerAngstrom !== undefined).length ?? 0;
  if (typeof reference === 'number') {
    const forces = record.steps?.findLast((step) => step.forcesEvPerAngstrom !== undefined)?.forcesEvPerAngstrom;
    expect(forces).toBeDefined();
    expectNear(largestNorm(forces ?? new Float64Array()), reference, 1e-4);
    expect(tables).toBe(Number(expected.fields.n_force_blocks?.value));
  }
}

function largestNorm(forces: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < forces.length; at += 3) {
    largest = Math.max(largest, Math.hypot(forces[at]!, forces[at + 1]!, forces[at + 2]!));
  }
  return largest;
}

function compareConvergence(record: FileRecord, expected: ExpectedFile, path: string): void {
  expect(record.completeness === 'complete').toBe(expected.fields.complete?.value);
  const ionic = expected.fields.ionic_converged?.value;
  if (ionic === true) expect(record.convergence?.ionic, path).toBe('reached');
  if (ionic === false) expect(record.convergence?.ionic, path).toBe('notReached');
  if (record.ionicStepCount === 0 || endsInsideStep(record, expected)) return;
  const electronic = expected.fields.electronic_converged_last?.value;
  if (electronic === true) expect(record.convergence?.electronic, path).toBe('reached');
  if (electronic === false) expect(record.convergence?.electronic, path).toBe('notReached');
}
