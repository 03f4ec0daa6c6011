/**
 * Every field of EXPECTED.json is compared somewhere, or it is said here why not; what the other files of this folder do
 * not compare is compared here, on the way a user's file takes (gz and xz included).
 *
 * In 41 files pymatgen and ASE do not agree with each other or with grep. EXPECTED.json decides each by the text of the
 * file; they are listed with who is right.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IonicStep } from '../../model/calculation.ts';
import { lengths, volume } from '../../model/lattice.ts';
import { composition } from '../../model/structure.ts';
import { type ReadRecord, readRecord } from '../../reading/read-record.ts';
import { expectNear } from '../near.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere, type ExpectedFile, expectedValues } from './corpus.ts';

const files = corpusIsThere ? Object.entries(expectedValues().files) : [];

/** Compared by the test of that name; `not compared` is followed by the reason. */
const OUTCAR_FIELDS: Readonly<Record<string, string>> = {
  ...all('outcar.test.ts', [
    'vasp_version n_atoms potcar_titles species_counts n_ionic_steps n_force_blocks energy_free_TOTEN energy_sigma0',
    'energy_without_entropy e_fermi max_force_last lattice_abc volume_from_vectors elapsed_s encut edisp_eV_last',
    'ISPIN IBRION NSW ISIF NELM ISMEAR EDIFF EDIFFG IVDW GGA LHFCALC LNONCOLLINEAR LSORBIT LUSE_VDW complete',
    'ionic_converged electronic_converged_last last_iteration total_magnetisation',
  ]),
  ...all('here', [
    'species_order totens_ionic_first_last n_ionic_toten last_electronic_TOTEN max_force_component_last max_force_note',
    'volume general_timing voluntary_context_switches neb_tangent_last dispersion_header reached_required_accuracy',
    'n_banner last_step_EDIFF_reached',
  ]),
  ...all('not compared: counts of lines that say nothing else than fields that are', [
    'n_aborting_EDIFF_reached n_aborting_any is_stopped n_overflow_lines overflow_line_samples',
  ]),
};
const VASPRUN_FIELDS: Readonly<Record<string, string>> = {
  ...all('vasprun.test.ts', [
    'vasp_version potcar_titles species_counts lattice_abc n_closed_calculations xml_ends_properly xml_well_formed',
    'energy_free_TOTEN energy_sigma0 n_scsteps_last e_fermi max_force_last encut ISPIN IBRION NSW NELM ISIF EDIFF',
    'EDIFFG LHFCALC LSORBIT LDAU LUSE_VDW GGA',
  ]),
  ...all('here', [
    'n_atoms n_ionic_steps volume scf_e_fr scf_e_wo scf_e_0 max_force_component_last values_from_calculation',
    'converged_electronic last_calculation_closed ase_energy xml_error',
  ]),
  ...all('not compared: the numbers of the calculation block, wrong in 41 of 58 files; ours are rebuilt (SCIENCE §1)', [
    'energy_without_entropy_calc energy_sigma0_calc energy_final',
  ]),
  ...all('not compared: pymatgen takes fewer steps than NSW for reached, whatever stopped the run', [
    'converged_ionic',
  ]),
  ...all('not compared: stars of tables that are not read by default', ['has_overflow_stars n_overflow_fields']),
};

/** Files in which the programs disagree: field, and who reads what the file says of its last complete ionic step. */
const DISAGREEING = 41;

/** Two images of a band wrote into one file at the same time: only its first step is XML. */
const MIXED = 'mast/neb_Al_vacancy_CI/vasprun.xml';

const records = new Map<string, ReadRecord>();
const recordOf = (path: string): ReadRecord => {
  const record = records.get(path);
  if (record === undefined) throw new Error(`${path} was not read`);
  return record;
};

beforeAll(async () => {
  for (const [path] of files) {
    const options = { steps: 'all', placeLines: false, neighbourFlags: false, hash: 'never' } as const;
    records.set(path, (await readRecord(join(CORPUS, path), options)).record);
  }
}, 120_000);

