import { describe, expect, it } from 'vitest';
import { findCoincidences } from '../../../../descriptors/shared/coincidence/find-coincidences.ts';
import { findLikePymatgen } from '../../../../descriptors/shared/coincidence/find-like-pymatgen.ts';
import { type CoincidenceMatch, DEFAULT_COINCIDENCE_LIMITS } from '../../../../model/coincidence.ts';
import { type Matrix2, planeLattice } from '../../../../model/plane-lattice.ts';
import { pythonWith, runPython } from '../../../exports/python.ts';
import { expectNear } from '../../../near.ts';
import {
  type CellNumbers,
  type GeneratedPair,
  generated,
  generatedKey,
  keptMatches,
  matchKey,
  SCRIPT,
} from './zsl-generator.ts';

const kept = keptMatches();
const python = pythonWith('pymatgen.analysis.interfaces.zsl');
const FRESH = { seed: 378, pairs: 40, leastArea: 100, mostArea: 160 };

describe(`matches that ${kept.program} generates for ${kept.pairs.length} pairs of random lattices`, () => {
  it('are more than 200 pairs, most of them oblique, with some thousand matches', () => {
    const oblique = kept.pairs.filter(({ film, substrate }) => film[2] % 30 !== 0 && substrate[2] % 30 !== 0);
    expect(kept.pairs.length).toBeGreaterThanOrEqual(200);
    expect(oblique.length).toBeGreaterThan(150);
    expect(kept.pairs.reduce((sum, { matches }) => sum + matches.length, 0)).toBeGreaterThan(1000);
  });
  it('are found one to one with its conventions', () => {
    for (const pair of kept.pairs) expectEqualSets(pair);
  });
  it('are all within the kinds of match of our conventions, and no others', () => {
    for (const pair of kept.pairs) expectEqualKinds(pair);
  });
});

describe.skipIf(python === undefined)('the same of an installed pymatgen', () => {
  it('holds for pairs that nobody has seen', { timeout: 300_000 }, () => {
    const { pairs } = generated(runPython(python ?? '', SCRIPT, JSON.stringify(FRESH)));
    expect(pairs).toHaveLength(FRESH.pairs);
    for (const pair of pairs) {
      expectEqualSets(pair);
      expectEqualKinds(pair);
    }
  });
});

function expectEqualSets({ film, substrate, maxAreaAngstrom2, asGenerated, matches }: GeneratedPair): void {
  const limits = { ...DEFAULT_COINCIDENCE_LIMITS, maxAreaAngstrom2 };
  const found = findLikePymatgen(planeLattice(...film), planeLattice(...substrate), limits);
  const ours = new Map(found.matches.map((match) => [matchKey(match), match]));
  const theirs = matches.filter((match) => match.at(-1) === 1);
  expect(theirs).toHaveLength(asGenerated);
  expect([...ours.keys()].sort()).toEqual(theirs.map(generatedKey).sort());
  expect(found.matches).toHaveLength(asGenerated);
  for (const match of theirs) {
    const same = ours.get(generatedKey(match));
    const found = [
      ...reducedShape(same?.filmMatrix, film),
      ...reducedShape(same?.substrateMatrix, substrate),
      ...(same?.principalStrainFractions ?? []),
      same?.vonMisesFraction,
    ];
    for (const [at, number] of match.slice(6, 15).entries()) expectNear(found[at], number, 1e-6);
    expectNear(same?.angleDegrees, match[8] ?? 0, 1e-6);
  }
}

/** Each of theirs, also beyond its limit, is of one of our kinds; each of our kinds is one of theirs. */
function expectEqualKinds({ film, substrate, maxAreaAngstrom2, matches }: GeneratedPair): void {
  const limits = { ...DEFAULT_COINCIDENCE_LIMITS, maxAreaAngstrom2 };
  const ours = findCoincidences(planeLattice(...film), planeLattice(...substrate), limits).matches;
  const forms = new Set(matches.map(generatedKey));
  for (const match of ours) expect(forms).toContain(matchKey(match));
  for (const theirs of matches) {
    const same = ours.filter((match) => isOfKind(match, theirs));
    expect(same.length, `a kind of ${theirs.join(' ')}`).toBeGreaterThan(0);
  }
}

/** Strains to 1e-5 and angle to 1e-3 degrees, wherever between them the edge of the rounding lies. */
function isOfKind(match: CoincidenceMatch, theirs: readonly number[]): boolean {
  const [filmMultiple, , , substrateMultiple] = theirs;
  const [least, most] = match.principalStrainFractions;
  return (
    match.filmMultiple === filmMultiple &&
    match.substrateMultiple === substrateMultiple &&
    Math.abs(least - (theirs[12] ?? 0)) <= 1.1e-5 &&
    Math.abs(most - (theirs[13] ?? 0)) <= 1.1e-5 &&
    Math.abs(match.angleDegrees - (theirs[8] ?? 0)) <= 1.1e-3
  );
}

/** Both lengths and the angle of whole numbers times a lattice; nothing where there is no match. */
function reducedShape(matrix: Matrix2 | undefined, cell: CellNumbers): number[] {
  if (matrix === undefined) return [];
  const [a, b] = planeLattice(...cell);
  const [u, v] = matrix.map(([i, j]) => [i * a[0] + j * b[0], i * a[1] + j * b[1]] as const);
  if (u === undefined || v === undefined) return [];
  const angle = Math.atan2(Math.abs(u[0] * v[1] - u[1] * v[0]), u[0] * v[0] + u[1] * v[1]);
  return [Math.hypot(...u), Math.hypot(...v), (angle * 180) / Math.PI];
}
