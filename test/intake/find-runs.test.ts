import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FoundTree, findRuns } from '../../intake/find-runs.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tree of empty files with these names. */
function tree(...paths: string[]): string {
  return temporaryFolder(Object.fromEntries(paths.map((path) => [path, ''])));
}

/** Run → its files by kind, without their folder when it is the run's. */
function filesByRun(found: FoundTree): Record<string, Record<string, string>> {
  const result: Record<string, Record<string, string>> = {};
  for (const { id, folder, files } of found.runs) {
    result[id] = Object.fromEntries(
      Object.entries(files).map(([kind, file]) => [kind, file.path.replace(folder === '.' ? '' : `${folder}/`, '')]),
    );
  }
  return result;
}

function supersededBy(found: FoundTree): Record<string, string | undefined> {
  return Object.fromEntries(found.runs.map((run) => [run.id, run.supersededBy]));
}

test('a folder that is itself a calculation is one run with its inputs', () => {
  const found = findRuns([tree('OUTCAR', 'OSZICAR', 'POSCAR', 'CONTCAR', 'INCAR', 'KPOINTS', 'POTCAR', 'XDATCAR')]);
  expect(filesByRun(found)).toEqual({
    OUTCAR: {
      outcar: 'OUTCAR',
      oszicar: 'OSZICAR',
      contcar: 'CONTCAR',
      poscar: 'POSCAR',
      incar: 'INCAR',
      kpoints: 'KPOINTS',
    },
  });
  expect(found.runs[0]?.folder).toBe('.');
});

test('a found file leads back to its place on the disk', () => {
  const root = tree('a/b/OUTCAR');
  expect(findRuns([root]).runs[0]?.files.outcar).toEqual({
    path: 'a/b/OUTCAR',
    absolutePath: join(root, 'a/b/OUTCAR'),
  });
});

test('of the stages of a run the last counts, and each has the files of its stage', () => {
  const found = findRuns([
    tree(
      ...['OUTCAR', 'CONTCAR', 'POSCAR', 'INCAR'].flatMap((name) => [`a/${name}.relax2.gz`, `a/${name}.relax1.gz`]),
      'a/INCAR.orig.gz',
      'a/KPOINTS.orig.gz',
    ),
  ]);
  expect(supersededBy(found)).toEqual({
    'a/OUTCAR.relax1.gz': 'a/OUTCAR.relax2.gz',
    'a/OUTCAR.relax2.gz': undefined,
  });
  expect(found.runs[0]?.issues.map(({ code }) => code)).toEqual(['I_EARLIER_RUN']);
  expect(filesByRun(found)['a/OUTCAR.relax1.gz']).toEqual({
    outcar: 'OUTCAR.relax1.gz',
    contcar: 'CONTCAR.relax1.gz',
    poscar: 'POSCAR.relax1.gz',
    incar: 'INCAR.relax1.gz',
    kpoints: 'KPOINTS.orig.gz',
  });
});

test('relaxation, static run and the standard name are stages of one run, in this order', () => {
  const found = findRuns([tree('OUTCAR.static', 'OUTCAR', 'OUTCAR.relax1', 'OUTCAR.orig', 'OUTCAR.2')]);
  // OUTCAR.orig is a backup beside real runs, so it is none.
  expect(supersededBy(found)).toEqual({
    OUTCAR: undefined,
    'OUTCAR.2': 'OUTCAR',
    'OUTCAR.relax1': 'OUTCAR',
    'OUTCAR.static': 'OUTCAR',
  });
});

test('the CONTCAR of a later stage is not that of an earlier one, while the POSCAR and INCAR serve both', () => {
  const found = findRuns([tree('OUTCAR.relax1', 'OUTCAR', 'CONTCAR', 'POSCAR', 'INCAR')]);
  expect(filesByRun(found)['OUTCAR.relax1']).toEqual({ outcar: 'OUTCAR.relax1', poscar: 'POSCAR', incar: 'INCAR' });
});

