/** A field that is no number (`****`, `NaN`, a damaged line), with the line it stands in. */
import { type Issue, issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { boundedLine } from './labelled-value.ts';

const QUOTED_BYTES = 120;

export function unparseable(scanner: ByteScanner, name: string, at: number, block?: string): Issue {
  const found = scanner.text(at, Math.min(boundedLine(scanner, at).end, at + QUOTED_BYTES)).trim();
  const where = { byteOffset: at, ...(block !== undefined && { block }) };
  return issue('E_UNPARSEABLE', { expected: `a number for ${name}`, found }, where);
}

/** The same for what no result depends on. */
export function warning(scanner: ByteScanner, expected: string, at: number): Issue {
  const found = scanner.text(at, Math.min(boundedLine(scanner, at).end, at + QUOTED_BYTES)).trim();
  return issue('W_UNPARSEABLE', { expected, found }, { byteOffset: at });
}

/** The same for times, which say nothing about the quality of a result. */
export function lostTime(scanner: ByteScanner, what: string, at: number): Issue {
  const found = scanner.text(at, Math.min(boundedLine(scanner, at).end, at + QUOTED_BYTES)).trim();
  return issue('I_NOT_READ', { reason: `${what}, which is no number: ${found}` }, { byteOffset: at });
}
