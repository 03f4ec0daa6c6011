/** `adatom match` as a scientist meets it: zinc on the coatings of SCIENCE §5.4, and what goes wrong with a request. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { readTags } from './markup-reading.ts';
import { type Run, runAdatom } from './run-adatom.ts';

interface MatchDocument {
  readonly oneDimensional?: {
    readonly fSubFraction: number;
    readonly epsilonFilmFraction: number;
    readonly fAvgFraction: number;
    readonly filmMultiple: number;
  };
  readonly matches: readonly CoincidenceMatch[];
  readonly minimumArea?: CoincidenceMatch;
  readonly leastStrain?: CoincidenceMatch;
  readonly issues: readonly { readonly code: string }[];
}

async function match(...args: readonly string[]): Promise<Run & { document: MatchDocument }> {
  const run = await runAdatom(['match', ...args, '--json']);
  return { ...run, document: JSON.parse(run.stdout) as MatchDocument }; // shape: the contract
}

describe('adatom match', () => {
  test('finds vermiculite for zinc (0001): the whole contract', async () => {
    const { exitCode, document } = await match('--film', 'hex:2.665', '--substrate', 'hex:5.35');
    expect(exitCode).toBe(0);
    expect(document.issues).toEqual([]);
    // SCIENCE §5.4 and, for the two lengths, §5.2.
    expectNear(document.oneDimensional?.epsilonFilmFraction, 0.003752, 5e-7);
    expectNear(document.oneDimensional?.fSubFraction, -0.003738, 5e-7);
    expect(document.oneDimensional?.filmMultiple).toBe(2);
    expect(document.minimumArea).toEqual(document.matches[0]);
    expect(document.minimumArea).toMatchObject({ filmMultiple: 4, substrateMultiple: 1 });
    expect(Object.keys(document.matches[0] ?? {})).toEqual(
      expect.arrayContaining([
        ...['filmMultiple', 'substrateMultiple', 'filmAreaAngstrom2', 'principalStrainFractions', 'vonMisesFraction'],
        ...['stradiFraction', 'meanAbsoluteFraction', 'angleDegrees', 'filmMatrix', 'substrateMatrix'],
      ]),
    );
    expectNear(document.minimumArea?.filmAreaAngstrom2, 24.60283, 5e-6);
    expectNear(document.minimumArea?.stradiFraction, 0.0032496, 1e-7);
  });

  test('shows both the smallest cell and the least strain of graphene', async () => {
    const run = await runAdatom(['match', '--film', 'hex:2.665', '--substrate', 'hex:2.461']);
    expect(run.exitCode).toBe(0);
    const lines = run.stdout.split('\n');
    expect(lines.find((line) => line.includes('smallest'))).toMatch(/^ *13\/16 +79\.959 +\+2\.448 +\+2\.448 /);
    expect(lines.find((line) => line.includes('least strain'))).toMatch(/^ *31\/36 .*−0\.486 +−0\.486 /);
    // SCIENCE §5.3.
    expect(run.stdout).toContain('ε_film −7.655 %, f_sub +8.289 %');
  });

  test('takes wider tolerances and a larger area', async () => {
    const copper = ['--film', 'hex:2.665', '--substrate', 'hex:2.55612'];
    const [narrow, wide] = [await match(...copper), await match(...copper, '--length-tol', '0.0409')];
    expect(narrow.document.minimumArea).toMatchObject({ filmMultiple: 12, substrateMultiple: 13 });
    expect(wide.document.minimumArea).toMatchObject({ filmMultiple: 1, substrateMultiple: 1 });
    const large = await match(...copper, '--max-area', '400', '--angle-tol', '0', '--area-ratio-tol', '0.01');
    expect(large.document.matches.length).toBeGreaterThan(narrow.document.matches.length);
  });

  test('answers "none" with an issue, and cannot draw it', async () => {
    const nothing = ['--film', 'hex:2.665', '--substrate', 'square:3.3', '--max-area', '12'];
    const { exitCode, document } = await match(...nothing);
    expect([exitCode, document.matches, document.issues.map(({ code }) => code)]).toEqual([
      0,
      [],
      ['W_NO_COINCIDENCE'],
    ]);
    expect(document).not.toHaveProperty('minimumArea');
    const drawn = await runAdatom(['match', ...nothing, '--svg', join(temporaryFolder({}), 'cell.svg')]);
    expect(drawn.exitCode).toBe(3);
  });

  test.each([
    ['hex:0', 'positive'],
    ['oblique:3,3,1e-9', 'parallel'],
    ['oblique:3,3,190', 'less than 180°'],
    ['square:1e-9', 'Å'],
  ])('says that %s is no lattice', async (spec, reason) => {
    const { exitCode, document, stderr } = await match('--film', spec, '--substrate', 'hex:5.35');
    expect([exitCode, document.issues.map(({ code }) => code)]).toEqual([2, ['E_LATTICE']]);
    expect(stderr).toContain(reason);
    expect(document).not.toHaveProperty('oneDimensional');
  });

  test.each([
    [['--film', 'hcp:2.665', '--substrate', 'hex:5.35'], 'expected one of hex:a'],
    [['--film', 'hex:2,665', '--substrate', 'hex:5.35'], 'expected hex:a'],
    [['--film', 'hex:2.665'], '--substrate'],
    [['--film', 'hex:2.665', '--substrate', 'hex:5.35', '--length-tol', '3'], '0.03 is 3 %'],
    [['--film', 'hex:2.665', '--substrate', 'hex:5.35', '--length-tol', '-0.1'], 'fraction'],
    [['--film', 'hex:2.665', '--substrate', 'hex:5.35', '--max-area', 'NaN'], 'an area in Å²'],
    [['--film', 'hex:2.665', '--substrate', 'hex:5.35', '--svg', '/nowhere/cell.svg'], 'no such file or folder'],
  ])('refuses %s', async (args, reason) => {
    const run = await runAdatom(['match', ...args]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(reason);
  });

  test('ends a search without end, and says how far it went', async () => {
    const { exitCode, document } = await match('--film', 'hex:2.5', '--substrate', 'hex:4', '--max-area', '1e6');
    expect([exitCode, document.issues.map(({ code }) => code)]).toEqual([0, ['W_COINCIDENCE_BOUNDED']]);
  });

  test('has a help with examples', async () => {
    const { exitCode, stdout } = await runAdatom(['match', '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('adatom match --film hex:2.665 --substrate hex:5.35');
  });

  test('draws the cell with every point of both lattices in it', async () => {
    const file = join(temporaryFolder({}), 'cell.svg');
    const run = await runAdatom(['match', '--film', 'hex:2.665', '--substrate', 'hex:2.461', '--svg', file]);
    expect(run.exitCode).toBe(0);
    const svg = readFileSync(file, 'utf8');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const circles = readTags(svg).filter(({ name }) => name === 'circle');
    const points = (isFilm: boolean) =>
      circles.filter(({ attributes }) => ('fill' in attributes ? false : Number(attributes.r) > 4 === isFilm));
    const insideOf = (tags: typeof circles) =>
      tags.filter(({ attributes }) => isInside(cellOf(svg), attributes)).length;
    // By multiples: 13 and 16 cells, each with one point, the corners counted once.
    expect([insideOf(points(true)), insideOf(points(false))]).toEqual([13, 16]);
    for (const text of ['13 cells', '16 cells', '79.959 Å²', '+2.448 %', '13.898°', '5 Å']) expect(svg).toContain(text);
    const least = await runAdatom([
      'match',
      '--film',
      'hex:2.665',
      '--substrate',
      'hex:2.461',
      '--svg',
      file,
      '--draw',
      'least-strain',
    ]);
    expect(least.exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('31 cells');
  });
});

type Point = readonly [number, number];

/** Origin and two sides of the parallelogram. */
function cellOf(svg: string): [origin: Point, first: Point, second: Point] {
  const [, d = ''] = /class="match-cell" d="M([^Z]*)Z"/.exec(svg) ?? [];
  const corners = d.split('L').map((corner) => corner.split(' ').map(Number));
  const [[x = 0, y = 0] = [], [x1 = 0, y1 = 0] = [], , [x2 = 0, y2 = 0] = []] = corners;
  return [
    [x, y],
    [x1 - x, y1 - y],
    [x2 - x, y2 - y],
  ];
}

/** In fractions from 0, inclusive, to 1, exclusive, with a tenth of a pixel of slack. */
function isInside(
  [origin, first, second]: ReturnType<typeof cellOf>,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const [x, y] = [Number(attributes.cx) - origin[0], Number(attributes.cy) - origin[1]];
  const area = first[0] * second[1] - first[1] * second[0];
  const fractions = [(x * second[1] - y * second[0]) / area, (first[0] * y - first[1] * x) / area];
  return fractions.every((fraction) => fraction > -0.001 && fraction < 0.999);
}
