/** What one calculation says, leaves out or lacks by itself, each once: SCIENCE §1, §2.1, §2.5, §3.1, §4.1. */
import { describe, it } from 'vitest';
import { ATOM_EV, atomsOf, FACET, type PlacedAtom, type Run, runAt, runNamed, surface } from './campaign.ts';
import { added, all, type Change, edited, rewritten } from './changes.ts';
import { adsorbateOf, inCell, SLABS, TOP } from './places.ts';
import { expectTrap, type Trap } from './trap.ts';

const SLAB = `${FACET}/slab`;
const WITH_SLAB = [...SLABS.slice(1).map((name) => `${name} → slab`), 'slab → bulk-zno'];
const DEGRADED: Trap['values'] = { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' };

const bound = (run: Run, energyEv: number, atoms: readonly PlacedAtom[] = atomsOf(run)): Run =>
  runAt(run, atoms, { energyEv: surface.cleanSigma0Ev + energyEv });

const appendedToItself: Change = (files) => {
  const text = files.get(`${SLAB}/OUTCAR`) ?? '';
  return new Map([...files, [`${SLAB}/OUTCAR`, `${text}${text}`]]);
};

const TRAPS: readonly Trap[] = [
  {
    name: 'Li bound by 9 eV is implausible',
    change: rewritten(TOP, (run) => bound(run, ATOM_EV.Li - 9)),
    told: {},
    follows: ['W_ADS_IMPLAUSIBLE'],
    values: { 'adsorption-energy': 'degraded' },
  },
  {
    name: 'a clean slab under external pressure keeps its energy, not its enthalpy',
    change: edited(`${SLAB}/OUTCAR`, ['PSTRESS=    0.0', 'PSTRESS=   10.0']),
    told: {},
    follows: ['W_PSTRESS'],
    values: DEGRADED,
  },
  {
    name: 'dispersion that INCAR asks for and of which OUTCAR has no energy',
    change: edited(
      `${SLAB}/OUTCAR`,
      [/ Edisp \(eV\)[^\n]*\n/g, ''],
      [/ {9}DFTD3 V3[^\n]*\n IVDW {9}= 12\n/g, ''],
      [/ VDW_S8[^\n]*\n/g, ''],
    ),
    told: {},
    follows: ['W_NO_EDISP'],
    values: DEGRADED,
  },
  {
    name: 'a tag that neither INCAR nor OUTCAR tells cannot be compared',
    change: all(
      edited(`${SLAB}/OUTCAR`, [/ {3}LREAL {2}= +F[^\n]*\n/, '']),
      edited(`${SLAB}/INCAR`, [/LREAL[^\n]*\n/, '']),
    ),
    told: { W_SETTINGS_UNKNOWN: WITH_SLAB },
    values: DEGRADED,
  },
  {
    name: 'a tag that INCAR alone tells is known',
    change: edited(`${SLAB}/OUTCAR`, [/ {3}LREAL {2}= +F[^\n]*\n/, '']),
    told: {},
  },
  {
    name: 'POTCARs that are not told cannot be compared',
    change: edited(`${SLAB}/OUTCAR`, [/TITEL {2}=[^\n]*/g, ''], [/ POTCAR:[^\n]*\n/g, '']),
    told: { W_SETTINGS_UNKNOWN: WITH_SLAB },
    values: DEGRADED,
  },
  {
    name: 'of two runs in one file the last one counts',
    change: appendedToItself,
    told: { I_APPENDED_RUN: ['screening'] },
  },
  {
    name: 'two Li on the same cell are another coverage',
    change: added({
      ...bound(runNamed(TOP), 2 * (ATOM_EV.Li - 3.2), [
        ...atomsOf(runNamed(TOP)),
        adsorbateOf(runNamed(`${FACET}/slab-li-end`)),
      ]),
      folder: `${FACET}/slab-2li`,
    }),
    told: {},
    follows: ['W_COVERAGE_MISMATCH'],
    values: DEGRADED,
  },
  {
    name: 'two relaxations of one end with different energies are a choice that is told',
    change: added({
      ...bound(runNamed(`${FACET}/slab-li-end`), ATOM_EV.Li - 3.3),
      folder: `${FACET}/slab-li-end-2`,
    }),
    told: { W_AMBIGUOUS_LINK: ['neb'] },
    values: { 'migration-barrier': 'degraded' },
  },
  {
    name: 'a wire is neither bulk nor slab',
    change: added({
      ...inCell(runNamed('li-bcc'), [
        [15, 0, 0],
        [0, 15, 0],
        [0, 0, 3.51],
      ]),
      folder: 'wire',
    }),
    told: { W_LOW_DIMENSIONAL: ['wire'], I_UNLINKED: ['wire'] },
  },
  {
    name: 'a slab with a vacancy is no clean slab of what stands on the whole one',
    change: added({ ...runAt(runNamed(SLAB), atomsOf(runNamed(SLAB)).slice(0, -1)), folder: `${FACET}/vacancy` }),
    told: { E_REFERENCE_MISSING: ['system vacancy'] },
    // Without a bulk the whole cell is its lattice, and too large for any match.
    follows: ['E_REFERENCE_MISSING', 'W_NO_COINCIDENCE', 'E_NO_COINCIDENCE_STRAIN'],
  },
];

describe('one calculation by itself', () => {
  it.each(TRAPS)('$name', async (trap) => {
    await expectTrap(trap);
  });
});