test('free names in one folder are runs of their own', () => {
  const found = findRuns([
    tree('OUTCAR_ZnO', 'POSCAR_ZnO', 'OUTCAR_ZnS', '6362_OUTCAR', 'OUTCAR_10', 'OUTCAR_7.gz', 'KPOINTS'),
  ]);
  expect(filesByRun(found)).toEqual({
    '6362_OUTCAR': { outcar: '6362_OUTCAR', kpoints: 'KPOINTS' },
    OUTCAR_10: { outcar: 'OUTCAR_10', kpoints: 'KPOINTS' },
    'OUTCAR_7.gz': { outcar: 'OUTCAR_7.gz', kpoints: 'KPOINTS' },
    OUTCAR_ZnO: { outcar: 'OUTCAR_ZnO', poscar: 'POSCAR_ZnO', kpoints: 'KPOINTS' },
    OUTCAR_ZnS: { outcar: 'OUTCAR_ZnS', kpoints: 'KPOINTS' },
  });
  expect(found.runs.filter((run) => run.supersededBy !== undefined)).toEqual([]);
});

test('of a file and its archive the file is read and the archive named', () => {
  const found = findRuns([tree('a/OUTCAR', 'a/OUTCAR.gz')]);
  expect(Object.keys(filesByRun(found))).toEqual(['a/OUTCAR']);
  expect(found.issues.map(({ code, where }) => [code, where.file])).toEqual([['I_NOT_READ', 'a/OUTCAR.gz']]);
});

test('an OSZICAR without OUTCAR is a run', () => {
  expect(filesByRun(findRuns([tree('Li/OSZICAR', 'Li/POSCAR')]))).toEqual({
    'Li/OSZICAR': { oszicar: 'OSZICAR', poscar: 'POSCAR' },
  });
});

test('when just the OUTCAR was renamed, the OSZICAR and CONTCAR beside it are still its own', () => {
  expect(filesByRun(findRuns([tree('OUTCAR_slab', 'OSZICAR', 'CONTCAR')]))).toEqual({
    OUTCAR_slab: { outcar: 'OUTCAR_slab', oszicar: 'OSZICAR', contcar: 'CONTCAR' },
  });
});

test('a folder with only a vasprun.xml is a run that is not read, and says so', () => {
  const found = findRuns([tree('a/vasprun.xml', 'a/POSCAR', 'b/vaspout.h5', 'c/vasprun.xml', 'c/OUTCAR')]);
  expect(filesByRun(found)).toEqual({
    'a/vasprun.xml': { poscar: 'POSCAR' },
    'b/vaspout.h5': {},
    'c/OUTCAR': { outcar: 'OUTCAR' },
  });
  expect(found.runs[0]?.issues.map(({ message }) => message)).toEqual([
    'not read: vasprun.xml without an OUTCAR: vasprun.xml is not read by this version',
  ]);
});

test('inputs without output are a calculation that was not run', () => {
  const found = findRuns([tree('todo/POSCAR', 'todo/INCAR', 'done/OUTCAR', 'done/POSCAR', 'notes/README')]);
  expect(found.inputOnly.map(({ folder, files }) => [folder, files.map(({ path }) => path)])).toEqual([
    ['todo', ['todo/INCAR', 'todo/POSCAR']],
  ]);
});

