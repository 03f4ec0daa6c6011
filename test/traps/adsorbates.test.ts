/** What becomes of an adsorbate, each once: SCIENCE §2.6, §4.8, §4.9. Li above O is the best site where nothing is wrong. */
import { describe, expect, it } from 'vitest';
import { add, scale } from '../../examples/zno-lithium/generator/vectors.mjs';
import { expectNear } from '../near.ts';
import { ADSORPTION_EV, ATOM_EV, atomsOf, baseFiles, FACET, METAL_EV_PER_ATOM, type Run, runAt } from './campaign.ts';
import { type Change, rewritten } from './changes.ts';
import {
  adsorbateOf,
  dragged,
  HOLLOW,
  heightsOf,
  inCell,
  nearestTo,
  shifted,
  TOP,
  withAdsorbateAt,
  withAtoms,
} from './places.ts';
import { screened } from './screened.ts';
import { expectTrap, type Trap, valueIn } from './trap.ts';

const NEXT_BEST_EV = ADSORPTION_EV['slab-li'];
const DEGRADED: Trap['values'] = { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' };

const top = (change: (run: Run) => Run): Change => rewritten(TOP, change);

const NO_STATE: readonly Trap[] = [
  {
    name: 'an adsorbate 5.9 Å above the slab',
    change: top((run) => withAdsorbateAt(run, add(adsorbateOf(run).place, [0, 0, 4]))),
    told: { E_ADS_DESORBED: ['slab-li-top'] },
  },
  {
    name: 'an adsorbate 0.8 Å below the O plane',
    change: top((run) => withAdsorbateAt(run, [HOLLOW[0], HOLLOW[1], Math.max(...heightsOf(run, 'O')) - 0.8])),
    told: { E_ADS_SUBSURFACE: ['slab-li-top'] },
  },
  {
    name: 'an adsorbate on the face that is held',
    change: top((run) => {
      const [lowest] = atomsOf(run).sort((left, right) => left.place[2] - right.place[2]);
      return withAdsorbateAt(run, add(lowest?.place ?? [0, 0, 0], [0, 0, -2.6]));
    }),
    told: { E_ADS_ON_FIXED_SIDE: ['slab-li-top'] },
  },
];

const ANOTHER_STATE: readonly Trap[] = [
  {
    name: 'Li that moved from above O into the hollow',
    change: top((run) => ({ ...withAdsorbateAt(run, HOLLOW), start: run.start })),
    told: { W_SITE_MIGRATED: ['slab-li-top'] },
  },
  {
    name: 'an O that moved 1.3 Å along the surface with its Li',
    change: top((run) => dragged(run, 'O', { slab: [1.3, 0.2, 0], adsorbate: [1.3, 0.2, 0] })),
    told: { W_RECONSTRUCTED: ['slab-li-top'] },
  },
  {
    name: 'an O that Li pulled 0.7 Å out of its plane',
    change: top((run) => dragged(run, 'O', { slab: [0, 0, 0.7], adsorbate: [0, 0, 0.7] })),
    told: { W_ADS_CONVERTED: ['slab-li-top'] },
  },
  {
    name: 'a Zn that came 0.9 Å out and became what is nearest to Li',
    change: top((run) => {
      const zinc = nearestTo(run, 'Zn');
      const raised = withAtoms(run, (atom, index) =>
        index === zinc ? { ...atom, place: add(atom.place, [0, 0, 0.9]) } : atom,
      );
      return withAdsorbateAt(raised, add(atomsOf(run)[zinc]?.place ?? [0, 0, 0], [0.4, 0.3, 3.1]));
    }),
    told: { W_ADS_CONVERTED: ['slab-li-top'] },
  },
];

describe('an adsorbed state that is none', () => {
  it.each(NO_STATE)('$name has no adsorption energy, and the next site counts with a remark', async (trap) => {
    const result = await expectTrap({ ...trap, follows: ['W_ALTERNATIVES_UNUSED'], values: DEGRADED });
    expectNear(valueIn(result, 'adsorption-energy'), NEXT_BEST_EV, 1e-7);
  });
});

describe('an adsorbed state that became another one', () => {
  it.each(ANOTHER_STATE)('$name keeps its energy, degraded', async (trap) => {
    const result = await expectTrap({ ...trap, values: DEGRADED });
    expectNear(valueIn(result, 'adsorption-energy'), ADSORPTION_EV['slab-li-top'], 1e-7);
  });
});

/** Differences between descriptions of one and the same state. */
const SAME: readonly Trap[] = [
  {
    name: 'an adsorbed slab shifted across the boundary of the cell',
    change: top((run) => shifted(run, [2.1, 1.3, 16])),
    told: {},
  },
  {
    name: 'a clean slab shifted across the boundary of the cell',
    change: rewritten(`${FACET}/slab`, (run) => shifted(run, [-2.9, 0.4, 13])),
    told: {},
  },
  {
    name: 'an adsorbed slab whose atoms are listed in another order',
    change: top((run) => {
      const atoms = atomsOf(run).reverse();
      return runAt(run, [...atoms.slice(0, 5), ...atoms.slice(5, 17).reverse(), ...atoms.slice(17)]);
    }),
    told: {},
  },
];

describe('the same adsorbed state', () => {
  it.each(SAME)('$name has the same adsorption energy', async (trap) => {
    const result = await expectTrap(trap);
    expectNear(valueIn(result, 'adsorption-energy'), ADSORPTION_EV['slab-li-top'], 1e-9);
  });
});

describe('an adsorbed slab without a clean one', () => {
  it('in a cell 1 % wider names the deviation of the slab that would fit', () =>
    expectTrap({
      name: 'cell',
      change: top((run) => {
        const [a, b, c] = run.contents.cell;
        return inCell(run, [scale(a, 1.01), scale(b, 1.01), c]);
      }),
      told: { E_REFERENCE_MISSING: ['system slab-li-top'], E_CELL_MISMATCH: ['system slab-li-top'] },
    }));

  it('of one O less is no ZnO with Li', () =>
    expectTrap({
      name: 'stoichiometry',
      change: top((run) => {
        const oxygen = nearestTo(run, 'O');
        return runAt(
          run,
          atomsOf(run).filter((_, index) => index !== oxygen),
        );
      }),
      told: { E_REFERENCE_MISSING: ['system slab-li-top'] },
    }));
});

describe('Zn on ZnO', () => {
  it('is the Zn that the clean slab has not, wherever it stands in the list', async () => {
    // The first Zn of the list changes its place with the adsorbate.
    const change = rewritten(`${FACET}/slab-zn`, (run) => {
      const atoms = atomsOf(run);
      const [first, ...rest] = atoms;
      return first === undefined ? run : runAt(run, [adsorbateOf(run), first, ...rest.slice(0, -1)]);
    });
    const result = await screened(change(baseFiles()), 'Zn');
    expectNear(valueIn(result, 'adsorption-energy'), ADSORPTION_EV['slab-zn'], 1e-7);
    // By hand: −2.1 + (−0.1902 + 1.5402).
    const nucleationEv = ADSORPTION_EV['slab-zn'] + ATOM_EV.Zn - METAL_EV_PER_ATOM.Zn;
    expectNear(valueIn(result, 'nucleation-driving-force'), nucleationEv, 1e-7);
    const sites = result.systems.flatMap((system) => system.sites ?? []).filter(({ adsorbate }) => adsorbate === 'Zn');
    expect(sites).toEqual([
      expect.objectContaining({ adsorbate: 'Zn', count: 1, units: [expect.objectContaining({ atoms: [0] })] }),
    ]);
  });
});
