/** References and clean slabs that are missing, damaged, unconverged or run otherwise: SCIENCE §1.7, §1.9, §11. */
import { describe, it } from 'vitest';
import { FACET } from './campaign.ts';
import { edited, removed, rewritten, tagged } from './changes.ts';
import { inCell, SLABS } from './places.ts';
import { expectTrap, type Trap } from './trap.ts';

const ION = ['slab-li', 'slab-li-end', 'slab-li-top'];
const BLOCKED: Trap['values'] = { 'adsorption-energy': 'unavailable', 'nucleation-driving-force': 'unavailable' };

describe('references', () => {
  const REFERENCES: readonly Trap[] = [
    {
      name: 'an atom in a box of 10 Å',
      change: rewritten('li-atom', (run) =>
        inCell(run, [
          [10, 0, 0],
          [0, 14, 0],
          [0, 0, 15],
        ]),
      ),
      told: { W_SMALL_BOX: ['li-atom'] },
      values: { 'adsorption-energy': 'degraded' },
    },
    {
      name: 'an atom without spin',
      change: rewritten('li-atom', ({ magnetisationBohr: _, ...run }) => ({
        ...run,
        settings: { ...run.settings, spin: 1 },
      })),
      told: { W_ATOM_NOT_SPIN: ['li-atom'] },
      values: { 'adsorption-energy': 'degraded' },
    },
    {
      name: 'an atom with another smearing: it has no bands',
      change: tagged('li-atom', { SIGMA: '0.01' }),
      told: {},
    },
    {
      name: 'an atom at another cutoff',
      change: tagged('li-atom', { ENCUT: '400' }),
      told: { E_ENCUT: ION.map((name) => `${name} → li-atom`) },
      follows: ['E_REFERENCE_MISSING'],
      values: { 'adsorption-energy': 'unavailable' },
    },
    {
      name: 'a metal with another POTCAR',
      change: edited('li-bcc/OUTCAR', [/PAW_PBE Li_sv 10Sep2004/g, 'PAW_PBE Li 17Jan2003']),
      told: { E_POTCAR: ION.map((name) => `${name} → li-bcc`) },
      follows: ['E_REFERENCE_MISSING'],
      values: { 'nucleation-driving-force': 'unavailable' },
    },
    {
      name: 'a metal with a coarse mesh',
      change: rewritten('li-bcc', (run) => ({ ...run, mesh: [5, 5, 5] })),
      told: { W_KMESH: ION.map((name) => `${name} → li-bcc`) },
      values: { 'nucleation-driving-force': 'degraded' },
    },
    {
      name: 'a bulk of the slab with a coarse mesh',
      change: rewritten('bulk-zno', (run) => ({ ...run, mesh: [6, 6, 4] })),
      told: { W_KMESH: ['slab → bulk-zno'] },
    },
    {
      name: 'a metal whose output ends early',
      change: edited('li-bcc/OUTCAR', [/ General timing[\s\S]*$/, '']),
      told: { E_TRUNCATED: ION.map((name) => `${name} → li-bcc`) },
      follows: ['E_REFERENCE_MISSING', 'I_LATTICE_MIXED'],
      values: { 'nucleation-driving-force': 'unavailable' },
    },
    {
      name: 'a metal whose last SCF loop did not converge (VASP 6)',
      change: edited('li-bcc/OUTCAR', [
        'aborting loop because EDIFF is reached',
        'aborting loop EDIFF was not reached (unconverged)',
      ]),
      told: { E_SCF_UNCONVERGED: ION.map((name) => `${name} → li-bcc`) },
      follows: ['E_REFERENCE_MISSING', 'I_LATTICE_MIXED'],
      values: { 'nucleation-driving-force': 'unavailable' },
    },
    {
      name: 'no isolated atom',
      change: removed('li-atom'),
      told: {},
      follows: ['E_REFERENCE_MISSING'],
      values: { 'adsorption-energy': 'unavailable' },
    },
    {
      name: 'no metal',
      change: removed('li-bcc'),
      told: {},
      follows: ['E_REFERENCE_MISSING', 'I_LATTICE_MIXED'],
      values: { 'nucleation-driving-force': 'unavailable' },
    },
    {
      name: 'no bulk of the slab',
      change: removed('bulk-zno'),
      told: {},
      follows: ['E_REFERENCE_MISSING'],
    },
  ];

  it.each(REFERENCES)('$name', async (trap) => {
    await expectTrap(trap);
  });
});

describe('the clean slab', () => {
  const PAIRS = SLABS.slice(1).map((name) => `${name} → slab`);
  const CLEAN_SLAB: readonly Trap[] = [
    {
      name: 'cut off behind its last ionic step',
      change: edited(`${FACET}/slab/OUTCAR`, [/ General timing[\s\S]*$/, '']),
      told: { E_TRUNCATED: PAIRS },
    },
    {
      name: 'cut off in its second ionic step',
      change: edited(`${FACET}/slab/OUTCAR`, [/(TOTAL-FORCE[\s\S]*) POSITION [\s\S]*$/, '$1']),
      // What is there of it did not reach its limit either.
      told: { E_TRUNCATED: PAIRS, E_IONIC_UNCONVERGED: PAIRS },
    },
    {
      name: 'whose relaxation was stopped with a force of 0.5 eV/Å',
      // Without the sentence that it ended well, and with the table of forces as it is but for one number.
      change: edited(
        `${FACET}/slab/OUTCAR`,
        [' reached required accuracy - stopping structural energy minimisation', ''],
        [/(\n[^\n]{42})[^\n]{14}([^\n]*\n -{83}\n {4}total drift)(?![\s\S]*total drift)/, '$1      0.500000$2'],
      ),
      told: { E_IONIC_UNCONVERGED: PAIRS },
    },
    {
      name: 'with stars for its energy',
      change: edited(`${FACET}/slab/OUTCAR`, [
        /energy\(sigma->0\) = +-[\d.]+(?=\n \n\n\n)/g,
        'energy(sigma->0) =  ****************',
      ]),
      told: { E_UNPARSEABLE: PAIRS },
    },
    {
      name: 'whose SCF loop was stopped by NELM (VASP 5)',
      change: edited(
        `${FACET}/slab/OUTCAR`,
        ['NELM   =    100', 'NELM   =      4'],
        [/(energy-change \(2\. order\) :\s*\S+ +\()\s*\S+\)(?![\s\S]*energy-change)/, '$1-0.3000000E-02)'],
      ),
      told: { E_SCF_UNCONVERGED: PAIRS },
    },
  ];

  it.each(CLEAN_SLAB)('$name', async (trap) => {
    await expectTrap({ ...trap, values: BLOCKED });
  });
});
