/** An issue as a line of text. */
import type { Severity } from '../../model/issues.ts';
import type { IssueDocument } from '../../pipeline/issue-document.ts';
import { type Paint, visible } from './terminal.ts';

/** Code, place and message on one line. */
export function issueLine({ code, severity, message, where }: IssueDocument, paint: Paint): string {
  const line = where.line === undefined ? '' : `:${where.line}`;
  const file = where.file === undefined ? '' : `${visible(where.file)}${line}`;
  const place = [file, where.block === undefined ? '' : visible(where.block)].filter((part) => part !== '').join(', ');
  return `${paint(STYLES[severity], code)}  ${place === '' ? '' : `${place}: `}${visible(message)}`;
}

const STYLES = { error: 'red', warning: 'yellow', info: 'dim' } as const satisfies Record<Severity, string>;
