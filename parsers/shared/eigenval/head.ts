/**
 * The six lines above the levels of EIGENVAL: ISPIN in the first, numbers of electrons, k-points and bands in the sixth.
 *
 * The mistake avoided here: reading touching numbers as one. The three numbers have five or seven columns each and touch
 * when they are that long, as `1000010000    5`; such a line is cut into three equal parts.
 */
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { readFiveLineHead } from '../five-line-head.ts';
import { type LineReader, quoted } from '../line-reader.ts';

export interface EigenvalHead {
  readonly spinCount: 1 | 2;
  readonly kpointCount: number;
  readonly bandCount: number;
}

/** Numbers of electrons, k-points and bands, which may touch. */
export const SIXTH_LINE = /^\s*\d[\d\s]*$/;

export function readEigenvalHead(lines: LineReader): EigenvalHead | Fault {
  const head = readFiveLineHead(lines);
  if (isFault(head)) return head;
  const first = lines.last();
  const expected = 'the numbers of electrons, k-points and bands';
  const line = lineOrFault(lines, expected);
  if (isFault(line)) return line;
  const counts = SIXTH_LINE.test(line.text) && line.terminated ? threeCounts(line.text) : undefined;
  const [, kpointCount = 0, bandCount = 0] = counts ?? [];
  if (kpointCount < 1 || bandCount < 1 || !Number.isSafeInteger(kpointCount * bandCount)) {
    return faultAt(line, expected, quoted(line.text));
  }
  if (head.fourth !== 1 && head.fourth !== 2) return faultAt(first ?? line, 'ISPIN = 1 or 2', `${head.fourth}`);
  return { spinCount: head.fourth, kpointCount, bandCount };
}

function threeCounts(text: string): readonly number[] | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length === 3) return fields.map(Number);
  const line = text.trimEnd();
  const width = line.length / 3;
  if (width !== 5 && width !== 7) return undefined;
  return [0, 1, 2].map((part) => Number(line.slice(part * width, (part + 1) * width)));
}
