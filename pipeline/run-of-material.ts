/**
 * Which run told a property of a crystal: the run itself, one that took its structure, or one of the same atoms in the same
 * cell.
 */
import type { Calculation } from '../model/calculation.ts';
import { anglesDegrees, lengths } from '../model/lattice.ts';
import { formula, type Structure } from '../model/structure.ts';
import type { CandidateInput } from './candidate-input.ts';

/** Of a cell that is strained by finite differences (VASP: 1.5 %) or relaxed again. */
const SAME_CELL_SHARE = 0.03;
const SAME_CELL_DEGREES = 2;

export function runOfMaterial<Found extends { readonly calculation: Calculation }>(
  of: Calculation,
  input: CandidateInput,
  found: readonly Found[],
): Found | undefined {
  const linked = new Set(
    input.relations.flatMap(({ kind, from, to }) => (kind === 'single-point-of' && to === of.id ? [from] : [])),
  );
  return (
    found.find(({ calculation }) => calculation.id === of.id) ??
    found.find(({ calculation }) => linked.has(calculation.id)) ??
    found.find(({ calculation }) => hasSameCell(calculation.structure, of.structure))
  );
}

function hasSameCell(one: Structure | undefined, other: Structure | undefined): boolean {
  if (one === undefined || other === undefined || formula(one.species) !== formula(other.species)) return false;
  const [lengthsOne, lengthsOther] = [lengths(one.latticeAngstrom), lengths(other.latticeAngstrom)];
  const [anglesOne, anglesOther] = [anglesDegrees(one.latticeAngstrom), anglesDegrees(other.latticeAngstrom)];
  return [0, 1, 2].every((axis) => {
    const ratio = (lengthsOne[axis] ?? 0) / (lengthsOther[axis] ?? 0);
    const turn = Math.abs((anglesOne[axis] ?? 0) - (anglesOther[axis] ?? 0));
    return Math.abs(ratio - 1) <= SAME_CELL_SHARE && turn <= SAME_CELL_DEGREES;
  });
}
