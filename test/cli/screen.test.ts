/**
 * `adatom screen` as a scientist meets it: the example campaign, the same campaign with what goes wrong in real trees,
 * and trees with nothing in them.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ScreeningResult } from '../../model/screening.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { campaign, descriptor, EXAMPLE, reasonCodes, screening } from './example-campaign.ts';
import { packOutcars, tellByVasprun } from './other-formats.ts';
import { runAdatom } from './run-adatom.ts';

describe('the example campaign', () => {
  test('(002) comes first, (020) is borderline, (202) is not ranked for want of a barrier', async () => {
    const { cwd } = campaign();
    const result = await screening(cwd);
    expect(result.ranked.map((entry) => entry.id)).toEqual(['zno-002', 'zno-020']);
    expect(result.candidates.map((entry) => [entry.id, entry.wetting])).toEqual([
      ['zno-002', 'lithiophilic'],
      ['zno-020', 'borderline'],
      ['zno-202', 'lithiophilic'],
    ]);
    expect(result.unranked.map((entry) => [entry.id, entry.reasons.map((reason) => reason.code)])).toEqual([
      ['zno-202', ['E_DESCRIPTOR_MISSING', 'E_REFERENCE_MISSING']],
    ]);
    // H. Shen et al., Nature Communications (2025): E_b 3.40, 1.61, 4.32 eV.
    for (const [id, bindingEv] of [
      ['zno-002', 3.4],
      ['zno-020', 1.61],
      ['zno-202', 4.32],
    ] as const) {
      const found = descriptor(result, id, 'adsorption-energy');
      expectNear(found?.available === true ? found.value : undefined, -bindingEv, 1e-6);
    }
  });

  test('every input of a difference stands where the answer says it stands', async () => {
    const { cwd, tree } = campaign();
    const result = await screening(cwd);
    const inputs = result.candidates.flatMap((candidate) =>
      Object.values(candidate.descriptors).flatMap((found) => (found.available ? found.inputs : [])),
    );
    // A distance of planes is made of many positions: it names its file, and no bytes of its own. Of a lattice vector
    // stands its length, made of the three numbers of a row.
    const printed = inputs.filter(({ name }) => !/^(?:d_|[abc]\()/.test(name));
    const vectors = inputs.filter(({ name }) => /^[abc]\(/.test(name));
    expect(vectors.length).toBeGreaterThan(3);
    for (const { file, value, byteOffset = -1, byteLength = 0 } of vectors) {
      const rows = readFileSync(join(tree, file), 'latin1')
        .slice(byteOffset, byteOffset + byteLength)
        .split('\n')
        .map((row) => Math.hypot(...(row.match(/-?\d+\.\d+/g) ?? []).slice(0, 3).map(Number)));
      expect(Math.min(...rows.map((length) => Math.abs(length - value)))).toBeLessThan(1e-9);
    }
    expect(printed.length).toBeGreaterThan(10);
    for (const input of printed) {
      const bytes = readFileSync(join(tree, input.file));
      const { byteOffset = -1, byteLength = 0 } = input;
      expect(Number(bytes.toString('latin1', byteOffset, byteOffset + byteLength))).toBe(input.value);
      const before = bytes.toString('latin1', 0, byteOffset).split('\n').length;
      expect(input.line).toBe(before);
    }
  });

  test('a second run parses nothing and gives the same bytes; a touched file is parsed again', async () => {
    const { cwd, tree } = campaign();
    const first = await runAdatom(['screen', 'campaign'], { cwd });
    expect(first.stderr).toMatch(/^\d+ files parsed, 0 unchanged/);
    const written = ['ranking.json', 'ranking.csv', 'calculations.ndjson', 'report.html'];
    const bytes = written.map((name) => readFileSync(join(cwd, 'adatom-out', name), 'utf8'));
    const second = await runAdatom(['screen', 'campaign'], { cwd });
    expect(second.stderr).toMatch(/^0 files parsed/);
    expect(second.stdout).toBe(first.stdout);
    expect(written.map((name) => readFileSync(join(cwd, 'adatom-out', name), 'utf8'))).toEqual(bytes);
    const outcar = join(tree, 'li-atom', 'OUTCAR');
    writeFileSync(outcar, `${readFileSync(outcar, 'latin1')}\n`, 'latin1');
    const third = await runAdatom(['screen', 'campaign'], { cwd });
    expect(third.stderr).toMatch(/^1 files parsed/);
  });

  test('the written table can be ranked again and gives the same order', async () => {
    const { cwd } = campaign();
    const result = await screening(cwd);
    const run = await runAdatom(['rank', 'adatom-out/ranking.csv', '--profile', 'li-moderate', '--json'], { cwd });
    expect(run.exitCode).toBe(0);
    const again = JSON.parse(run.stdout) as Pick<ScreeningResult, 'ranked' | 'unranked' | 'issues'>;
    expect(again.issues).toEqual([]);
    expect(again.ranked.map(({ id, score, firstRankProbability }) => ({ id, score, firstRankProbability }))).toEqual(
      result.ranked.map(({ id, score, firstRankProbability }) => ({ id, score, firstRankProbability })),
    );
    expect(again.unranked.map((entry) => entry.id)).toEqual(['zno-202']);
  });

  test('compressed folders give the same values', async () => {
    const { cwd, tree } = campaign();
    const plain = await screening(cwd);
    const outcar = join(tree, 'zno-002', 'slab', 'OUTCAR');
    writeFileSync(`${outcar}.gz`, gzipSync(readFileSync(outcar)));
    rmSync(outcar);
    const packed = await screening(cwd);
    expect(packed.ranked).toEqual(plain.ranked);
  });

  test('packed with zstd, bzip2 and xz it gives the same values', async () => {
    const { cwd } = campaign();
    const plain = await screening(cwd);
    rmSync(join(cwd, 'campaign'), { recursive: true });
    packOutcars(EXAMPLE, join(cwd, 'campaign'));
    expect((await screening(cwd)).ranked).toEqual(plain.ranked);
  });

  test('told by vasprun.xml alone it gives the same candidates and values', async () => {
    const { cwd } = campaign();
    const plain = await screening(cwd);
    rmSync(join(cwd, 'campaign'), { recursive: true });
    tellByVasprun(EXAMPLE, join(cwd, 'campaign'));
    const told = await screening(cwd);
    expect(told.ranked.map(({ id }) => id)).toEqual(plain.ranked.map(({ id }) => id));
    expect(told.unranked.map(({ id }) => id)).toEqual(plain.unranked.map(({ id }) => id));
    for (const candidate of ['zno-002', 'zno-020', 'zno-202']) {
      for (const identifier of ['adsorption-energy', 'migration-barrier']) {
        const expected = descriptor(plain, candidate, identifier);
        const found = descriptor(told, candidate, identifier);
        expect(found?.available, `${candidate} ${identifier}`).toBe(expected?.available);
        // Positions have five decimals in OUTCAR and eight fractional ones in vasprun.xml.
        if (found?.available && expected?.available) expectNear(found.value, expected.value, 1e-6);
      }
    }
  });

  test('the protocol of the paper is followed, and a wrong one is named', async () => {
    const { cwd } = campaign();
    const result = await screening(cwd, '--protocol', 'zno-li-2025');
    const verdicts = result.candidates.flatMap((candidate) => candidate.protocol ?? []);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter((verdict) => verdict.verdict !== 'pass')).toEqual([]);
    const run = await runAdatom(['screen', 'campaign', '--protocol', 'zno-li-2024'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('zno-li-2025');
  });
});

describe('what goes wrong in real trees', () => {
  test('a truncated slab blocks what needs it, with its line, and nothing else', async () => {
    const { cwd, tree } = campaign();
    truncateSync(join(tree, 'zno-002', 'slab', 'OUTCAR'), 20_000);
    const result = await screening(cwd);
    const found = descriptor(result, 'zno-002', 'adsorption-energy');
    const reason = found?.available === false ? found.reasons.find((entry) => entry.code === 'E_TRUNCATED') : undefined;
    expect(reason?.where.file).toBe('zno-002/slab/OUTCAR');
    expect(reason?.where.line).toBeGreaterThan(100);
    expect(result.ranked.map((entry) => entry.id)).toEqual(['zno-020']);
    expect(result.unranked.map((entry) => entry.id)).toContain('zno-002');
  });

  test('a starred energy is not replaced by an earlier one', async () => {
    const { cwd, tree } = campaign();
    const path = join(tree, 'zno-002', 'slab-li', 'OUTCAR');
    const text = readFileSync(path, 'latin1');
    const last = text.lastIndexOf('energy(sigma->0)');
    writeFileSync(
      path,
      `${text.slice(0, last)}energy(sigma->0) = ***************${text.slice(text.indexOf('\n', last))}`,
      'latin1',
    );
    const result = await screening(cwd);
    const sites = result.systems.find((system) => system.id === 'zno-002');
    expect(sites?.adsorbed).toContain('zno-002/slab-li/OUTCAR');
    const found = descriptor(result, 'zno-002', 'adsorption-energy');
    // The other site is still there; the starred one is listed with its reason.
    expect(JSON.stringify(found?.parts.sites)).toContain('a number for energySigma0Ev');
    expect(found?.available === true && found.inputs.some((input) => input.file === 'zno-002/slab-li/OUTCAR')).toBe(
      false,
    );
  });

  test('another cutoff blocks the difference and names both values', async () => {
    const { cwd, tree } = campaign();
    const path = join(tree, 'zno-020', 'slab', 'OUTCAR');
    writeFileSync(
      path,
      readFileSync(path, 'latin1').replaceAll('520.0', '400.0').replaceAll('520.00', '400.00'),
      'latin1',
    );
    const result = await screening(cwd);
    const found = descriptor(result, 'zno-020', 'adsorption-energy');
    const messages = found?.available === false ? found.reasons.map((reason) => reason.message).join('\n') : '';
    expect(messages).toContain('ENCUT is 520 eV in one calculation and 400 eV in the other');
  });

  test('without bulk lithium the driving force is missing and the adsorption energy is not', async () => {
    const { cwd, tree } = campaign();
    rmSync(join(tree, 'li-bcc'), { recursive: true });
    const result = await screening(cwd);
    expect(reasonCodes(result, 'zno-002', 'nucleation-driving-force')).toContain('E_REFERENCE_MISSING');
    expect(descriptor(result, 'zno-002', 'adsorption-energy')?.available).toBe(true);
  });

  test('a missing image, an empty OUTCAR, a binary OUTCAR and a cyclic link cost only themselves', async () => {
    const { cwd, tree } = campaign();
    rmSync(join(tree, 'zno-002', 'neb', '02'), { recursive: true });
    mkdirSync(join(tree, 'empty'));
    writeFileSync(join(tree, 'empty', 'OUTCAR'), '');
    mkdirSync(join(tree, 'binary'));
    writeFileSync(join(tree, 'binary', 'OUTCAR'), Buffer.from([0, 1, 2, 255, 254, 10, 0, 7]));
    symlinkSync(tree, join(tree, 'zno-002', 'loop'));
    symlinkSync('/', join(tree, 'outside'));
    const result = await screening(cwd);
    expect(reasonCodes(result, 'zno-002', 'migration-barrier')).toContain('E_IMAGE_GAP');
    const unused = new Map(
      result.unused.map((entry) => [entry.calculation, entry.reasons.map((reason) => reason.code)]),
    );
    expect(unused.get('empty/OUTCAR')).toContain('E_UNREADABLE');
    expect(unused.get('binary/OUTCAR')).toContain('E_UNREADABLE');
    expect(result.issues.map((entry) => entry.code)).toContain('W_LINK_NOT_FOLLOWED');
    expect(result.ranked.map((entry) => entry.id)).toEqual(['zno-020']);
  });

  test('folder names decide nothing', async () => {
    const { cwd, tree } = campaign();
    const plain = await screening(cwd);
    for (const [from, to] of [
      ['zno-002', 'x1'],
      ['zno-020', 'x2'],
      ['zno-202', 'x3'],
      ['li-atom', 'bulk'],
      ['li-bcc', 'slab'],
    ]) {
      renameSync(join(tree, from ?? ''), join(tree, to ?? ''));
    }
    const renamed = await screening(cwd);
    expect(renamed.ranked.map((entry) => [entry.id, entry.score])).toEqual([
      ['x1', plain.ranked[0]?.score],
      ['x2', plain.ranked[1]?.score],
    ]);
  });
});

describe('requests that cannot be answered', () => {
  test('a folder that is not there is a wrong request', async () => {
    const run = await runAdatom(['screen', 'nowhere'], { cwd: temporaryFolder({}) });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('nowhere');
    expect(run.stdout).toBe('');
  });

  test('a folder without calculations has no answer, and says what it holds', async () => {
    const cwd = temporaryFolder({ 'prepared/INCAR': 'ENCUT = 520\n', 'prepared/POSCAR': 'x\n' });
    const run = await runAdatom(['screen', '.'], { cwd });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('1 folder(s) with inputs that have not been run');
  });

  test('an unknown profile names the known ones', async () => {
    const { cwd } = campaign();
    const run = await runAdatom(['screen', 'campaign', '--profile', 'zinc'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('li-moderate');
  });

  test('an ion that is no working ion is refused with the list', async () => {
    const { cwd } = campaign();
    const run = await runAdatom(['screen', 'campaign', '--ion', 'Xe'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('Li, Zn');
  });
});
