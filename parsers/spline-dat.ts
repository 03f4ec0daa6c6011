/**
 * spline.dat, the cubic interpolation of neb.dat by the VTST scripts: image coordinate, distance (Å), relative energy
 * (eV), force along the path (eV/Å).
 *
 * The script ends the file without a line end, so a missing one says nothing: a whole file ends at an image, whose
 * numbers are those of neb.dat with six decimals. Source: VTST tools, nebspline.pl.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import type { PathSplinePoint } from '../model/path-table.ts';
import { type Fault, faultAt, isFault, notTextRecord, unreadableRecord } from './shared/fault.ts';
import { lineReader, quoted, type TextLine, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { readTable, rowOf } from './shared/path-table/rows.ts';

const EXPECTED_ROW = 'image coordinate, distance, energy and force';
/** The image coordinate is written without an end of digits, so that steps of 1/20 are not exact. */
const FIRST_ROWS = /^0\t[-\d.]+\t[-\d.]+\t[-\d.]+\r?\n0?\.\d+\t[-\d.eE+]+\t[-\d.eE+]+\t[-\d.eE+]+\s*$/m;

export const splineDatParser: ParserDefinition = {
  format: 'spline-dat',
  title: 'spline.dat, the interpolated migration path by the VTST scripts',
  matchesName: (name) => /(?:^|[._-])spline\.dat$/i.test(name),
  matchesContent: (head) => FIRST_ROWS.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('spline-dat', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  let image: RegExp | undefined;
  const table = readTable<PathSplinePoint>(lines, (line, rows) => {
    image ??= line.terminated ? imageRowLike(line.text) : undefined;
    return readRow(line, rows, image);
  });
  if (table === undefined) return unreadableRecord('spline-dat', `no row of ${EXPECTED_ROW}`);
  const { rows, place } = table;
  const last = lines.last();
  const endsAtImage = table.issues.length > 0 || Number.isInteger(rows.at(-1)?.imageCoordinate);
  const details = { expected: 'an image in the last row', found: quoted(last?.text ?? '') };
  const cut = endsAtImage || last === undefined ? [] : [issue('E_TRUNCATED', details, whereOf(last))];
  return {
    format: 'spline-dat',
    completeness: cut.length > 0 ? 'truncated' : table.completeness,
    pathSpline: rows,
    places: { pathSpline: place },
    issues: [...table.issues, ...cut],
  };
}

function readRow(line: TextLine, rows: readonly PathSplinePoint[], image: RegExp | undefined): PathSplinePoint | Fault {
  // The last row is an image, written as the first one; anything else at the end of the file is torn.
  if (!line.terminated && image?.test(line.text) !== true) return faultAt(line, EXPECTED_ROW, quoted(line.text));
  const values = rowOf({ ...line, terminated: true }, 4, EXPECTED_ROW);
  if (isFault(values)) return values;
  const [imageCoordinate = 0, distanceAngstrom = 0, relativeEnergyEv = 0, tangentForceEvPerAngstrom = 0] = values;
  const previous = rows.at(-1)?.imageCoordinate ?? -1;
  if (imageCoordinate <= previous) return faultAt(line, `an image coordinate above ${previous}`, `${imageCoordinate}`);
  return { imageCoordinate, distanceAngstrom, relativeEnergyEv, tangentForceEvPerAngstrom };
}

/** Rows with a whole coordinate and the decimals of this one. */
function imageRowLike(text: string): RegExp {
  const columns = text
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((field) => String.raw`\s+-?\d+\.\d{${/\.(\d*)$/.exec(field)?.[1]?.length ?? 6}}`);
  return new RegExp(String.raw`^\s*\d+${columns.join('')}\s*$`);
}
