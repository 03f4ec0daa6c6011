/**
 * `ions per type =  12   4   8`: how many atoms each POTCAR stands for.
 *
 * Columns are four characters wide: they run together above 999 atoms and turn into stars above 9999. VASP up to 6.3
 * prints ten types only; the rest then follows in a second `Dimension of arrays` whose numbers are really counts
 * (`NKPTS = 2 … NIONS = 3`). The mistake avoided here: taking those for settings. The counts must add up to NIONS.
 */
import { parseFortranNumber } from '../fortran-number.ts';

export interface AtomCountReader {
  /** Takes the line if it belongs to the counts; `first` is its first character. */
  readonly take: (line: string, first: string) => boolean;
  /** Whether the next lines, even blank ones, may belong to the counts. */
  readonly isOpen: () => boolean;
  /** Whether the line was there. */
  readonly found: () => boolean;
  /** Atoms of each type; undefined when they do not add up to `atomCount` in any way. */
  readonly counts: (types: number, atomCount: number | undefined) => readonly number[] | undefined;
}

const COLUMN_CHARACTERS = 4;
/** Far above any run; what a damaged count may not make us allocate. */
const MAXIMUM_ATOMS = 1_000_000;

export function atomCountReader(): AtomCountReader {
  let text: string | undefined;
  let further: number[] = [];
  let state: 'outside' | 'behind' | 'repeated' = 'outside';
  const take = (line: string, first: string): boolean => {
    const list = first === 'i' ? /ions per type =(.*)$/.exec(line)?.[1] : undefined;
    if (list !== undefined) {
      text = list.trimEnd();
      further = [];
      state = 'behind';
      return true;
    }
    if (state === 'outside') return false;
    if (state === 'behind' && (line.trim() === '' || /^\s*Dimension of arrays:\s*$/.test(line))) return true;
    if (/^[\s\d]+$/.test(line)) {
      further.push(...line.trim().split(/\s+/).map(Number));
      return true;
    }
    if (/^\s*k-points\s+NKPTS =/.test(line)) state = 'repeated';
    if (state === 'repeated' && line.includes('=') && !line.includes('equivalent')) {
      further.push(...Array.from(line.matchAll(/=\s*(\d+)/g), (match) => Number(match[1])));
      return true;
    }
    state = 'outside';
    return false;
  };
  return {
    take,
    isOpen: () => state !== 'outside',
    found: () => text !== undefined,
    counts: (types, atomCount) => (text === undefined ? undefined : fittingCounts(text, further, types, atomCount)),
  };
}

function fittingCounts(
  text: string,
  further: readonly number[],
  types: number,
  atomCount: number | undefined,
): readonly number[] | undefined {
  const separate = text.trim().split(/\s+/).map(parseFortranNumber);
  if (atomCount === undefined) return isPlausible(separate) ? separate : undefined;
  const candidates = [separate, [...separate, ...further], fixedWidth(text, types)];
  return candidates
    .map((counts) => withOverflow(counts, atomCount))
    .find((counts) => isPlausible(counts) && sum(counts) === atomCount);
}

/** `10001000` → 1000, 1000. */
function fixedWidth(text: string, types: number): number[] {
  const columns = text.slice(-COLUMN_CHARACTERS * types);
  return Array.from({ length: types }, (_, type) =>
    parseFortranNumber(columns.slice(COLUMN_CHARACTERS * type, COLUMN_CHARACTERS * (type + 1))),
  );
}

/** One starred count is what the others leave of all atoms. */
function withOverflow(counts: readonly number[], atomCount: number): readonly number[] {
  const known = counts.filter((count) => !Number.isNaN(count));
  if (known.length !== counts.length - 1) return counts;
  return counts.map((count) => (Number.isNaN(count) ? atomCount - sum(known) : count));
}

function isPlausible(counts: readonly number[]): boolean {
  return counts.every((count) => Number.isInteger(count) && count >= 0) && sum(counts) <= MAXIMUM_ATOMS;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
