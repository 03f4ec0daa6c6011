import { describe, expect, it } from 'vitest';
import { AdatomError, BUG_EXIT_CODE, ERROR_TABLE, exitCodeOf } from '../../model/errors.ts';
import { ISSUE_CATALOGUE } from '../../model/issue-catalogue.ts';
import { distinctIssues, hasError, type IssueCode, issue, located, severityOf } from '../../model/issues.ts';

describe('an issue', () => {
  it('has the text of the catalogue for its details, and keeps them', () => {
    const found = issue('E_ENCUT', { tag: 'ENCUT', left: '520 eV', right: '400 eV' }, { file: 'slab/OUTCAR', line: 7 });
    expect(found).toEqual({
      code: 'E_ENCUT',
      severity: 'error',
      message: 'plane-wave cutoff: ENCUT is 520 eV in one calculation and 400 eV in the other',
      where: { file: 'slab/OUTCAR', line: 7 },
      details: { tag: 'ENCUT', left: '520 eV', right: '400 eV' },
    });
  });

  it('has the severity of its prefix', () => {
    expect(severityOf('E_XC')).toBe('error');
    expect(severityOf('W_ISPIN')).toBe('warning');
    expect(severityOf('I_BORDERLINE')).toBe('info');
    // The keys of the catalogue are the codes.
    for (const code of Object.keys(ISSUE_CATALOGUE) as IssueCode[]) expect(code).toMatch(/^[EWI]_[A-Z0-9_]+$/);
  });

  it('blocks only as an error', () => {
    expect(hasError([issue('W_NO_FORCES', {}), issue('I_BORDERLINE', { valueEv: 0, toleranceEv: 0.1 })])).toBe(false);
    expect(hasError([issue('W_NO_FORCES', {}), issue('E_NO_ADSORBATE', {})])).toBe(true);
  });
});

describe('the place of an issue', () => {
  it('is completed by what the caller knows, never overwritten', () => {
    const [found] = located([issue('W_NO_FORCES', {}, { line: 3, file: 'a' })], { file: 'b', block: 'step' });
    expect(found?.where).toEqual({ line: 3, file: 'a', block: 'step' });
  });

  it('tells two issues apart; the same one is told once, in order', () => {
    const one = issue('W_NO_FORCES', {}, { file: 'a' });
    const other = issue('W_NO_FORCES', {}, { file: 'b' });
    const third = issue('E_NO_ADSORBATE', {}, { file: 'a' });
    expect(distinctIssues([one, third, { ...one }, other, third])).toEqual([one, third, other]);
  });
});

describe('an error', () => {
  it('of the request or the input has the exit code of its class; anything else is a bug', () => {
    // CLI.md: 2 the request is wrong, 3 nothing could be answered, 70 our bug.
    expect(exitCodeOf(new AdatomError('request', 'no such flag'))).toBe(2);
    expect(exitCodeOf(new AdatomError('unanswerable', 'nothing there'))).toBe(3);
    expect(exitCodeOf(new TypeError('x is undefined'))).toBe(70);
    expect(BUG_EXIT_CODE).toBe(70);
  });

  it('is tried again only when it may pass', () => {
    expect(Object.entries(ERROR_TABLE).flatMap(([name, { queue }]) => (queue === 'retry' ? [name] : []))).toEqual([
      'transient',
    ]);
  });

  it('keeps its place and its cause', () => {
    const cause = new Error('ENOENT');
    const error = new AdatomError('request', 'no profile', { where: { file: 'p.yaml', line: 2 }, cause });
    expect(error).toMatchObject({ class: 'request', where: { file: 'p.yaml', line: 2 }, cause, name: 'AdatomError' });
    expect(new AdatomError('request', 'x').where).toEqual({});
  });
});
