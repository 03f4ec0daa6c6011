/**
 * `total drift:`, the sum of the forces on all ions before VASP removes it: a measure of their noise.
 */
import type { Vector3 } from '../../../model/lattice.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import type { Findings } from './energy-block.ts';
import type { ParsedStep } from './ionic-step.ts';
import { boundedLine } from './labelled-value.ts';
import { lostTime } from './unparseable.ts';

const LABEL = 'total drift:';

/** Of the step's force table: its ruler follows, then the line. */
export function readForceDrift(
  scanner: ByteScanner,
  { step, places }: ParsedStep,
  findings: Findings,
): Vector3 | undefined {
  const { forces } = places;
  if (forces === undefined || step.forcesEvPerAngstrom === undefined) return undefined;
  const line = boundedLine(scanner, boundedLine(scanner, forces.byteOffset + forces.byteLength).next);
  const text = line.terminated ? scanner.text(line.start, line.end) : '';
  // Not every program that writes such a table writes the line.
  if (text.trim() === '') return undefined;
  const at = text.indexOf(LABEL);
  const [x, y, z] = (at < 0 ? undefined : rowNumbers(text.slice(at + LABEL.length), 3)) ?? [];
  if (x === undefined || y === undefined || z === undefined) {
    findings.issues.push(lostTime(scanner, 'the drift of the forces in eV/Å', line.start));
    return undefined;
  }
  findings.places.forceDriftEvPerAngstrom = { byteOffset: line.start + at, byteLength: text.length - at };
  return [x, y, z];
}