describe('EXPECTED.json', () => {
  it('is there', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(files.length).toBe(149);
  });
  if (!corpusIsThere) return;

  it('has no field that nothing compares', () => {
    for (const [kind, table] of [['outcar', OUTCAR_FIELDS] as const, ['vasprun', VASPRUN_FIELDS] as const]) {
      const fields = new Set(files.flatMap(([, file]) => (file.kind === kind ? Object.keys(file.fields) : [])));
      expect([...fields].filter((field) => table[field] === undefined)).toEqual([]);
    }
    // small-parsers.test.ts compares all of them.
    const known = 'first_F is_md last_E0 last_F last_mag last_step_number n_lines_with_F restarts'.split(' ');
    const fields = new Set(Object.values(expectedValues().oszicar).flatMap((file) => Object.keys(file)));
    expect([...fields].sort()).toEqual(known);
  });

  it(`tells of ${DISAGREEING} files in which pymatgen and ASE disagree, and ours reads what the file says in each`, () => {
    const disagreeing = files.filter(([, file]) => Object.values(file.fields).some((field) => 'disagrees' in field));
    expect(disagreeing).toHaveLength(DISAGREEING);
    for (const [path, { fields }] of disagreeing) {
      for (const [name, field] of Object.entries(fields)) {
        if ('disagrees' in field) compareDisputed(path, name, field.value);
      }
    }
  });

  for (const [path, file] of files) {
    if (file.kind === 'outcar') it(`${path}: the remaining fields`, () => compareOutcar(path, file));
    else it(`${path}: the remaining fields`, () => compareVasprun(path, file));
  }
});

/**
 * grep's number is that of the last line of the file. Where the run was killed inside a step, that step is not complete;
 * EXPECTED.json's own note to these files says which value belongs to which step.
 */
const OF_A_LATER_STEP: Readonly<Record<string, string>> = {
  // Two whole steps, killed in the third: E-fermi lines 2.6965 …, 2.7115 (second step, ASE's), 2.8432 (third).
  'dpdata/6362_OUTCAR': 'e_fermi',
  // Killed inside the first step: there is no complete one.
  'pyiron/full_job_aborted/OUTCAR': 'total_magnetisation',
};

function compareDisputed(path: string, name: string, value: unknown): void {
  const record = recordOf(path);
  const last = record.steps?.at(-1);
  if (OF_A_LATER_STEP[path] === name) {
    expect(record.completeness).toBe('truncated');
    if (path === 'dpdata/6362_OUTCAR') expect(last?.fermiEnergyEv).toBe(2.7115);
    else expect(last).toBeUndefined();
  } else if (name === 'n_ionic_steps') {
    // grep counts the opened ones; the last was never closed.
    expect([record.completeness, record.ionicStepCount]).toEqual(['truncated', Number(value) - 1]);
  } else if (Array.isArray(value)) {
    expect(last?.magnetisationVectorBohr ?? record.sites, path).toBeDefined();
    for (const [axis, component] of value.entries()) expectNear(last?.magnetisationVectorBohr?.[axis], component, 1e-6);
  } else {
    const ours = { e_fermi: last?.fermiEnergyEv, energy_sigma0: last?.energySigma0Ev }[name];
    expectNear(name === 'total_magnetisation' ? last?.totalMagnetisationBohr : ours, Number(value), 1e-6);
  }
}

/**
 * Relaxations with EDIFFG > 0 whose vasprun.xml is whole and has fewer steps than NSW: the first and the third have an OUTCAR
 * beside them that says `reached required accuracy`; NELM ended each loop of the last, which then was stopped.
 */
const ENDED_BEFORE_NSW: Readonly<Record<string, string>> = {
  'aiida-vasp/vasp_wc_ionic_continue/calc-001/vasprun.xml': 'reached',
  'atomate/elastic_2/vasprun.xml.gz': 'reached',
  'pymatgen/relaxation/vasprun.xml.gz': 'reached',
  'pymatgen/vasprun.unconverged.xml.gz': 'unknown',
};

function compareOutcar(path: string, { fields }: ExpectedFile): void {
  const record = recordOf(path);
  const value = (name: string) => fields[name]?.value;
  const steps = record.steps ?? [];
  const last = steps.at(-1);
  const order = value('species_order') as readonly (readonly [string, number])[] | undefined;
  if (order !== undefined && record.structure !== undefined) {
    const species = order.flatMap(([element, count]) => Array.from({ length: count }, () => element));
    expect(record.structure.species).toEqual(species);
  }
  const energies = value('totens_ionic_first_last') as readonly [number, number] | undefined;
  if (energies !== undefined && last !== undefined) {
    expectNear(steps[0]?.freeEnergyEv, energies[0], 1e-9);
    expectNear(last.freeEnergyEv, energies[1], 1e-9);
  }
  expect(steps.filter((step) => step.freeEnergyEv !== undefined)).toHaveLength(Number(value('n_ionic_toten')));
  expect(record.completeness === 'complete').toBe(value('general_timing') === true);
  expect(value('voluntary_context_switches')).toBe(value('general_timing'));
  compareSteps(record, last, value);
  if (value('reached_required_accuracy') === true) expect(record.convergence?.ionic).toBe('reached');
  // 0: the first line of the file is lost.
  expect(record.version !== undefined).toBe(value('n_banner') === 1);
  expect(record.earlierRuns).toBeUndefined();
}

