/**
 * INCAR: what VASP was asked to do.
 *
 * The mistakes avoided here: `MAGMOM = 8*5.0 16*0.6` is 24 numbers; `GGA = 91` is a name; of a tag given twice VASP takes
 * the first. Text that is no `TAG = value` is ignored as VASP ignores it. A file often ends without a line end, so its
 * last value is taken as it stands. Source: VASP wiki, INCAR.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, Place, SettingValue } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { ByteScanner } from './shared/byte-scanner.ts';
import { notTextRecord, unreadableRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { type Statement, statements } from './shared/incar/statements.ts';
import { settingValue } from './shared/incar/value.ts';
import { quoted } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';

/** A thousand times the size of a long INCAR. */
const MAX_BYTES = 16 * 1024 * 1024;
const FAMILIAR_TAG = /^\s*(?:ENCUT|PREC|ISMEAR|SIGMA|EDIFF|IBRION|NSW|ISIF|ALGO|ISPIN|LREAL|SYSTEM|MAGMOM)\s*=/gim;

export const incarParser: ParserDefinition = {
  format: 'incar',
  title: 'INCAR, the settings of a calculation',
  matchesName: fileNameMatcher(['INCAR']),
  matchesContent: (head) => [...head.matchAll(FAMILIAR_TAG)].length >= 2,
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('incar', source);
  if (notText !== undefined) return notText;
  if (source.sizeBytes > MAX_BYTES) return unreadableRecord('incar', `${source.sizeBytes} bytes are no INCAR`);
  const text = new ByteScanner(source, options.windowBytes).text(0, source.sizeBytes);
  const values = new Map<string, SettingValue>();
  const firsts = new Map<string, Statement>();
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  const { found, torn } = statements(text);
  for (const statement of found) {
    const first = firsts.get(statement.tag);
    if (first !== undefined) {
      issues.push(duplicate(first, statement));
      continue;
    }
    firsts.set(statement.tag, statement);
    const value = settingValue(statement.tag, statement.value);
    if (value === undefined) {
      // A run without a title lacks nothing.
      if (statement.tag !== 'SYSTEM') issues.push(unusable(statement));
      continue;
    }
    values.set(statement.tag, value);
    places[`settings.${statement.tag}`] = placeOf(statement, value, text);
    // VASP takes the first field and reads over the rest of the line: a tag there has no effect.
    if (typeof value !== 'string' && statement.value.includes('=')) issues.push(swallowed(statement));
  }
  if (torn !== undefined) issues.push(torn);
  else if (!text.endsWith('\n')) issues.push(issue('I_UNTERMINATED', {}, { byteOffset: text.length }));
  if (firsts.size === 0 && torn === undefined) return unreadableRecord('incar', 'no "TAG = value" in the file');
  return {
    format: 'incar',
    completeness: torn === undefined ? 'complete' : 'truncated',
    settings: Object.fromEntries(values),
    places,
    issues,
  };
}

/** A single number or logical is the first field; behind it there may be a unit, a remark, or a line joined to it. */
function placeOf({ start, end, line, value }: Statement, setting: SettingValue, text: string): Place {
  const [first = ''] = typeof setting === 'object' || typeof setting === 'string' ? [] : value.split(/[\s,]/, 1);
  const begin = text[start] === '"' ? start + 1 : start;
  if (first === '' || !text.startsWith(first, begin)) return { byteOffset: start, byteLength: end - start, line };
  return { byteOffset: begin, byteLength: first.length, line };
}

function swallowed({ tag, value, line, start }: Statement): Issue {
  const details = { expected: `one value of ${tag}, then ";" or a new line`, found: quoted(value) };
  return issue('W_UNPARSEABLE', details, { line, byteOffset: start });
}

function duplicate(first: Statement, again: Statement): Issue {
  const details = { tag: first.tag, used: quoted(first.value), ignored: quoted(again.value) };
  return issue('W_DUPLICATE_TAG', details, { line: again.line, byteOffset: again.start });
}

function unusable(statement: Statement): Issue {
  const where = { line: statement.line, byteOffset: statement.start };
  const expected = `a value for ${statement.tag}`;
  return statement.value === ''
    ? issue('E_SYNTAX', { expected, found: 'nothing' }, where)
    : issue('E_UNPARSEABLE', { expected, found: quoted(statement.value) }, where);
}
