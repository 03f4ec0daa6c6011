/**
 * `adatom match` of all against all with `--out` and `--matrix`: kept results, equal bytes, damaged files, the picture.
 * Multiples and areas of SCIENCE §5.4.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COPPER, GRAPHITE, TITANIUM_NITRIDE, ZINC, ZINC_OXIDE } from '../assembly/bulk-crystals.ts';
import { written } from '../exports/write-structures.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { readTags } from './markup-reading.ts';
import { PROGRAM, runAdatom } from './run-adatom.ts';

const folder = mkdtempSync(join(tmpdir(), 'adatom-scan-'));
const at = (name: string): string => join(folder, name);
const FILES = ['matches.csv', 'matches.json', 'matches.parquet'] as const;

async function store(name: string, bulk: typeof ZINC): Promise<void> {
  const { latticeAngstrom, species, cartesianAngstrom } = bulk;
  const document = { calculation: name, latticeAngstrom, species, cartesianAngstrom: [...cartesianAngstrom] };
  writeFileSync(name, await written('poscar', [document]));
}

function coatings(): string {
  return temporaryFolder({ 'damaged.vasp': 'half a\n1.0\n 3.0 0.0' });
}

beforeAll(async () => {
  await store(at('Zn.vasp'), ZINC);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function filled(): Promise<string> {
  const into = coatings();
  await store(join(into, 'graphite.vasp'), GRAPHITE);
  await store(join(into, 'Cu.vasp'), COPPER);
  await store(join(into, 'ZnO.vasp'), ZINC_OXIDE);
  return into;
}

function scan(substrate: string, ...args: readonly string[]) {
  return runAdatom(['match', '--film', `${at('Zn.vasp')}:all`, '--substrate', substrate, ...args]);
}

const bytes = (out: string): Buffer[] => FILES.map((name) => readFileSync(join(out, name)));

describe('a scan into a folder', () => {
  test('has the same bytes with one thread and with two, and when nothing is new', async () => {
    const from = await filled();
    const [one, two] = [at('one'), at('two')];
    const first = await scan(from, '--out', one, '--threads', '1');
    expect([first.exitCode, first.stderr]).toEqual([
      0,
      expect.stringMatching(/^\d+ pairs searched, 0 taken from before$/m),
    ]);
    // Enough for threads: five families of zinc on more than a dozen faces.
    expect(Number(/^(\d+) pairs/m.exec(first.stderr)?.[1])).toBeGreaterThan(64);
    expect((await scan(from, '--out', two, '--threads', '2')).exitCode).toBe(0);
    expect(bytes(two)).toEqual(bytes(one));
    const before = bytes(one);
    const again = await scan(from, '--out', one, '--json');
    expect(again.stderr).toMatch(/^0 pairs searched, (?!0)\d+ taken from before$/m);
    expect(bytes(one)).toEqual(before);
    const { adatomVersion: _, ...document } = JSON.parse(before[1]?.toString() ?? '') as Record<string, unknown>; // an object
    expect(JSON.parse(again.stdout)).toEqual(document);
  });

  test('does only what is new or changed, and not what is kept by half a line', async () => {
    const [from, out] = [await filled(), at('again')];
    const first = await scan(from, '--out', out);
    const pairs = Number(/^(\d+) pairs/m.exec(first.stderr)?.[1]);
    const [kept = ''] = readdirSync(join(out, 'cache'));
    appendFileSync(join(out, 'cache', kept), '0123 half a li');
    await store(join(from, 'TiN.vasp'), TITANIUM_NITRIDE);
    // Zinc on (100), (110) and (111) of rock salt: five times three.
    expect((await scan(from, '--out', out)).stderr).toContain(`15 pairs searched, ${pairs} taken from before`);
    await store(join(from, 'TiN.vasp'), {
      ...TITANIUM_NITRIDE,
      species: TITANIUM_NITRIDE.species.map((s) => s.replace('Ti', 'V')),
    });
    expect((await scan(from, '--out', out)).stderr).toContain(`15 pairs searched, ${pairs} taken from before`);
    expect((await scan(from, '--out', out, '--max-area', '60')).stderr).toContain(', 0 taken from before');
  });

  test('tells a damaged file, in the tables too, and goes on with the others', async () => {
    const [from, out] = [await filled(), at('damaged')];
    const run = await scan(from, '--out', out);
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringMatching(/E_TRUNCATED +damaged\.vasp/)]);
    const rows = parse(readFileSync(join(out, 'matches.csv')), { columns: true }) as Record<string, string>[]; // with a header
    expect(rows.at(-1)).toMatchObject({ substrate: '', substrate_source: 'damaged.vasp' });
    expect(rows.at(-1)?.issues).toContain('E_TRUNCATED');
    const graphite = rows.find((row) => row.film === 'Zn(0001)' && row.substrate === 'C(0001)');
    expect(graphite).toMatchObject({
      ...{ film_miller: '[0,0,1]', substrate_source: 'graphite.vasp', issues: '' },
      ...{ 'smallest_film_multiple (1)': '13', 'smallest_substrate_multiple (1)': '16' },
      ...{ 'least_strain_film_multiple (1)': '31', 'least_strain_substrate_multiple (1)': '36' },
    });
    expectNear(Number(graphite?.['smallest_film_area (Å²)']), 79.95919, 1e-5);
    expectNear(Number(graphite?.['smallest_principal_strain_2 (1)']), 0.0244782, 1e-7);
    const { buffer } = new Uint8Array(readFileSync(join(out, 'matches.parquet')));
    const columns = await parquetReadObjects({ file: buffer });
    expect(columns).toHaveLength(rows.length);
    const cells = columns.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, String(cell ?? '')])),
    );
    expect(cells).toEqual(rows);
  });

  test('keeps what it has when Ctrl-C ends it', async () => {
    const [from, out] = [await filled(), at('stopped')];
    const args = [
      'match',
      '--film',
      at('Zn.vasp'),
      '--substrate',
      from,
      '--max-miller',
      '3',
      '--max-area',
      '400',
      '--out',
      out,
    ];
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.on('data', (text: Buffer) => {
      told += text.toString();
    });
    const cache = join(out, 'cache');
    const size = (): number =>
      existsSync(cache) ? readdirSync(cache).reduce((sum, name) => sum + statSync(join(cache, name)).size, 0) : 0;
    while (size() === 0 && child.exitCode === null) await setTimeout(5);
    child.kill('SIGINT');
    await once(child, 'close');
    expect([child.exitCode, told]).toEqual([130, expect.stringMatching(/^stopped after \d+ of \d+ pairs; kept in /)]);
    const rest = await runAdatom(args);
    const [, searched, kept] = /(\d+) pairs searched, (\d+) taken/.exec(rest.stderr) ?? [];
    expect([rest.exitCode, Number(kept) > 0, Number(searched) > 0]).toEqual([0, true, true]);
  });

  test('refuses a folder without structures, and one that cannot be written', async () => {
    const empty = await scan(temporaryFolder({ 'notes.txt': 'none' }));
    expect([empty.exitCode, empty.stderr]).toEqual([3, expect.stringContaining('no structure files')]);
    const full = await scan('hex:2.461', '--out', join(at('Zn.vasp'), 'out'));
    expect([full.exitCode, full.stderr]).toEqual([2, expect.stringContaining('cannot write')]);
  });
});

describe('--matrix', () => {
  test('has a cell for every pair: colour and area of the same match, hatched where there is none', async () => {
    const file = at('matrix.svg');
    const facets = ['--film', `${at('Zn.vasp')}:all`, '--substrate', 'hex:2.461', '--matrix', file];
    expect((await runAdatom(['match', ...facets, '--max-area', '85'])).exitCode).toBe(0);
    const svg = readFileSync(file, 'utf8');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('<title>Zn(0001) on hex:2.461: 13/16, 79.959 Å², strain 2.448 %</title>');
    const table = await runAdatom(['match', ...facets.slice(0, 4), '--max-area', '85', '--json']);
    const { pairs } = JSON.parse(table.stdout) as { pairs: readonly { minimumArea?: object }[] }; // what it prints
    const unmatched = pairs.filter(({ minimumArea }) => minimumArea === undefined);
    expect(svg.match(/: no match<\/title>/g)).toHaveLength(unmatched.length);
    const numbers = readTags(svg).filter(
      ({ name, attributes }) =>
        name === 'text' && attributes['text-anchor'] === 'middle' && attributes['font-size'] === '11',
    );
    expect(numbers).toHaveLength(pairs.length - unmatched.length);
    const least = await runAdatom(['match', ...facets, '--draw', 'least-strain']);
    expect(least.exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('31/36');
  });
});
