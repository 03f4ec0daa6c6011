import { describe, expect, test } from 'vitest';
import { readBulk } from '../../reading/read-bulk.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

const graphene = (heightAngstrom: number): string =>
  [
    'layer',
    '1',
    '2.461 0 0',
    '-1.2305 2.131289 0',
    `0 0 ${heightAngstrom}`,
    'C',
    '2',
    'Direct',
    '0 0 0.5',
    '0.333333 0.666667 0.5',
    '',
  ].join('\n');

describe('a structure file read as a bulk', () => {
  test('that holds vacuum is read, and told: its other facets are none', async () => {
    const folder = temporaryFolder({ 'single.vasp': graphene(18), 'stacked.vasp': graphene(3.354) });
    const single = await readBulk(`${folder}/single.vasp`, 'single.vasp');
    expect(single.bulks).toHaveLength(1);
    expect(single.issues.map(({ code, message }) => [code, message])).toEqual([
      [
        'W_VACUUM_IN_BULK',
        'read as a bulk, though it has 18.0 Å of vacuum along c: only the plane across c is that of its slab or layer',
      ],
    ]);
    // One layer per cell, 3.354 Å apart as in graphite.
    expect((await readBulk(`${folder}/stacked.vasp`)).issues).toEqual([]);
  });
});
