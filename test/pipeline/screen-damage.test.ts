import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { bulkZno, calculationOf, isolated, moved, withAtoms } from '../assembly/fixtures.ts';
import { treeOf } from './read-runs.ts';
import { screened } from './screening.ts';
import { example, hopBand, hopEnd, hopImages, li, prism, renamed, slab, withSettings } from './trees.ts';

/** What can be wrong with a calculation. */
const DAMAGES: readonly ((calculation: Calculation) => Calculation)[] = [
  (calculation) => calculation,
  ({ final: _, structure: __, ...rest }) => ({
    ...rest,
    completeness: 'unreadable',
    issues: [issue('E_UNREADABLE', { reason: 'the file is empty' })],
  }),
  (calculation) => ({
    ...calculation,
    completeness: 'truncated',
    issues: [issue('E_TRUNCATED', { expected: 'an end', found: 'none' })],
  }),
  ({ final: _, ...rest }) => ({ ...rest, issues: [issue('E_UNREADABLE', { reason: 'no complete ionic step' })] }),
  (calculation) => withSettings(calculation, { ENCUT: 300 }),
  (calculation) => withSettings(calculation, { NELECT: 1, IDIPOL: 1 }),
  (calculation) => ({ ...calculation, potcars: [], settings: {} }),
  ({ structure: _, ...rest }) => rest,
  ({ kpoints: _, ...rest }) => rest,
  (calculation) =>
    calculation.structure === undefined
      ? calculation
      : { ...calculation, structure: moved(calculation.structure, ([x, y, z], at) => [x, y, z + (at % 5)]) },
  (calculation) => ({ ...calculation, supersededBy: 'later/OUTCAR' }),
];

const everything = [
  ...example,
  hopEnd,
  ...hopImages,
  calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18.8, mesh: [9, 9, 5] }),
  calculationOf('prism/slab/OUTCAR', { structure: prism, energyEv: -300 }),
  calculationOf('prism/li/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7)]), energyEv: -302 }),
  calculationOf('prism/li2/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7), li(4, 1, 7.2)]), energyEv: -304 }),
  calculationOf('ref/o/OUTCAR', { structure: isolated('O') }),
  renamed(slab, 'backup/slab/OUTCAR'),
];

/** Calculations that a candidate is made of; `others` could have taken their place. */
function isBehind(result: ScreeningResult, candidate: string, andOthers = false): Set<string> {
  const system = result.systems.find(({ id }) => id === candidate);
  const paths = result.paths.filter(({ id }) => system?.paths.includes(id));
  return new Set([
    ...(system?.slab === undefined ? [] : [system.slab]),
    ...(system?.adsorbed ?? []),
    ...(system?.links ?? []).flatMap(({ from, to, others }) => [from, to, ...(andOthers ? others : [])]),
    ...paths.flatMap(({ images }) => images.map(({ source }) => source)),
  ]);
}

describe('whatever is wrong with the calculations of a tree', () => {
  const damage = fc.integer({ min: 0, max: DAMAGES.length - 1 });
  const trees = fc
    .tuple(fc.subarray(everything), fc.array(damage, { minLength: everything.length, maxLength: everything.length }))
    .map(([kept, damages]) => {
      const calculations = kept.map((calculation, at) => DAMAGES[damages[at] ?? 0]!(calculation));
      const ids = new Set(kept.map(({ id }) => id));
      return treeOf(calculations, [
        { ...hopBand, images: hopBand.images.filter(({ run }) => run === undefined || ids.has(run)) },
      ]);
    });

  it('each one stands behind a candidate or is listed as unused with a reason', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const result = screened(tree);
        const behind = result.candidates.flatMap(({ id }) => [...isBehind(result, id)]);
        const unused = result.unused.map(({ calculation }) => calculation);
        const told = new Set([...behind, ...unused]);
        for (const { id } of tree.runs) expect(told.has(id), id).toBe(true);
        for (const { calculation, reasons } of result.unused) expect(reasons.length, calculation).toBeGreaterThan(0);
        expect(new Set(unused).size).toBe(unused.length);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('each candidate has its own name, is ranked or unranked, and has a value or an error for every descriptor', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const result = screened(tree);
        const ids = result.candidates.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const ranked = [...result.ranked, ...result.unranked].map(({ id }) => id);
        expect(ranked.sort()).toEqual([...ids].sort());
        for (const { reasons } of result.unranked) expect(reasons.length).toBeGreaterThan(0);
        for (const { descriptors } of result.candidates) {
          for (const [name, found] of Object.entries(descriptors)) {
            if (found.available) expect(Number.isFinite(found.value), name).toBe(true);
            else
              expect(
                found.reasons.some(({ severity }) => severity === 'error'),
                name,
              ).toBe(true);
          }
        }
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('the order in which they were found does not show in the result', () => {
    fc.assert(
      fc.property(trees, fc.infiniteStream(fc.nat()), (tree, numbers) => {
        const shuffled = [...tree.runs]
          .map((run) => ({ run, at: numbers.next().value }))
          .sort((left, right) => left.at - right.at)
          .map(({ run }) => run);
        expect(JSON.stringify(screened({ ...tree, runs: shuffled }))).toBe(JSON.stringify(screened(tree)));
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('one bad calculation takes nothing from the candidates it does not stand behind', () => {
    const plain = screened(treeOf(everything, [hopBand]));
    for (const calculation of everything) {
      for (const [at, harm] of DAMAGES.entries()) {
        const damaged = everything.map((one) => (one === calculation ? harm(one) : one));
        const result = screened(treeOf(damaged, [hopBand]));
        for (const { id, descriptors } of plain.candidates) {
          if (isBehind(plain, id, true).has(calculation.id)) continue;
          const after = result.candidates.find((candidate) => candidate.id === id);
          for (const [name, value] of Object.entries(descriptors)) {
            if (!value.available) continue;
            expect(after?.descriptors[name], `${name} of ${id} after damage ${at} to ${calculation.id}`).toEqual(value);
          }
        }
      }
    }
  });
});
