/**
 * What the VTST patch prints about a band behind the forces of each step.
 *
 * The mistake avoided here: of `projections on to tangent (spring, REAL)` the second number is the force along the path; and
 * the lines before it (`forces: par spring, perp REAL, dneb`) hold norms, which have no sign (SCIENCE §3.4).
 */
import type { NebForces } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { type LabelledLine, labelledAt, numbersBehind } from './labelled-value.ts';
import { warning } from './unparseable.ts';

const FORCES = needle('forces: par spring, perp REAL, dneb');
const DISTANCES = needle('distance to prev, next image, angle between');
/** What stands in each line, in its order. */
const IN_PROJECTIONS = ['springTangentForceEvPerAngstrom', 'tangentForceEvPerAngstrom'] as const;
const IN_RESIDUAL = ['residualForceEvPerAngstrom', 'residualRmsForceEvPerAngstrom'] as const;
const IN_FORCES = [
  'parallelSpringForceEvPerAngstrom',
  'perpendicularForceEvPerAngstrom',
  'doubleNudgingForceEvPerAngstrom',
] as const;
const IN_DISTANCES = ['distanceToPreviousAngstrom', 'distanceToNextAngstrom', 'angleDegrees'] as const;
/** The block has three lines. */
const BLOCK_BYTES = 400;

/** `projections`, `residual`: the lines of the tangent projections and of `FORCES: max atom, RMS`. */
export function readNebForces(
  scanner: ByteScanner,
  projections: LabelledLine | undefined,
  residual: LabelledLine | undefined,
  findings: Findings,
): NebForces | undefined {
  const numbers = (label: LabelledLine | undefined, names: readonly (keyof NebForces)[]): number[] => {
    const values = numbersBehind(scanner, label);
    if (label === undefined) return values;
    if (values.length < names.length) findings.issues.push(warning(scanner, `${names.length} numbers`, label.at));
    const place = { byteOffset: label.behind, byteLength: label.end - label.behind };
    for (let at = 0; at < Math.min(values.length, names.length); at += 1) findings.places[`neb.${names[at]}`] = place;
    return values;
  };
  const before = (label: Uint8Array, names: readonly (keyof NebForces)[]): number[] => {
    if (projections === undefined) return [];
    const at = scanner.lastIndexOf(label, Math.max(0, projections.at - BLOCK_BYTES), projections.at);
    return at < 0 ? [] : numbers(labelledAt(scanner, at, label, projections.at), names);
  };
  const [spring, real] = numbers(projections, IN_PROJECTIONS);
  const [largest, rms] = numbers(residual, IN_RESIDUAL);
  const [parallelSpring, perpendicular, doubleNudging] = before(FORCES, IN_FORCES);
  const [previous, next, angle] = before(DISTANCES, IN_DISTANCES);
  const values: NebForces = knownValues({
    tangentForceEvPerAngstrom: real,
    springTangentForceEvPerAngstrom: real === undefined ? undefined : spring,
    residualForceEvPerAngstrom: largest,
    residualRmsForceEvPerAngstrom: rms,
    parallelSpringForceEvPerAngstrom: parallelSpring,
    perpendicularForceEvPerAngstrom: perpendicular,
    doubleNudgingForceEvPerAngstrom: doubleNudging,
    distanceToPreviousAngstrom: previous,
    distanceToNextAngstrom: next,
    angleDegrees: angle,
  });
  return Object.keys(values).length > 0 ? values : undefined;
}
