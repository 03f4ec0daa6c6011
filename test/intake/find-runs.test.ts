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

test('vasprun.xml and vaspout.h5 tell of the run of their suffix, and are a run where there is no OUTCAR', () => {
  const found = findRuns([
    tree('a/vasprun.xml', 'a/POSCAR', 'a/OSZICAR', 'b/vaspout.h5', 'c/vasprun.xml', 'c/vaspout.h5', 'c/OUTCAR'),
  ]);
  expect(filesByRun(found)).toEqual({
    'a/vasprun.xml': { vasprun: 'vasprun.xml', oszicar: 'OSZICAR', poscar: 'POSCAR' },
    'b/vaspout.h5': { vaspout: 'vaspout.h5' },
    'c/OUTCAR': { outcar: 'OUTCAR', vasprun: 'vasprun.xml', vaspout: 'vaspout.h5' },
  });
  expect(found.runs.flatMap(({ issues }) => issues)).toEqual([]);
});

test('the vasprun.xml of a stage goes with the OUTCAR of that stage, however it is marked', () => {
  const found = findRuns([
    tree('OUTCAR.relax1.gz', 'vasprun.relax1.xml', 'OUTCAR.relax2.gz', 'vasprun.xml.relax2.gz', 'vasprun_Si.xml'),
  ]);
  expect(filesByRun(found)).toEqual({
    'OUTCAR.relax1.gz': { outcar: 'OUTCAR.relax1.gz', vasprun: 'vasprun.relax1.xml' },
    'OUTCAR.relax2.gz': { outcar: 'OUTCAR.relax2.gz', vasprun: 'vasprun.xml.relax2.gz' },
    'vasprun_Si.xml': { vasprun: 'vasprun_Si.xml' },
  });
  expect(supersededBy(found)['OUTCAR.relax1.gz']).toBe('OUTCAR.relax2.gz');
});

test('numbered displacements are runs of their own', () => {
  const found = findRuns([tree('vasprun.xml-001', 'vasprun.xml-002', 'POSCAR')]);
  expect(Object.keys(filesByRun(found))).toEqual(['vasprun.xml-001', 'vasprun.xml-002']);
  expect(supersededBy(found)['vasprun.xml-001']).toBeUndefined();
});

test('a vasprun.xml with a date in its name is that of the only run; one with another name is not', () => {
  const dated = findRuns([tree('a/OUTCAR.gz', 'a/vasprun.xml_11_19_39on29_01_24.gz', 'b/OUTCAR', 'b/vasprun_Si.xml')]);
  expect(filesByRun(dated)).toEqual({
    'a/OUTCAR.gz': { outcar: 'OUTCAR.gz', vasprun: 'vasprun.xml_11_19_39on29_01_24.gz' },
    'b/OUTCAR': { outcar: 'OUTCAR' },
    'b/vasprun_Si.xml': { vasprun: 'vasprun_Si.xml' },
  });
});

test('large files beside a run are told with the run of their suffix and make none by themselves', () => {
  const found = findRuns([
    tree('a/OUTCAR', 'a/CHGCAR', 'a/AECCAR0', 'a/DOSCAR.gz', 'a/ACF.dat', 'a/EIGENVAL.relax1', 'b/LOCPOT', 'b/CHGCAR'),
  ]);
  expect(found.runs.map(({ id, companions }) => [id, companions])).toEqual([
    [
      'a/OUTCAR',
      [
        { path: 'a/ACF.dat', format: 'acf' },
        { path: 'a/AECCAR0', format: 'chgcar' },
        { path: 'a/CHGCAR', format: 'chgcar' },
        { path: 'a/DOSCAR.gz', format: 'doscar' },
      ],
    ],
  ]);
  expect(found.issues).toEqual([]);
  expect(found.inputOnly).toEqual([]);
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
