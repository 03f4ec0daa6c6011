import { describe, expect, it } from 'vitest';
import { bestOfGroups, bestOfShelves, shelvesOf } from '../../assembly/link-candidates.ts';
import { openComparer } from '../../assembly/partner-groups.ts';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Link } from '../../model/system.ts';
import { calculationOf, isolated } from './fixtures.ts';
import { left } from './slab-pair.ts';

const WANTED = {
  kind: 'atom-reference',
  pair: 'atom-reference',
  role: 'isolated Li atom',
  evidence: () => ['one Li atom with vacuum on all sides'],
} as const;

/** 0 ≤ x < 1, the same numbers every time (Park and Miller, Comm. ACM 31, 1192, 1988). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Atoms in folders of several depths, some of them copies, unconverged, or run with another cutoff. */
function atoms(count: number, spreadEv: number, random: () => number): Calculation[] {
  const some = (choices: number): number => Math.floor(random() * choices);
  return Array.from({ length: count }, (_, at) => {
    const folders = Array.from({ length: 1 + some(3) }, () => `f${some(4)}`);
    const id = [...folders, `atom-${at}`, 'OUTCAR'].join('/');
    const energyEv = -0.3 + spreadEv * (some(3) === 0 ? some(3) / 3 : random());
    const settings = { ENCUT: some(8) === 0 ? 400 : 520, ISPIN: 2, NPAR: some(3) };
    const atom = calculationOf(id, { structure: isolated('Li'), energyEv, settings });
    const unconverged = issue('E_SCF_UNCONVERGED', { iterations: 60, nelm: 60 });
    return some(9) === 0 ? { ...atom, issues: [unconverged] } : atom;
  });
}

describe('the best of many references', () => {
  it.each([
    ['as far apart as any', 0.2],
    ['within a few meV', 0.004],
    ['within noise', 0.0008],
    ['equal', 0],
  ])('is chosen, explained and listed as if all were held against each other: energies %s', (_, spreadEv) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = randomNumbers(seed);
      const comparer = openComparer();
      const groups = comparer.groupsOf(atoms(20 + 25 * seed, spreadEv, random));
      const references = shelvesOf(groups, 'atom-reference', comparer);
      for (const folder of ['f0/f1/f2/slab', 'f3', 'elsewhere/slab', 'f2/f2']) {
        const from = { ...left(), id: `${folder}/OUTCAR` };
        const all = groups.map((group) => ({ group, distanceAngstrom: 0 }));
        const expected: Link | undefined = bestOfGroups({ ...WANTED, from, comparer, partners: all });
        expect(expected?.others).toHaveLength(12);
        expect(bestOfShelves({ ...WANTED, from, comparer, references })).toEqual(expected);
      }
    }
  });
});
