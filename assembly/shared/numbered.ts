/**
 * Numbers for things that are compared again and again: equal things have equal numbers, in the order in which they are
 * met.
 *
 * Every calculation of a tree is asked for its kind. To write its settings and its cell as text only to look the text up
 * would take longer than to look up the values themselves.
 */
import type { Settings } from '../../model/calculation.ts';
import type { Matrix3 } from '../../model/lattice.ts';

export function numberedTexts(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
}

/** By their nine components. */
export function numberedLattices(): (lattice: Matrix3) => number {
  // Equal lattices have equal sums; few others have.
  const bySum = new Map<number, { readonly lattice: Matrix3; readonly number: number }[]>();
  let count = 0;
  return (lattice) => {
    const [a, b, c] = lattice;
    const sum = a[0] + a[1] + a[2] + b[0] + b[1] + b[2] + c[0] + c[1] + c[2];
    const alike = bySum.get(sum) ?? [];
    const known = alike.find((entry) => isSameLattice(entry.lattice, lattice));
    if (known !== undefined) return known.number;
    if (alike.length === 0) bySum.set(sum, alike);
    alike.push({ lattice, number: count });
    count += 1;
    return count - 1;
  };
}

function isSameLattice(left: Matrix3, right: Matrix3): boolean {
  return (
    left === right ||
    (isSameVector(left[0], right[0]) && isSameVector(left[1], right[1]) && isSameVector(left[2], right[2]))
  );
}

function isSameVector(left: Matrix3[0], right: Matrix3[0]): boolean {
  return left[0] === right[0] && left[1] === right[1] && left[2] === right[2];
}

/** The settings so far, and where each further value leads. */
interface Step {
  readonly number: number;
  readonly next: Map<Settings[string], Step>;
}

/** By every tag that is not left out, in the order of the file, and by what is told beside the settings. */
export function numberedSettings(
  leftOut: ReadonlySet<string>,
): (settings: Settings, beside: readonly string[]) => number {
  let count = 0;
  const opened = (): Step => {
    count += 1;
    return { number: count - 1, next: new Map() };
  };
  const step = (from: Step, value: Settings[string]): Step => {
    const known = from.next.get(value);
    if (known !== undefined) return known;
    const to = opened();
    from.next.set(value, to);
    return to;
  };
  const start = opened();
  return (settings, beside) => {
    let at = start;
    for (const tag in settings) {
      if (leftOut.has(tag)) continue;
      const value = settings[tag] ?? '';
      at = step(at, tag);
      at = typeof value === 'object' ? step(step(at, 'list'), JSON.stringify(value)) : step(at, value);
    }
    for (const value of beside) at = step(at, value);
    return at.number;
  };
}
