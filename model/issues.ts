/**
 * Issues: everything that makes a number missing, weaker or worth a second look.
 *
 * A code is a literal of the catalogue in `issue-catalogue.ts`; its text is derived from the details, so the same fault
 * reads the same everywhere. `E_…` blocks what it touches, `W_…` lowers its quality, `I_…` explains.
 */
import { ISSUE_CATALOGUE, type IssueCatalogue } from './issue-catalogue.ts';

export type IssueCode = keyof IssueCatalogue;
export type IssueDetails<C extends IssueCode> = Parameters<IssueCatalogue[C]>[0];
export type Severity = 'error' | 'warning' | 'info';

/** Where in the input an issue or a value stands. Offsets count bytes of the decompressed file, lines count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly block?: string;
}

export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly message: string;
  readonly where: Where;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Builds an issue; the message is the catalogue's text for these details. */
export function issue<C extends IssueCode>(code: C, details: IssueDetails<C>, where: Where = {}): Issue {
  // The catalogue is keyed by code, so the text function of C takes exactly the details of C.
  const text = ISSUE_CATALOGUE[code] as (details: IssueDetails<C>) => string;
  return { code, severity: severityOf(code), message: text(details), where, details: { ...details } };
}

export function severityOf(code: IssueCode): Severity {
  if (code.startsWith('E_')) return 'error';
  return code.startsWith('W_') ? 'warning' : 'info';
}

export function hasError(issues: readonly Issue[]): boolean {
  return issues.some((entry) => entry.severity === 'error');
}

/** The same issues, with `where` completed by what the caller knows (usually the file). */
export function located(issues: readonly Issue[], where: Where): Issue[] {
  return issues.map((entry) => ({ ...entry, where: { ...where, ...entry.where } }));
}

/** Each issue once, in order: the same reference stands behind several sites. */
export function distinctIssues(issues: readonly Issue[]): Issue[] {
  if (issues.length < 2) return [...issues];
  const told = new Set<string>();
  return issues.filter((entry) => {
    const key = JSON.stringify([entry.code, entry.message, entry.where]);
    return told.has(key) ? false : told.add(key) !== undefined;
  });
}
