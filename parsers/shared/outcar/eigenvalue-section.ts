/**
 * The eigenvalues that VASP prints behind `E-fermi`: for each spin and k-point a row for each band.
 *
 * The mistakes avoided here: occupations count to 2 for ISPIN 1 collinear, to 1 otherwise (SCIENCE §7); old versions print
 * the section in every electronic iteration, of which the last counts; and a gap from a section with a lost row or a
 * starred energy is a gap of something else, so such a section gives none.
 */
import type { Place } from '../../../model/calculation.ts';
import type { BandGap, Eigenvalues } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { bandGapAccumulator } from '../band-gap.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import {
  type BandLine,
  type BandRows,
  type EigenvalueLine,
  eigenvalueLines,
  type HeadingLine,
} from './eigenvalue-lines.ts';

export interface EigenvalueSection {
  readonly bandGap?: BandGap;
  readonly eigenvalues?: Eigenvalues;
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

/** What the header says; absent where it does not. */
export interface BandCounts {
  readonly ispin: number | undefined;
  readonly noncollinear: boolean;
  readonly kpoints: number | undefined;
  readonly bands: number | undefined;
  readonly weights: readonly number[] | undefined;
  readonly kpointsFractional: readonly Vector3[] | undefined;
}

export interface EigenvalueOptions {
  readonly counts: BandCounts;
  /** Keep all of them, not only the gap. */
  readonly keep: boolean;
}

const FERMI = needle('E-fermi :');
/** Between 1, a full band with spin, and 2, one without. */
const FULL_WITHOUT_SPIN = 1.5;

/** The last section in [from, to), which hold one SCF iteration. */
export function readEigenvalueSection(
  scanner: ByteScanner,
  from: number,
  to: number,
  options: EigenvalueOptions,
): EigenvalueSection {
  const fermi = scanner.lastIndexOf(FERMI, from, to);
  if (fermi < 0) return { issues: [] };
  const levels = levelReader(options);
  let start = fermi;
  let end = fermi;
  for (const line of eigenvalueLines(scanner, scanner.line(fermi, to).next, to)) {
    const damage = levels.take(line);
    if (damage !== undefined) return damaged(line.start, damage);
    if (start === fermi) start = line.start;
    end = line.end;
  }
  if (start === fermi) return { issues: [] };
  const extent = levels.extent();
  const incomplete = incompleteness(extent, options.counts);
  if (incomplete !== undefined) return damaged(end, incomplete);
  const eigenvalues = options.keep ? eigenvaluesOf(levels, extent, options.counts) : undefined;
  const place = { byteOffset: start, byteLength: end - start };
  return { ...knownValues({ bandGap: levels.gap(), eigenvalues }), place, issues: [] };
}

function damaged(byteOffset: number, reason: Mismatch): EigenvalueSection {
  return { issues: [issue('W_UNPARSEABLE', reason, { byteOffset, block: 'eigenvalues' })] };
}

interface Mismatch {
  readonly expected: string;
  readonly found: string;
}

/** Bands of each k-point, spin after spin, and the k-points of spin 1 where there is a spin 2. */
interface Extent {
  readonly bands: number[];
  kpointsOfFirstSpin: number | undefined;
}

interface LevelReader {
  /** What is wrong with the line; undefined when it was taken. */
  readonly take: (line: EigenvalueLine) => Mismatch | undefined;
  readonly extent: () => Extent;
  readonly gap: () => BandGap | undefined;
  readonly energiesEv: number[];
  readonly occupations: number[];
}

function levelReader({ counts, keep }: EigenvalueOptions): LevelReader {
  const gap = bandGapAccumulator();
  const energiesEv: number[] = [];
  const occupations: number[] = [];
  const extent: Extent = { bands: [], kpointsOfFirstSpin: undefined };
  let spin: 0 | 1 = 0;
  let kpoint = -1;
  let band = 0;
  let full = counts.noncollinear || counts.ispin === 2 ? 1 : counts.ispin === 1 ? 2 : undefined;

  const closeKpoint = (): void => {
    if (kpoint >= 0) extent.bands.push(band);
    band = 0;
  };
  const takeHeading = (line: HeadingLine): Mismatch | undefined => {
    closeKpoint();
    if (line.text !== '') return { expected: 'a numbered k-point or spin', found: line.text.trim() };
    if (line.kind === 'kpoint') {
      kpoint += 1;
      return numbered('k-point', line.number, kpoint + 1);
    }
    const number = kpoint < 0 ? 1 : 2;
    if (number === 2) {
      extent.kpointsOfFirstSpin = kpoint + 1;
      spin = 1;
    }
    kpoint = -1;
    return numbered('spin', line.number, number);
  };
  const takeLevel = (energyEv: number, fullness: number): void => {
    band += 1;
    full ??= fullness > FULL_WITHOUT_SPIN ? 2 : 1;
    const occupation = fullness / full;
    gap.take(energyEv, occupation, spin, kpoint);
    if (keep) {
      energiesEv.push(energyEv);
      occupations.push(occupation);
    }
  };
  const takeRows = ({ first, behind, levels }: BandRows): Mismatch | undefined => {
    if (kpoint < 0) return { expected: 'a k-point', found: `band ${first + 1}` };
    for (let row = first; row < behind; row += 1) takeLevel(levels[2 * row] as number, levels[2 * row + 1] as number); // in range
    return undefined;
  };
  const takeBand = (line: BandLine): Mismatch | undefined => {
    if (kpoint < 0) return { expected: 'a k-point', found: `band ${line.number}` };
    if (line.text !== '') return { expected: 'an energy and an occupation', found: line.text };
    takeLevel(line.energyEv, line.occupation);
    return numbered('band', line.number, band);
  };
  return {
    take: (line) => (line.kind === 'rows' ? takeRows(line) : line.kind === 'band' ? takeBand(line) : takeHeading(line)),
    extent: () => {
      closeKpoint();
      kpoint = -1;
      return extent;
    },
    gap: () => gap.result(counts.weights),
    energiesEv,
    occupations,
  };
}

/** A number that overflowed its column is taken for the right one. */
function numbered(what: string, found: number, expected: number): Mismatch | undefined {
  return Number.isNaN(found) || found === expected
    ? undefined
    : { expected: `${what} ${expected}`, found: `${what} ${found}` };
}

/** What a section lacks to be one of the run. */
function incompleteness({ bands, kpointsOfFirstSpin }: Extent, counts: BandCounts): Mismatch | undefined {
  const spins = kpointsOfFirstSpin === undefined ? 1 : 2;
  const bandCount = counts.bands ?? bands[0] ?? 0;
  const kpoints = counts.kpoints ?? kpointsOfFirstSpin ?? bands.length;
  const isWhole =
    spins === (counts.ispin ?? spins) &&
    bands.length === spins * kpoints &&
    (kpointsOfFirstSpin ?? kpoints) === kpoints &&
    bands.every((count) => count === bandCount);
  const expected = `${counts.ispin ?? spins} spin(s), each with ${kpoints} k-points of ${bandCount} bands`;
  const found = `${spins} spin(s), ${bands.length} k-points together, the last of ${bands.at(-1) ?? 0} bands`;
  return isWhole ? undefined : { expected, found };
}

function eigenvaluesOf(levels: LevelReader, { bands, kpointsOfFirstSpin }: Extent, counts: BandCounts): Eigenvalues {
  const spinCount = kpointsOfFirstSpin === undefined ? 1 : 2;
  const kpointCount = bands.length / spinCount;
  const { kpointsFractional, weights } = counts;
  return {
    spinCount,
    kpointCount,
    bandCount: bands[0] ?? 0,
    energiesEv: Float64Array.from(levels.energiesEv),
    occupations: Float64Array.from(levels.occupations),
    ...(kpointsFractional?.length === kpointCount && { kpointsFractional }),
    ...(weights?.length === kpointCount && { weights }),
  };
}