function compareSteps(record: ReadRecord, last: IonicStep | undefined, value: (name: string) => unknown): void {
  if (last === undefined) return;
  // Printed with two decimals; of a cell that a killed step has moved on it is that of the step.
  if (record.completeness === 'complete') expectNear(last.volumeAngstrom3, Number(value('volume')), 0.0051);
  const component = value('max_force_component_last');
  const forces = record.steps?.findLast((step) => step.forcesEvPerAngstrom !== undefined)?.forcesEvPerAngstrom;
  if (typeof component === 'number') expectNear(largest(forces), component, 1e-9);
  if (value('max_force_note') !== undefined) {
    expect(forces).toBeUndefined();
    expect(record.issues.map(({ code }) => code)).toContain('E_UNPARSEABLE');
  }
  const tangent = value('neb_tangent_last') as readonly [number, number] | undefined;
  if (tangent !== undefined) {
    expect([last.neb?.springTangentForceEvPerAngstrom, last.neb?.tangentForceEvPerAngstrom]).toEqual(tangent);
  }
  const dispersion = /IVDW\s*=\s*(\d+)/.exec(String(value('dispersion_header')))?.[1];
  if (dispersion !== undefined) expect(record.settings?.IVDW).toBe(Number(dispersion));
  const electronic = value('last_electronic_TOTEN');
  // At NWRITE 0 and 1 the electronic lines of few steps are printed: the last one is of an earlier step.
  if (typeof electronic !== 'number' || record.completeness !== 'complete' || Number(record.settings?.NWRITE) < 2)
    return;
  // F(ionic) − F(last electronic) = Edisp + dipole energy (SCIENCE §1.3).
  const { energyEv = 0, chargedSystemEnergyEv = 0, addedBehindLoop = false } = record.dipoleCorrection ?? {};
  const dipole = addedBehindLoop ? energyEv + chargedSystemEnergyEv : 0;
  expectNear((last.freeEnergyEv ?? 0) - (last.dispersionEnergyEv ?? 0) - dipole, electronic, 2e-4);
}

function compareVasprun(path: string, { fields }: ExpectedFile): void {
  const record = recordOf(path);
  const value = (name: string) => fields[name]?.value;
  const last = record.steps?.at(-1);
  expect(record.completeness === 'complete').toBe(value('xml_error') === undefined);
  if (value('n_atoms') !== undefined) expect(record.structure?.species).toHaveLength(Number(value('n_atoms')));
  if (path === MIXED) return;
  const ionic = ENDED_BEFORE_NSW[path];
  if (ionic !== undefined) expect(record.convergence?.ionic).toBe(ionic);
  const closed = value('last_calculation_closed') === false ? -1 : 0;
  expect(record.ionicStepCount).toBe(Number(value('n_ionic_steps')) + closed);
  if (record.ionicStepCount === 0) return;
  expect(record.ionicStepCount).toBe(value('values_from_calculation'));
  expectNear(volume(record.structure!.latticeAngstrom), Number(value('volume')), 1e-6);
  const component = value('max_force_component_last');
  if (typeof component === 'number') expectNear(largest(last?.forcesEvPerAngstrom), component, 1e-9);
  // The three energies differ as in the last electronic step.
  const [free, without, sigma0] = ['scf_e_fr', 'scf_e_wo', 'scf_e_0'].map((name) => Number(value(name)));
  expectNear(last!.energySigma0Ev! - last!.freeEnergyEv!, sigma0! - free!, 3e-8);
  expectNear(last!.energyWithoutEntropyEv! - last!.freeEnergyEv!, without! - free!, 3e-8);
  if (typeof value('ase_energy') === 'number') expectNear(last?.energySigma0Ev, Number(value('ase_energy')), 1e-7);
  const electronic = value('converged_electronic');
  if (electronic !== undefined) expect(record.convergence?.electronic === 'reached').toBe(electronic);
  compareComplete(record, value);
}

/** Also of the files that no other test opens: vasprun.test.ts reads no xz. */
function compareComplete(record: ReadRecord, value: (name: string) => unknown): void {
  expectNear(record.steps?.at(-1)?.freeEnergyEv, Number(value('energy_free_TOTEN')), 1e-9);
  expect(composition(record.structure?.species ?? [])).toEqual(value('species_counts'));
  const abc = value('lattice_abc') as readonly number[]; // three numbers, where there is a step
  for (const [axis, length] of lengths(record.structure!.latticeAngstrom).entries())
    expectNear(length, abc[axis]!, 1e-6);
}

function largest(forces: Float64Array | undefined): number {
  return (forces ?? new Float64Array()).reduce((most, component) => Math.max(most, Math.abs(component)), 0);
}

function all(where: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((line) => line.split(' ')).map((name) => [name, where]));
}
