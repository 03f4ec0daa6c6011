/**
 * EIGENVAL: the Kohn–Sham levels of every k-point with their occupations, and the band gap they leave.
 *
 * The mistake avoided here: a gap from a part of the k-points. A cut file gives its complete k-points and no gap. VASP 4
 * prints no occupations; then there is no gap either. Source: VASP wiki, EIGENVAL; band gap: SCIENCE §7.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, Place } from '../model/calculation.ts';
import type { BandEdge } from '../model/electronic.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type Bands, readBands } from './shared/eigenval/bands.ts';
import { type EigenvalHead, readEigenvalHead, SIXTH_LINE } from './shared/eigenval/head.ts';
import { faultyRecord, isFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { beginsWithFiveLineHead } from './shared/five-line-head.ts';
import { leadingNumbers } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type RowReader, rowReader } from './shared/row-reader.ts';

export const eigenvalParser: ParserDefinition = {
  format: 'eigenval',
  title: 'EIGENVAL, the levels and the band gap',
  matchesName: fileNameMatcher(['EIGENVAL']),
  matchesContent: (head) => beginsWithFiveLineHead(head, SIXTH_LINE),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('eigenval', source);
  if (notText !== undefined) return notText;
  const reader = rowReader(source, options);
  const head = readEigenvalHead(reader);
  if (isFault(head)) return faultyRecord('eigenval', head);
  const bands = readBands(reader, head, options.eigenvalues === true);
  const { eigenvalues, fault, kpoints, start, end } = bands;
  const weights = kpoints.map((point) => point.weight);
  const bandGap = fault === undefined ? bands.gap.result(weights) : undefined;
  const whole = { byteOffset: start, byteLength: end - start };
  return {
    format: 'eigenval',
    completeness: fault?.completeness ?? 'complete',
    ...(bandGap !== undefined && { bandGap }),
    ...(eigenvalues !== undefined && { eigenvalues }),
    places: {
      ...(bandGap !== undefined && {
        bandGap: whole,
        'bandGap.valenceBandMaximum': edgePlace(reader, head, bands, bandGap.valenceBandMaximum) ?? whole,
        'bandGap.conductionBandMinimum': edgePlace(reader, head, bands, bandGap.conductionBandMinimum) ?? whole,
      }),
      ...(eigenvalues !== undefined && { eigenvalues: whole }),
    },
    issues: [...bands.issues, ...(fault === undefined ? noGap(bands, weights) : [fault.fault])],
  };
}

/** Why a whole file has no gap. */
function noGap(bands: Bands, weights: readonly number[]): Issue[] {
  if (bands.issues.length > 0) return [];
  const missing = bands.hasOccupations ? bands.gap.missing(weights) : 'the file has no occupations';
  return missing === undefined ? [] : [issue('W_NOT_STORED', { reason: `no band gap: ${missing}` })];
}

/** Where the level of an edge stands: its k-point is read once more. */
function edgePlace(reader: RowReader, head: EigenvalHead, bands: Bands, edge: BandEdge): Place | undefined {
  let at = bands.kpoints[edge.kpoint]?.rowsAt ?? bands.end;
  for (let band = 0; band < head.bandCount; band += 1) {
    const line = reader.scanner.line(at, bands.end);
    const { values, spans } = leadingNumbers(reader.scanner.text(line.start, line.end), 3);
    const [from, to] = spans[1 + edge.spin] ?? [0, 0];
    if (values[1 + edge.spin] === edge.energyEv) return { byteOffset: line.start + from, byteLength: to - from };
    at = line.next;
  }
  return undefined;
}
