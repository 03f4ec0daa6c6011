import { expect, test } from 'vitest';
import { stageOrder, vaspFileName } from '../../intake/vasp-file-name.ts';

test.each([
  ['OUTCAR', 'outcar', '', ''],
  ['OUTCAR.gz', 'outcar', '', ''],
  ['OUTCAR.relax1.gz', 'outcar', '', '.relax1'],
  ['OUTCAR.relax', 'outcar', '', '.relax'],
  ['OUTCAR.1', 'outcar', '', '.1'],
  ['OUTCAR.static', 'outcar', '', '.static'],
  ['OUTCAR_static', 'outcar', '', '_static'],
  ['POSCAR.orig.gz', 'poscar', '', '.orig'],
  ['OUTCAR_ZnO', 'outcar', '_ZnO', ''],
  ['OUTCAR_ZnO.relax2', 'outcar', '_ZnO', '.relax2'],
  ['OUTCAR.test', 'outcar', '.test', ''],
  ['6362_OUTCAR', 'outcar', '6362_', ''],
  ['OUTCAR_10', 'outcar', '_10', ''],
  // A version number and a date are no stages.
  ['OUTCAR.vasp.6.2.0.gz', 'outcar', '.vasp.6.2.0', ''],
  ['OUTCAR.20240131', 'outcar', '.20240131', ''],
  ['CONTCARep1', 'contcar', 'ep1', ''],
  ['POSCAR1', 'poscar', '1', ''],
  ['spinel_MnO2_POSCAR', 'poscar', 'spinel_MnO2_', ''],
  ['vasprun.xml', 'not-read', '', ''],
  ['vasprun.lifepo4.xml.gz', 'not-read', 'lifepo4', ''],
  ['vaspout.h5', 'not-read', '', ''],
  ['neb.dat', 'neb-dat', '', ''],
])('%s is %s of the run "%s" at the stage "%s"', (name, kind, series, stage) => {
  expect(vaspFileName(name)).toMatchObject({ kind, series, stage });
});

test.each([
  'OUTCAR.py',
  'parse_OUTCAR.py',
  'OUTCAR~',
  'OUTCAR.tar.gz',
  'POSCAR.cif',
  'outcar',
  'OUTCARS',
  'MYOUTCAR',
  'README',
  'POTCAR',
  'neb.dat.png',
])('%s is no file of a run', (name) => {
  expect(vaspFileName(name)).toBeUndefined();
});

test('the stages of a run follow each other: backup, relaxations by number, static run, the standard name', () => {
  const stages = ['.orig', '.relax1', '.relax2', '.relax10', '.static', ''];
  const orders = stages.map(stageOrder);
  expect(orders).toEqual([...orders].sort((a, b) => a - b));
  expect(new Set(orders).size).toBe(stages.length);
});
