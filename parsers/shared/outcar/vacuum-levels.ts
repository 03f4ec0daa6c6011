/**
 * `vacuum level on the upper side and lower side of the slab   u   l`, eV (LVACPOTAV, or LVHAR with a dipole correction).
 *
 * The levels are absolute, on the scale of the Fermi energy: a work function is their difference (SCIENCE §7).
 */
import type { FileRecord } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import type { Findings } from './energy-block.ts';
import { labelledAt } from './labelled-value.ts';
import { warning } from './unparseable.ts';

const LABEL = needle('vacuum level on the upper side and lower side of the slab');

/** Of the last such line in [from, to). */
export function readVacuumLevels(
  scanner: ByteScanner,
  from: number,
  to: number,
  findings: Findings,
): FileRecord['vacuumLevelsEv'] {
  const at = scanner.lastIndexOf(LABEL, from, to);
  const label = at < 0 ? undefined : labelledAt(scanner, at, LABEL, to);
  if (label === undefined) return undefined;
  const [upper, lower] = scanner.numbers(label.behind, label.end, 2);
  if (upper === undefined || lower === undefined || Number.isNaN(upper + lower)) {
    findings.issues.push(warning(scanner, 'two vacuum levels in eV', at));
    return undefined;
  }
  findings.places.vacuumLevelsEv = { byteOffset: label.behind, byteLength: label.end - label.behind };
  return { upper, lower };
}
