/** Each compatibility item of SCIENCE §11 differing once, in a clean slab that is otherwise right. */
import { describe, expect, it } from 'vitest';
import type { CompatibilityCheck, CompatibilityItem } from '../../model/system.ts';
import { FACET } from './campaign.ts';
import { type Change, edited, rewritten, tagged } from './changes.ts';
import { expectTrap, type Trap } from './trap.ts';

const SLAB = `${FACET}/slab`;
/** Every difference with the clean slab. */
const ADSORPTIONS = ['slab-h', 'slab-li', 'slab-li-end', 'slab-li-top', 'slab-zn'].map((from) => `${from} → slab`);
const ALL = [...ADSORPTIONS, 'slab → bulk-zno'];

type Values = NonNullable<Trap['values']>;
const BLOCKED: Values = { 'adsorption-energy': 'unavailable', 'nucleation-driving-force': 'unavailable' };
const WEAKER: Values = { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' };
const UNRELIABLE: Values = { 'adsorption-energy': 'unreliable', 'nucleation-driving-force': 'unreliable' };

interface Differing {
  readonly item: CompatibilityItem;
  readonly tag: string;
  readonly change: Change;
  readonly code: string;
  /** Values of the adsorbed and of the clean slab. */
  readonly between: readonly [string, string];
  readonly told?: readonly string[];
  readonly values?: Values;
  /** Which has to be run again, the clean slab unless said; of two qualities it is the coarser one. */
  readonly again?: string;
  /** Codes with which the values answer, beside `code`. */
  readonly follows?: readonly string[];
}

const slab = (tags: Readonly<Record<string, string>>): Change => tagged(SLAB, tags);

/** The metal was calculated with another functional: its lattice is no film for this slab. */
const OTHER_LATTICE = ['I_LATTICE_MIXED'];

const BLOCKING: readonly Differing[] = [
  {
    item: 'functional',
    tag: 'GGA',
    change: slab({ GGA: 'PS', LEXCH: '14' }),
    code: 'E_XC',
    between: ['PE', 'PS'],
    follows: OTHER_LATTICE,
  },
  {
    item: 'meta-gga',
    tag: 'METAGGA',
    change: slab({ METAGGA: 'SCAN' }),
    code: 'E_XC',
    between: ['--', 'SCAN'],
    follows: OTHER_LATTICE,
  },
  {
    item: 'hybrid',
    tag: 'LHFCALC',
    change: slab({ LHFCALC: '.TRUE.', AEXX: '0.25' }),
    code: 'E_XC',
    between: ['false', 'true'],
    follows: OTHER_LATTICE,
  },
  {
    item: 'nonlocal-vdw',
    tag: 'LUSE_VDW',
    change: slab({ LUSE_VDW: '.TRUE.' }),
    code: 'E_XC',
    between: ['false', 'true'],
    follows: OTHER_LATTICE,
  },
  {
    item: 'hamiltonian',
    tag: 'LSORBIT',
    change: slab({ LSORBIT: '.TRUE.' }),
    code: 'E_HAMILTONIAN',
    between: ['false', 'true'],
  },
  {
    item: 'potcar',
    tag: 'Zn',
    change: edited(`${SLAB}/OUTCAR`, [/PAW_PBE Zn 06Sep2000/g, 'PAW_PBE Zn 23Jan2001']),
    code: 'E_POTCAR',
    between: ['PAW_PBE Zn 06Sep2000', 'PAW_PBE Zn 23Jan2001'],
  },
  { item: 'cutoff', tag: 'ENCUT', change: slab({ ENCUT: '400' }), code: 'E_ENCUT', between: ['520 eV', '400 eV'] },
  {
    item: 'dispersion',
    tag: 'IVDW',
    change: slab({ IVDW: '11' }),
    code: 'E_VDW',
    between: ['12', '11'],
    follows: OTHER_LATTICE,
  },
  {
    item: 'dispersion',
    tag: 'VDW_S8',
    change: slab({ VDW_S8: '0.7000' }),
    code: 'E_VDW',
    between: ['0.7875', '0.7'],
  },
  {
    item: 'hubbard-u',
    tag: 'U of Zn',
    change: slab({ LDAU: '.TRUE.', LDAUTYPE: '2', LDAUL: '2 -1', LDAUU: '7.5 0', LDAUJ: '0 0' }),
    code: 'E_LDAU',
    between: ['none', '7.5'],
  },
  {
    item: 'k-points',
    tag: 'mesh',
    change: rewritten(SLAB, (run) => ({ ...run, mesh: [4, 4, 1] })),
    code: 'E_KMESH',
    between: ['5×5×1', '4×4×1'],
    // Of the bulk only the density counts.
    told: ADSORPTIONS,
  },
];

const WEAKENING: readonly Differing[] = [
  {
    item: 'spin',
    tag: 'ISPIN',
    change: rewritten(SLAB, (run) => ({ ...run, settings: { ...run.settings, spin: 2 }, magnetisationBohr: 0.8 })),
    code: 'W_ISPIN',
    between: ['1', '2'],
    again: `${FACET}/slab-li`,
  },
  {
    item: 'precision',
    tag: 'PREC',
    change: slab({ PREC: 'Normal' }),
    code: 'W_PRECISION',
    between: ['Accurate', 'Normal'],
  },
  { item: 'precision', tag: 'LREAL', change: slab({ LREAL: 'Auto' }), code: 'W_PRECISION', between: ['false', 'true'] },
  {
    item: 'precision',
    tag: 'LASPH',
    change: slab({ LASPH: '.FALSE.' }),
    code: 'W_PRECISION',
    between: ['true', 'false'],
  },
  {
    item: 'precision',
    tag: 'ADDGRID',
    change: slab({ ADDGRID: '.TRUE.' }),
    code: 'W_PRECISION',
    between: ['false', 'true'],
    again: `${FACET}/slab-li`,
  },
  { item: 'precision', tag: 'ENAUG', change: slab({ ENAUG: '800' }), code: 'W_PRECISION', between: ['650', '800'] },
  {
    item: 'smearing',
    tag: 'SIGMA',
    change: slab({ SIGMA: '0.1' }),
    code: 'W_SMEARING',
    between: ['0.05', '0.1'],
    told: ADSORPTIONS,
  },
  {
    item: 'dipole-correction',
    tag: 'IDIPOL',
    change: slab({ IDIPOL: '4' }),
    code: 'W_DIPOLE',
    between: ['3', '4'],
    told: ADSORPTIONS,
  },
  {
    item: 'convergence',
    tag: 'EDIFF',
    change: slab({ EDIFF: '0.1E-03' }),
    code: 'W_CONVERGENCE',
    between: ['0.00001 eV', '0.0001 eV'],
    // The bulk is as tight as before, which is tighter than the slab.
    told: ADSORPTIONS,
  },
  {
    item: 'convergence',
    tag: 'EDIFFG',
    change: slab({ EDIFFG: '-.5E-01' }),
    code: 'W_CONVERGENCE',
    between: ['-0.02', '-0.05'],
    told: ADSORPTIONS,
  },
  {
    item: 'convergence',
    tag: 'ISYM',
    change: slab({ ISYM: '2' }),
    code: 'W_CONVERGENCE',
    between: ['0', '2'],
    told: ADSORPTIONS,
  },
  {
    item: 'version',
    tag: 'VASP',
    change: edited(`${SLAB}/OUTCAR`, ['vasp.5.4.4.18Apr17', 'vasp.6.3.2.27Jun22']),
    code: 'W_VERSION',
    between: ['5.4.4', '6.3.2'],
  },
  {
    item: 'charge',
    tag: 'NELECT',
    // 16 Zn of 12 electrons and 16 O of 6: 288.
    change: slab({ NELECT: '287' }),
    code: 'W_CHARGED_CELL',
    between: ['291 (neutral: 291)', '287 (neutral: 288)'],
    values: UNRELIABLE,
  },
];

async function expectDiffering(differing: Differing, verdict: 'block' | 'warn'): Promise<void> {
  const { item, tag, change, code, between, told = ALL, again = SLAB, follows = [] } = differing;
  const values = differing.values ?? (verdict === 'block' ? BLOCKED : WEAKER);
  const result = await expectTrap({ name: tag, change, told: { [code]: told }, follows, values });
  const link = result.systems
    .flatMap(({ links }) => links)
    .find(({ from, to }) => from === `${FACET}/slab-li/OUTCAR` && to === `${SLAB}/OUTCAR`);
  const remarkable = (link?.checks ?? []).filter((check) => check.verdict === 'block' || check.verdict === 'warn');
  expect(remarkable).toEqual([
    expect.objectContaining({ item, verdict, left: expect.anything(), right: expect.anything() }),
  ]);
  const [check]: readonly (CompatibilityCheck | undefined)[] = remarkable;
  expect(check?.tag).toContain(tag);
  expect([check?.left, check?.right]).toEqual([
    expect.stringContaining(between[0]),
    expect.stringContaining(between[1]),
  ]);
  expect(check?.rerun).toContain(`${again}/OUTCAR`);
}

describe('a clean slab that differs from the adsorbed slabs', () => {
  it.each(BLOCKING)('in $tag ($item) is not subtracted: $code', (differing) => expectDiffering(differing, 'block'));

  it.each(WEAKENING)('in $tag ($item) gives a weaker value: $code', (differing) => expectDiffering(differing, 'warn'));

  it('in ISPIN alone is as good as the others when nothing in it is magnetic', () =>
    expectTrap({
      name: 'ISPIN',
      change: rewritten(SLAB, (run) => ({ ...run, settings: { ...run.settings, spin: 2 }, magnetisationBohr: 0 })),
      told: {},
    }));

  it('in LDIPOL lacks its own correction, and differs from slabs that have one', () =>
    expectTrap({
      name: 'LDIPOL',
      change: slab({ LDIPOL: '.FALSE.', IDIPOL: '0' }),
      // Two statements: about the slab, whatever it is compared with, and about each pair.
      told: { W_NO_DIPOLE: ['slab'], W_DIPOLE: ADSORPTIONS },
      values: WEAKER,
    }));
});
