/**
 * What a search for coincidences refuses, and what it says of itself.
 *
 * The mistakes avoided here: a tolerance of 3 where 0.03 is meant, which everything fulfils; and "no match" where the
 * search was ended before the limit.
 */
import type { CoincidenceLimits } from '../../../model/coincidence.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { ReducedBasis } from './reduced-basis.ts';

export function refusalsOf(
  film: ReducedBasis | string,
  substrate: ReducedBasis | string,
  limits: CoincidenceLimits,
): Issue[] {
  return [...limitRefusals(limits), ...latticeRefusals('film', film), ...latticeRefusals('substrate', substrate)];
}

export interface SearchOutcome {
  readonly matchCount: number;
  /** All matches with up to so many film cells were found; undefined: all within the limits. */
  readonly completeFilmMultiple: number | undefined;
  readonly filmArea: number;
  readonly substrateArea: number;
}

export function searchIssues(outcome: SearchOutcome, { maxAreaAngstrom2 }: CoincidenceLimits): Issue[] {
  const { matchCount, completeFilmMultiple, filmArea, substrateArea } = outcome;
  const completeAngstrom2 = completeFilmMultiple === undefined ? maxAreaAngstrom2 : completeFilmMultiple * filmArea;
  const cellAngstrom2 = Math.max(filmArea, substrateArea);
  return [
    ...(completeFilmMultiple === undefined
      ? []
      : [issue('W_COINCIDENCE_BOUNDED', { matchCount, completeAngstrom2, maxAreaAngstrom2 })]),
    ...(matchCount === 0 ? [issue('W_NO_COINCIDENCE', { cellAngstrom2, maxAreaAngstrom2: completeAngstrom2 })] : []),
  ];
}

function latticeRefusals(name: string, basis: ReducedBasis | string): Issue[] {
  return typeof basis === 'string' ? [issue('E_LATTICE', { reason: `${name}: ${basis}` })] : [];
}

/** A tolerance of 100 % and more has no sense, and is mostly one in percent. */
function limitRefusals({ maxAreaAngstrom2, ...tolerances }: CoincidenceLimits): Issue[] {
  const wrong = Object.entries(tolerances).filter(([, value]) => !(value >= 0 && value < 1));
  return [
    ...(Number.isFinite(maxAreaAngstrom2) && maxAreaAngstrom2 > 0
      ? []
      : [issue('E_INPUT', { input: 'maxAreaAngstrom2', reason: `${maxAreaAngstrom2} is no area` })]),
    ...wrong.map(([input, value]) =>
      issue('E_INPUT', { input, reason: `${value} is no fraction from 0 to 1 (0.03 is 3 %)` }),
    ),
  ];
}
