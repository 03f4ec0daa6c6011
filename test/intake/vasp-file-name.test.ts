import { expect, test } from 'vitest';
import { companionFileName, isAskedForBeside, stageOrder, vaspFileName } from '../../intake/vasp-file-name.ts';

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
  ['vasprun.xml', 'vasprun', '', ''],
  ['vasprun.lifepo4.xml.gz', 'vasprun', '.lifepo4', ''],
  // The mark stands before or behind the extension.
  ['vasprun.relax2.xml', 'vasprun', '', '.relax2'],
  ['vasprun.xml.relax2.gz', 'vasprun', '', '.relax2'],
  ['vasprun.1.xml', 'vasprun', '', '.1'],
  ['vasprun.xml-001', 'vasprun', '-001', ''],
  ['vasprun-001.xml', 'vasprun', '-001', ''],
  ['vasprun_Si.xml', 'vasprun', '_Si', ''],
  ['vasprun_Si.relax1.xml.xz', 'vasprun', '_Si', '.relax1'],
  ['vasprun.h2o.md.10.xml', 'vasprun', '.h2o.md.10', ''],
  ['OUTCAR.h2o.md.10', 'outcar', '.h2o.md.10', ''],
  ['vaspout.h5', 'vaspout', '', ''],
  ['vaspout.line_mode.h5.gz', 'vaspout', '.line_mode', ''],
  ['neb.dat', 'neb-dat', '', ''],
])('%s is %s of the run "%s" at the stage "%s"', (name, kind, series, stage) => {
  expect(vaspFileName(name)).toMatchObject({ kind, series, stage });
});

test.each([
  ['XDATCAR', 'xdatcar', '', ''],
  ['DOSCAR.gz', 'doscar', '', ''],
  ['EIGENVAL.relax1.gz', 'eigenval', '', '.relax1'],
  ['AECCAR0', 'chgcar', '', ''],
  ['CHG', 'chgcar', '', ''],
  ['CHGCAR_ZnO', 'chgcar', '_ZnO', ''],
  ['LOCPOT.test', 'locpot', '.test', ''],
  ['ACF.dat', 'acf', '', ''],
  ['IBZKPT', 'ibzkpt', '', ''],
  ['REPORT', 'report', '', ''],
  ['nebef.dat', 'nebef-dat', '', ''],
])('%s is %s beside the run "%s" at the stage "%s", and is not read for a screening', (name, kind, series, stage) => {
  expect(companionFileName(name)).toMatchObject({ kind, series, stage });
  expect(vaspFileName(name)).toBeUndefined();
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
  'vasprun.xml.json',
  'vaspout.h5.py',
  'plot_vaspout.h5.png',
  'myvasprun.xml',
  'other.h5',
  'CHGCAR.cif',
  'CHGCARS',
  'REPORT.md',
  'spline.dat.old',
])('%s is no file of a run', (name) => {
  expect(vaspFileName(name)).toBeUndefined();
  expect(companionFileName(name)).toBeUndefined();
});

test.each([
  ['LOCPOT', true],
  ['CHGCAR.gz', true],
  ['CHGCAR_ZnO', true],
  ['DOSCAR', true],
  ['ACF.dat', true],
  ['AECCAR0', false],
  ['CHG', false],
  ['PARCHG', false],
  ['XDATCAR', false],
  ['OUTCAR', false],
])('whether %s is asked for beside a run: %s', (name, asked) => {
  expect(isAskedForBeside(name)).toBe(asked);
});

test('the stages of a run follow each other: backup, relaxations by number, static run, the standard name', () => {
  const stages = ['.orig', '.relax1', '.relax2', '.relax10', '.static', ''];
  const orders = stages.map(stageOrder);
  expect(orders).toEqual([...orders].sort((a, b) => a - b));
  expect(new Set(orders).size).toBe(stages.length);
});
