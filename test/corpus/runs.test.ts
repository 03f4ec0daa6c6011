/** Real folders: every output belongs to a run, and stages follow each other. */
import { it as always, expect, test } from 'vitest';
import { findRuns } from '../../intake/find-runs.ts';
import { OUTPUT_KINDS, vaspFileName } from '../../intake/vasp-file-name.ts';
import { CORPUS, CORPUS_MISSING, corpusFiles, corpusIsThere } from './corpus.ts';

const it = test.skipIf(!corpusIsThere);
const found = corpusIsThere ? findRuns([CORPUS]) : undefined;
const run = (id: string) => found?.runs.find((candidate) => candidate.id === id);

always('the corpus is there to search', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
  expect(found?.runs.length).toBeGreaterThan(100);
});

it('every output file is read with exactly one run, or is the by-product of a band', () => {
  const outputs = corpusFiles(/OUTCAR|OSZICAR|vasprun|vaspout/).filter((path) => {
    const kind = vaspFileName(path.slice(path.lastIndexOf('/') + 1))?.kind;
    return OUTPUT_KINDS.some((output) => output === kind);
  });
  const uses = new Map<string, number>();
  for (const { files } of found?.runs ?? []) {
    for (const kind of OUTPUT_KINDS) {
      const path = files[kind]?.path;
      if (path !== undefined) uses.set(path, (uses.get(path) ?? 0) + 1);
    }
  }
  // VASP writes it beside the image folders.
  expect(outputs.filter((path) => uses.get(path) !== 1)).toEqual([
    'aiida-vasp/neb-workchain_calc-000/vasprun.xml',
    'mast/neb_Al_vacancy_CI/vasprun.xml',
  ]);
});

it('the vasprun.xml of a relaxation in two stages goes with the OUTCAR of its stage', () => {
  const folder = 'atomate/nmr_opt_two_stage';
  for (const stage of ['relax1', 'relax2']) {
    expect(run(`${folder}/OUTCAR.${stage}.gz`)?.files).toMatchObject({
      vasprun: { path: `${folder}/vasprun.xml.${stage}.gz` },
      oszicar: { path: `${folder}/OSZICAR.${stage}.gz` },
    });
  }
  expect(run(`${folder}/OUTCAR.relax1.gz`)?.supersededBy).toBe(`${folder}/OUTCAR.relax2.gz`);
});

it('a vasprun.xml is a run by itself where there is no OUTCAR, however it is called', () => {
  for (const path of [
    'aiida-vasp/relax/vasprun.xml',
    'phonopy/NaCl/vasprun.xml-001',
    'phonopy/vasprun_Si_noncollinear.xml.xz',
    'nomad/vasprun.xml.broken.gz',
    'pymatgen/vasprun.lifepo4.xml.gz',
    'pymatgen/vaspout.line_mode_band_structure.h5.gz',
  ]) {
    expect(run(path)?.id, path).toBe(path);
  }
  expect(run('dpdata/OUTCAR.h2o.md.10')?.files.vasprun?.path).toBe('dpdata/vasprun.h2o.md.10.xml');
});

it('large files beside a run are told with it', () => {
  const folder = 'atomate/nmr_opt_two_stage';
  expect(run(`${folder}/OUTCAR.relax2.gz`)?.companions).toEqual([
    { path: `${folder}/EIGENVAL.relax2.gz`, format: 'eigenval' },
    { path: `${folder}/IBZKPT.relax2.gz`, format: 'ibzkpt' },
  ]);
  expect(run('mast/neb_Al_vacancy_CI/01/OUTCAR')?.companions.map(({ format }) => format)).toEqual([
    'doscar',
    'xdatcar',
  ]);
});
