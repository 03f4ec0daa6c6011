/**
 * `number of electron  …  magnetization  m`: the total moment of the last electronic iteration, three components in
 * non-collinear runs.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import type { Findings } from './energy-block.ts';
import { lastMarked } from './labelled-value.ts';
import type { MarkList } from './marks.ts';

type TotalMagnetisation = Pick<IonicStep, 'totalMagnetisationBohr' | 'magnetisationVectorBohr'>;

/** µB; empty for a run without spin, whose line ends behind `magnetization`, as that of a run with `spin` does not. */
export function readTotalMagnetisation(
  scanner: ByteScanner,
  region: { readonly marks: MarkList; readonly from: number; readonly to: number; readonly spin: boolean },
  findings: Findings,
): TotalMagnetisation {
  const label = lastMarked(scanner, region.marks, 'electrons', region);
  if (label === undefined) return {};
  const text = scanner.text(label.behind, label.end);
  const fields = /magnetization\s+(\S.*)$/.exec(text)?.[1]?.trimEnd();
  if (fields === undefined && !region.spin) return {};
  const start = fields === undefined ? label.end : label.end - (text.length - text.lastIndexOf(fields));
  const [x, y, z] = scanner.numbers(start, label.end, 3);
  const vector = y !== undefined;
  if (
    fields === undefined ||
    x === undefined ||
    Number.isNaN(x) ||
    (vector && !(Number.isFinite(y) && Number.isFinite(z)))
  ) {
    findings.issues.push(issue('W_OVERFLOW', { field: 'magnetization' }, { byteOffset: label.at }));
    return {};
  }
  const place = { byteOffset: start, byteLength: fields.length };
  findings.places.totalMagnetisationBohr = place;
  if (y === undefined || z === undefined) return { totalMagnetisationBohr: x };
  findings.places.magnetisationVectorBohr = place;
  return { totalMagnetisationBohr: Math.hypot(x, y, z), magnetisationVectorBohr: [x, y, z] };
}
