import { expect, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import { nothingFound } from '../../reading/refusals.ts';

test('a folder without calculations is refused with its first ten reasons and the number of the others', () => {
  const issues = Array.from({ length: 1000 }, (_, index) =>
    issue('E_UNREADABLE', { reason: 'permission denied' }, { file: `folder-${index + 1}` }),
  );
  const lines = nothingFound(['campaign'], { runs: [], bands: [], inputOnly: [], issues })?.message.split('\n') ?? [];
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe('no calculation (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR) in campaign');
  expect(lines[10]).toContain('folder-10: ');
  expect(lines[11]).toBe('  and 990 more');
});
