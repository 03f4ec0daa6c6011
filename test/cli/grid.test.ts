/** `adatom grid` as a scientist meets it: averages over planes, a difference, and what goes wrong with such files. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { AUGMENTATION, GRID, HEAD, lines, ramp, VOLUME } from '../parsers/grid-cases.ts';
import { runAdatom } from './run-adatom.ts';

const ZN = HEAD.replace('   Zn   O \n     1     1', '   Zn \n     1').replace('  0.300000  0.600000  0.200000\n', '');
const FILES = {
  LOCPOT: `${HEAD}${GRID}${lines(ramp(-7))}`,
  CHGCAR: `${HEAD}${GRID}${lines(ramp(5).map((value) => 2 * value))}${AUGMENTATION}`,
  'zn/CHGCAR': `${ZN}${GRID}${lines(ramp(5), 10)}`,
  'cut/CHGCAR': `${ZN}${GRID}${lines(ramp(5)).slice(0, 300)}`,
};

interface Profile {
  readonly name: string;
  readonly heightsAngstrom: readonly number[];
  readonly planarAverages: readonly number[];
  readonly average: number;
  readonly integral?: number;
  readonly cumulativeCharge?: readonly number[];
}
interface Document {
  readonly file: string;
  readonly quantity?: string;
  readonly points?: readonly number[];
  readonly axis: string;
  readonly unit?: string;
  readonly components: readonly Profile[];
  readonly difference?: Profile & { readonly minus: readonly string[] };
  readonly issues: readonly { readonly code: string; readonly where: { readonly file?: string } }[];
}

async function grid(args: readonly string[], files: Record<string, string | Uint8Array> = FILES) {
  const run = await runAdatom(['grid', ...args, '--json'], { cwd: temporaryFolder(files) });
  const document = run.stdout === '' ? undefined : (JSON.parse(run.stdout) as Document); // the contract, tested here
  return { ...run, document };
}

describe('a potential', () => {
  test('is averaged over the planes across c, in eV, at heights along the normal', async () => {
    const { document, exitCode } = await grid(['LOCPOT']);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ file: 'LOCPOT', quantity: 'potential', points: [3, 4, 5], axis: 'c', unit: 'eV' });
    const [total] = document!.components;
    expect(total).not.toHaveProperty('integral');
    // Means of 0, 10, 20 and 0 … 300 and one plane each 4/5 Å: V/|a × b| = 24/6.
    for (const plane of [0, 1, 2, 3, 4]) {
      expectNear(total!.heightsAngstrom[plane], 0.8 * plane, 1e-12);
      expectNear(total!.planarAverages[plane], -7 + 10 + 150 + 1000 * plane, 1e-9);
    }
    expectNear(total!.average, 2153, 1e-9);
  });

  test('is averaged along another axis on request', async () => {
    const { document } = await grid(['LOCPOT', '--axis', 'a']);
    expect(document!.components[0]!.planarAverages).toHaveLength(3);
    expectNear(document!.components[0]!.planarAverages[1], -7 + 10 + 150 + 2000, 1e-9);
  });

  test('is a table without --json', async () => {
    const run = await runAdatom(['grid', 'LOCPOT'], { cwd: temporaryFolder(FILES) });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^ *height \(Å\) +total \(eV\)$/m);
    expect(run.stdout).toMatch(/^ +0\.8000 +1153\.000000$/m);
    expect(run.stdout).toMatch(/^total +2153\.000000 +-7\.000000 +4313\.000000$/m);
    expect(run.stdout).not.toContain('\u001b');
  });

  test('is read from an archive, and by --quantity under any name', async () => {
    const files = { 'LOCPOT.gz': gzipSync(FILES.LOCPOT), 'data.txt': FILES.LOCPOT };
    for (const args of [['LOCPOT.gz'], ['data.txt', '--quantity', 'potential']]) {
      const { document } = await grid(args, files);
      expectNear(document!.components[0]!.average, 2153, 1e-9);
    }
  });
});

describe('a difference of charges', () => {
  test('has an average over planes and the charge below each', async () => {
    const { document, exitCode } = await grid(['CHGCAR', '--minus', 'zn/CHGCAR']);
    expect([exitCode, document!.issues]).toEqual([0, []]);
    expect(document!.unit).toBe('e/Å³');
    const { difference } = document!;
    expect(difference!.minus).toEqual(['zn/CHGCAR']);
    // 2·ramp − ramp: the ramp from 5 on, whose mean is 2165 e.
    expectNear(difference!.integral, 2165, 1e-9);
    expectNear(difference!.planarAverages[1], (5 + 10 + 150 + 1000) / VOLUME, 1e-9);
    // Trapezoids of 165, 1165, 2165 … in slices of a fifth of the cell.
    expectNear(difference!.cumulativeCharge![0], 0, 0);
    expectNear(difference!.cumulativeCharge![1], (165 + 1165) / 2 / 5, 1e-9);
    expectNear(difference!.cumulativeCharge![2], (165 / 2 + 1165 + 2165 / 2) / 5, 1e-9);
  });

  test('is not made of a part on another grid or of a cut one; the averages of the file stay', async () => {
    const { document, exitCode } = await grid(['CHGCAR', '--minus', 'cut/CHGCAR']);
    expect(exitCode).toBe(0);
    expect(document).not.toHaveProperty('difference');
    expect(document!.components).toHaveLength(1);
    const { code, where } = document!.issues[0]!;
    expect([code, where.file]).toEqual(['E_TRUNCATED', 'cut/CHGCAR']);
    const mixed = await grid(['CHGCAR', '--minus', 'LOCPOT']);
    expect(mixed.document!.issues.map((entry) => entry.code)).toEqual(['E_GRID_MISMATCH']);
  });
});

describe('a request that cannot be answered', () => {
  test('for a file that is not there, or whose name says nothing, is wrong: exit code 2', async () => {
    for (const args of [['nothing/LOCPOT'], ['CHGCAR', '--minus', 'nothing'], ['LOCPOT', '--axis', 'd'], []]) {
      expect((await grid(args)).exitCode, args.join(' ')).toBe(2);
    }
    const unnamed = await grid(['data.txt'], { 'data.txt': FILES.LOCPOT });
    expect(unnamed.exitCode).toBe(2);
    expect(unnamed.stderr).toContain('--quantity');
  });

  test('for a file without a whole grid has no answer: exit code 3, and the issues say why', async () => {
    const { document, exitCode, stderr } = await grid(['cut/CHGCAR']);
    expect(exitCode).toBe(3);
    expect(document!.components).toEqual([]);
    expect(document!.issues.map((entry) => entry.code)).toEqual(['E_TRUNCATED']);
    expect(stderr).toContain('cut/CHGCAR');
    for (const content of ['', 'no grid\n', '\0\0']) {
      expect((await grid(['LOCPOT'], { LOCPOT: content })).exitCode).toBe(3);
    }
  });
});
