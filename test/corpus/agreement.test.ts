/**
 * Real folders in which a run told of itself in several files: the files agree in every value they print, but for what
 * is listed here, each looked at in the files themselves.
 */
import { it as always, beforeAll, describe, expect, test } from 'vitest';
import { findRuns } from '../../intake/find-runs.ts';
import type { Calculation } from '../../model/calculation.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import { OUTPUT_KINDS } from '../../pipeline/read-tree.ts';
import { filesToRead, SCREENING_READ_OPTIONS, treeOf } from '../../reading/found-tree.ts';
import { type FileReading, readRecord } from '../../reading/read-record.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere } from './corpus.ts';

const it = test.skipIf(!corpusIsThere);

/** By run: files that tell of it, and the calculation that they make. */
const merged = new Map<string, { readonly outputs: number; readonly calculation: Calculation }>();

beforeAll(async () => {
  if (!corpusIsThere) return;
  const found = findRuns([CORPUS]);
  const several = found.runs.filter(({ files }) => OUTPUT_KINDS.filter((kind) => files[kind] !== undefined).length > 1);
  const part = { ...found, runs: several, bands: [] };
  const readings = new Map<string, FileReading>();
  for (const file of filesToRead(part)) {
    readings.set(file.absolutePath, await readRecord(file.absolutePath, SCREENING_READ_OPTIONS));
  }
  for (const run of treeOf(part, readings).runs) {
    const outputs = OUTPUT_KINDS.filter((kind) => run.files[kind] !== undefined).length;
    merged.set(run.id, { outputs, calculation: mergeCalculation(run) });
  }
}, 120_000);

always('the corpus is there to compare with', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
  expect(merged.size).toBeGreaterThanOrEqual(39);
});

function told(code: string): string[][] {
  return [...merged].flatMap(([id, { calculation }]) =>
    calculation.issues
      .filter((entry) => entry.code === code)
      .map((entry) => [id, String(entry.details.value ?? entry.details.used)]),
  );
}

describe('the files of one run', () => {
  it('disagree in one folder only: its vasprun.xml, renamed with a date, is of another run than its OUTCAR', () => {
    // zgrep -c '^ *</calculation>' gives 26 in the vasprun.xml, which breaks off; the OUTCAR has 2 steps and its timing.
    expect(told('W_SOURCES_DISAGREE')).toEqual([['doped/Mg_O_+1/OUTCAR.gz', 'number of ionic steps']]);
  });

  it('give the word to vasprun.xml where the OUTCAR was cut and the vasprun.xml is whole', () => {
    expect(told('W_OTHER_SOURCE')).toEqual([
      ['mast/checker_notdone_notconverged/OUTCAR', 'mast/checker_notdone_notconverged/vasprun.xml'],
      ['mast/checker_notdone_static_notconverged/OUTCAR', 'mast/checker_notdone_static_notconverged/vasprun.xml'],
      ['mast/checker_started/OUTCAR', 'mast/checker_started/vasprun.xml'],
    ]);
  });

  it('name the file of every value: the moment of an atom whose OUTCAR is lost is that of OSZICAR', () => {
    const { calculation } = merged.get('vise/isolated_atoms/O/vasprun.xml') ?? {};
    // vise/isolated_atoms/O/OSZICAR: "1 F= -.15892607E+01 E0= … mag=     2.0000"
    expect(calculation?.final?.totalMagnetisationBohr).toBe(2);
    expect(calculation?.valueSources).toMatchObject({
      final: 'vise/isolated_atoms/O/vasprun.xml',
      'final.totalMagnetisationBohr': 'vise/isolated_atoms/O/OSZICAR',
    });
  });

  it('leave no value of a final state without the file it came from', () => {
    for (const [id, { calculation }] of merged) {
      const paths = calculation.files.map(({ path }) => path);
      if (calculation.final !== undefined) expect(paths, id).toContain(calculation.valueSources?.final);
      for (const path of Object.values(calculation.valueSources ?? {})) expect(paths, id).toContain(path);
      for (const { file = id } of Object.values(calculation.places)) expect(paths, id).toContain(file);
    }
  });
});