test('numbered folders are the images of a band and take INCAR and KPOINTS from above', () => {
  const found = findRuns([
    tree(
      'neb/INCAR',
      'neb/KPOINTS',
      'neb/vasprun.xml',
      'neb/POSCAR_start',
      'neb/00/POSCAR',
      'neb/01/POSCAR',
      'neb/01/CONTCAR',
      'neb/01/OUTCAR',
      'neb/02/POSCAR',
      'neb/02/OUTCAR.gz',
      'neb/02/KPOINTS',
      'neb/03/POSCAR',
      'neb/100/POSCAR',
    ),
  ]);
  expect(filesByRun(found)).toEqual({
    'neb/01/OUTCAR': {
      outcar: 'OUTCAR',
      contcar: 'CONTCAR',
      poscar: 'POSCAR',
      incar: 'neb/INCAR',
      kpoints: 'neb/KPOINTS',
    },
    'neb/02/OUTCAR.gz': { outcar: 'OUTCAR.gz', poscar: 'POSCAR', incar: 'neb/INCAR', kpoints: 'KPOINTS' },
  });
  const [band] = found.bands;
  expect(found.bands).toHaveLength(1);
  expect(band?.folder).toBe('neb');
  expect(band?.images.map(({ index, run, contcar }) => [index, run, contcar?.path])).toEqual([
    [0, undefined, undefined],
    [1, 'neb/01/OUTCAR', 'neb/01/CONTCAR'],
    [2, 'neb/02/OUTCAR.gz', undefined],
    [3, undefined, undefined],
  ]);
  expect(band?.structures.map(({ path }) => path)).toEqual(['neb/POSCAR_start']);
  expect(found.inputOnly.map(({ folder }) => folder)).toEqual(['neb/100']);
});

test('the searched folder itself can be a band', () => {
  const found = findRuns([tree('INCAR', '00/POSCAR', '01/OUTCAR', '02/POSCAR')]);
  expect(found.bands.map(({ folder, images }) => [folder, images.length])).toEqual([['.', 3]]);
  expect(filesByRun(found)).toEqual({ '01/OUTCAR': { outcar: 'OUTCAR', incar: 'INCAR' } });
});

test('one numbered folder, or numbered folders without calculations, make no band', () => {
  expect(findRuns([tree('a/01/OUTCAR', 'a/02/notes.txt', 'b/10/x', 'b/11/y')]).bands).toEqual([]);
});

test('a path table alone is a band without images', () => {
  const found = findRuns([tree('neb/neb.dat', 'neb/POSCAR1', 'neb/POSCAR2')]);
  expect(found.bands.map(({ images, table, structures }) => [images.length, table?.path, structures.length])).toEqual([
    [0, 'neb/neb.dat', 2],
  ]);
  expect(found.inputOnly).toEqual([]);
});

test('an OUTCAR that is linked beside its real place is one run', () => {
  const root = tree('a/OUTCAR', 'b/POSCAR');
  symlinkSync('../a/OUTCAR', join(root, 'b/OUTCAR'));
  const found = findRuns([root]);
  expect(found.runs.map(({ id }) => id)).toEqual(['a/OUTCAR']);
  expect(found.issues.map(({ code, where }) => [code, where.file])).toEqual([['I_NOT_READ', 'b/OUTCAR']]);
});

test('an endpoint gets its energy through a link to the OUTCAR or to the folder of its relaxation', () => {
  const root = tree('initial/OUTCAR', 'initial/CONTCAR', 'final/OUTCAR', 'neb/00/POSCAR', 'neb/01/OUTCAR');
  symlinkSync('../../initial/OUTCAR', join(root, 'neb/00/OUTCAR'));
  symlinkSync('../final', join(root, 'neb/02'));
  const found = findRuns([root]);
  expect(found.runs.map(({ id }) => id)).toEqual(['final/OUTCAR', 'initial/OUTCAR', 'neb/00/OUTCAR', 'neb/01/OUTCAR']);
  expect(found.bands[0]?.images.map(({ run }) => run)).toEqual(['neb/00/OUTCAR', 'neb/01/OUTCAR', 'final/OUTCAR']);
});

test('ten thousand folders are searched in about a second', () => {
  const root = temporaryFolder();
  for (let outer = 0; outer < 100; outer += 1) {
    for (let inner = 0; inner < 100; inner += 1) {
      const folder = join(root, `m${outer}`, `r${inner}`);
      mkdirSync(folder, { recursive: true });
      for (const name of ['OUTCAR', 'INCAR', 'POSCAR']) writeFileSync(join(folder, name), '');
    }
  }
  const start = performance.now();
  expect(findRuns([root]).runs).toHaveLength(10_000);
  // Generous for a busy machine: a search that is quadratic in the folders takes minutes.
  expect(performance.now() - start).toBeLessThan(5000);
});
