/**
 * Matches as they are ordered (SCIENCE §5.4, step 7): by area, then by the largest principal strain, then by the sum of
 * both; and each kind of match once.
 *
 * The mistake avoided here: comparing strains to the last bit. Rounding would then put equal matches in another order
 * when a lattice is turned, and the first of them is the one that is kept.
 */
import { type CoincidenceStrain, coincidenceStrain } from './strain.ts';
import type { SupercellTable } from './supercells.ts';

/** A pair of shapes that agree. */
export interface Candidate {
  readonly filmShape: number;
  readonly substrateShape: number;
  readonly filmMultiple: number;
  readonly substrateMultiple: number;
  readonly filmAreaAngstrom2: number;
  readonly angleDegrees: number;
  readonly strain: CoincidenceStrain;
}

const DEGREES_PER_RADIAN = 180 / Math.PI;
const SAME_AREA_ANGSTROM2 = 1e-6;
const SAME_STRAIN = 1e-9;
/** Beyond this two matches are of two kinds. */
const STRAIN_STEPS = 1e5;
const ANGLE_STEPS = 1e3;

export function candidatesOf(film: SupercellTable, substrate: SupercellTable, pairs: Int32Array): Candidate[] {
  const candidates: Candidate[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    candidates.push(candidateOf(film, substrate, pairs[at] ?? 0, pairs[at + 1] ?? 0));
  }
  return candidates;
}

export function candidateOf(
  film: SupercellTable,
  substrate: SupercellTable,
  filmShape: number,
  substrateShape: number,
): Candidate {
  const filmMultiple = film.multiples[film.firstMembers[filmShape] ?? 0] ?? 0;
  const filmParts = shapeAt(film, filmShape);
  return {
    filmShape,
    substrateShape,
    filmMultiple,
    substrateMultiple: substrate.multiples[substrate.firstMembers[substrateShape] ?? 0] ?? 0,
    filmAreaAngstrom2: filmMultiple * film.areaAngstrom2,
    angleDegrees: filmParts.angle * DEGREES_PER_RADIAN,
    strain: coincidenceStrain(filmParts, shapeAt(substrate, substrateShape)),
  };
}

function shapeAt({ firstLengths, secondLengths, angles }: SupercellTable, shape: number) {
  return { first: firstLengths[shape] ?? 0, second: secondLengths[shape] ?? 0, angle: angles[shape] ?? 0 };
}

/**
 * By kind: equal multiples, and strains and angle equal as rounded. Kinds are in the order of their first match, and so
 * are the matches of a kind.
 */
export function orderedKinds(candidates: readonly Candidate[]): Candidate[][] {
  const kinds = new Map<number, Map<number, Candidate[]>>();
  const ordered: Candidate[][] = [];
  for (const candidate of [...candidates].sort(byAreaAndStrain)) {
    const multiples = multiplesNumber(candidate);
    const known = kinds.get(multiples) ?? new Map<number, Candidate[]>();
    kinds.set(multiples, known);
    const kind = known.get(kindNumber(candidate));
    if (kind !== undefined) {
      kind.push(candidate);
      continue;
    }
    const first = [candidate];
    known.set(kindNumber(candidate), first);
    ordered.push(first);
  }
  return ordered;
}

/** Those of its kind, itself among them. */
export function ofSameKind(candidates: readonly Candidate[], one: Candidate): Candidate[] {
  const [multiples, kind] = [multiplesNumber(one), kindNumber(one)];
  return candidates.filter((each) => multiplesNumber(each) === multiples && kindNumber(each) === kind);
}

function multiplesNumber({ filmMultiple, substrateMultiple }: Candidate): number {
  return filmMultiple * 2 ** 16 + substrateMultiple;
}

/** Strains are below 1 by the limits of a search: three numbers of at most 18 bits in the 53 of a double. */
function kindNumber({ strain, angleDegrees }: Candidate): number {
  const [least, most] = strain.principalStrainFractions;
  const strains = Math.round((least + 1) * STRAIN_STEPS) * 2 ** 18 + Math.round((most + 1) * STRAIN_STEPS);
  return strains * 2 ** 17 + Math.round(angleDegrees * ANGLE_STEPS);
}

/** By its largest principal strain; of equal ones the smaller cell. */
export function leastStrained(candidates: readonly Candidate[]): Candidate | undefined {
  return firstBy(candidates, (left, right) => {
    const strain = stepsOf(left.strain.maxAbsPrincipalFraction) - stepsOf(right.strain.maxAbsPrincipalFraction);
    return Math.abs(strain) > 1 ? strain : byAreaAndStrain(left, right);
  });
}

export function smallest(candidates: readonly Candidate[]): Candidate | undefined {
  return firstBy(candidates, byAreaAndStrain);
}

function firstBy<Entry>(entries: readonly Entry[], compare: (left: Entry, right: Entry) => number): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (first, each) => (first === undefined || compare(each, first) < 0 ? each : first),
    undefined,
  );
}

function byAreaAndStrain(left: Candidate, right: Candidate): number {
  return (
    Math.round(left.filmAreaAngstrom2 / SAME_AREA_ANGSTROM2) -
      Math.round(right.filmAreaAngstrom2 / SAME_AREA_ANGSTROM2) ||
    stepsOf(left.strain.maxAbsPrincipalFraction) - stepsOf(right.strain.maxAbsPrincipalFraction) ||
    stepsOf(sumOf(left)) - stepsOf(sumOf(right)) ||
    left.substrateMultiple - right.substrateMultiple ||
    Math.round((left.angleDegrees - right.angleDegrees) * ANGLE_STEPS)
  );
}

function stepsOf(strain: number): number {
  return Math.round(strain / SAME_STRAIN);
}

function sumOf({ strain }: Candidate): number {
  return Math.abs(strain.principalStrainFractions[0]) + Math.abs(strain.principalStrainFractions[1]);
}
