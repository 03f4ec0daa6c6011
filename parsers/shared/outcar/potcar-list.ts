/**
 * The POTCARs of a run as the header lists them: titles, valences, elements. POTCARs are licensed: nothing else of them
 * is kept.
 *
 * Two POTCARs may have the same element, and runs with NWRITE = 0 print no TITEL lines, only the list at the top, which
 * is printed twice.
 */
import type { Potcar } from '../../../model/calculation.ts';
import { elementOfPotcarSymbol } from '../../../model/elements.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { parseFortranNumber } from '../fortran-number.ts';

export interface PotcarList {
  /** Takes the line if it is one of a POTCAR; `first` is its first character. */
  readonly take: (line: string, first: string) => boolean;
  readonly potcars: () => Potcar[];
  /** The list at the top and the descriptions contradict each other. */
  readonly issues: () => readonly Issue[];
  /** Element of POTCAR number `type`, from 0. */
  readonly element: (type: number) => string | undefined;
}

export function potcarList(): PotcarList {
  const listed: string[] = [];
  const titles: string[] = [];
  const valences: number[] = [];
  const summary: number[] = [];
  let hasSummary = false;
  const elements: string[] = [];
  const take = (line: string, first: string): boolean => {
    if (first !== 'P' && first !== 'T' && first !== 'V' && first !== 'Z') return false;
    if (line.startsWith(' POTCAR:')) return listed.push(line.slice(8).trim()) > 0;
    const title = behind(line, /^\s*TITEL\s*=/);
    if (title !== undefined) return titles.push(title) > 0;
    const element = /^\s*VRHFIN\s*=\s*([A-Za-z]{1,2})/.exec(line)?.[1];
    if (element !== undefined) return elements.push(element) > 0;
    const valence = /^\s*POMASS\s*=[^;]*;\s*ZVAL\s*=\s*(\S+)/.exec(line)?.[1];
    if (valence !== undefined) return valences.push(parseFortranNumber(valence)) > 0;
    const row = behind(line, /^\s*ZVAL\s*=/);
    if (row === undefined) return false;
    summary.push(...valenceRow(row));
    hasSummary = true;
    return true;
  };
  const names = (): readonly string[] => {
    const once = listed.slice(0, periodOf(listed));
    if (titles.length === 0 && 2 * summary.length === listed.length) return listed.slice(0, summary.length);
    // A damaged line of the list, printed twice, makes the list look longer than it is.
    return titles.length >= once.length || 2 * titles.length === listed.length ? titles : once;
  };
  const issues = (): Issue[] => {
    const once = listed.slice(0, periodOf(listed));
    const described = titles.length === 0 ? names().length : titles.length;
    const bad = valences.findIndex(Number.isNaN);
    const unread = (expected: string, found: string) =>
      issue('W_UNPARSEABLE', { expected, found }, { block: 'POTCAR' });
    const issues: Issue[] = [];
    if (once.length > 0 && described !== once.length)
      issues.push(unread(`${described} POTCARs as described`, `${once.length} different ones listed`));
    if (bad >= 0) issues.push(unread(`a number for ZVAL of POTCAR ${bad + 1}`, 'none'));
    if (valences.length === 0 && hasSummary && (summary.length !== described || summary.some(Number.isNaN)))
      issues.push(unread(`ZVAL of ${described} POTCARs`, `${summary.filter(Number.isFinite).length}`));
    return issues;
  };
  return {
    take,
    issues,
    potcars: () => {
      const all = names();
      const known = valences.length < all.length && summary.length === all.length ? summary : valences;
      return all.map((title, type) => {
        const valence = known[type];
        return { title, ...(valence !== undefined && Number.isFinite(valence) && { valence }) };
      });
    },
    element: (type) =>
      elementOfPotcarSymbol(names()[type]?.split(/\s+/)[1] ?? '') ?? elementOfPotcarSymbol(elements[type] ?? ''),
  };
}

function behind(line: string, label: RegExp): string | undefined {
  const match = label.exec(line);
  return match === null ? undefined : line.slice(match[0].length).trim();
}

/** `  12.00  6.00`, whose columns may touch; NaN stands for a row that cannot be read, so that the number of values is wrong. */
function valenceRow(row: string): number[] {
  const count = row.match(/\./g)?.length ?? 0;
  return rowNumbers(row, count) ?? [Number.NaN];
}

/** Length of the list that `listed` repeats, wholly or as far as the file goes. */
function periodOf(listed: readonly string[]): number {
  for (let period = Math.ceil(listed.length / 2); period < listed.length; period += 1) {
    if (listed.every((title, index) => index < period || title === listed[index - period])) return period;
  }
  return listed.length;
}
