/** The campaign without a trap: what is told of it is told of any healthy campaign like it. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { ADSORPTION_EV, ATOM_EV, METAL_EV_PER_ATOM } from './campaign.ts';
import { toldBy } from './screened.ts';
import { healthy, valueIn } from './trap.ts';

describe('the healthy campaign', () => {
  it('raises no issue but these', async () => {
    const { evidence, values } = toldBy(await healthy);
    expect([...evidence].sort()).toEqual([
      // Both ends of the hop are one site by symmetry: it counts once.
      'I_DUPLICATE_SITE @ slab-li-end',
      // Li is asked for; hydrogen competes with it.
      'I_UNLINKED @ slab-zn',
    ]);
    expect([...values].sort()).toEqual([
      // Its two faces differ: only the sum of their energies is defined (SCIENCE §4.3).
      'E_POLAR_SINGLE_GAMMA @ surface-energy',
      // What is said of every value made so: the ion is taken from vacuum (§2.3), the offset from metals (§13.7).
      'W_NO_SOLVATION @ deposition-energy',
      'W_NO_SOLVATION @ deposition-selectivity',
      'W_OFFSET_TRANSFER @ deposition-selectivity',
      'W_OFFSET_TRANSFER @ hydrogen-adsorption-free-energy',
      'W_OFFSET_TRANSFER @ hydrogen-suppression',
    ]);
  });

  it('has the energies it was made with', async () => {
    const result = await healthy;
    expectNear(valueIn(result, 'adsorption-energy'), ADSORPTION_EV['slab-li-top'], 1e-7);
    // By hand: −3.6 + (−0.2971 + 1.9056).
    const nucleationEv = ADSORPTION_EV['slab-li-top'] + ATOM_EV.Li - METAL_EV_PER_ATOM.Li;
    expectNear(valueIn(result, 'nucleation-driving-force'), nucleationEv, 1e-7);
    // Of the example: 0.12 eV above the start of the hop.
    expectNear(valueIn(result, 'migration-barrier'), 0.12, 1e-7);
  });

  it('is linked throughout: each adsorbed slab to the clean one and to its references', async () => {
    const { systems } = await healthy;
    const links = systems.flatMap((system) => system.links.map(({ kind, from, to }) => `${kind}: ${from} → ${to}`));
    const name = (folder: string): string => `zno-002/${folder}/OUTCAR`;
    const lithium = ['slab-li', 'slab-li-end', 'slab-li-top'];
    expect(links.sort()).toEqual(
      [
        ...[...lithium, 'slab-h', 'slab-zn'].map((from) => `clean-slab: ${name(from)} → ${name('slab')}`),
        ...lithium.map((from) => `atom-reference: ${name(from)} → li-atom/OUTCAR`),
        ...lithium.map((from) => `bulk-reference: ${name(from)} → li-bcc/OUTCAR`),
        `atom-reference: ${name('slab-h')} → h-atom/OUTCAR`,
        `molecule-reference: ${name('slab-h')} → h2/OUTCAR`,
        `atom-reference: ${name('slab-zn')} → zn-atom/OUTCAR`,
        `bulk-reference: ${name('slab-zn')} → zn-hcp/OUTCAR`,
        `slab-bulk: ${name('slab')} → bulk-zno/OUTCAR`,
      ].sort(),
    );
  });
});
