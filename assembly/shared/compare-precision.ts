/**
 * Rows for how well the same Hamiltonian was solved: cutoff, spin, PREC and its friends, smearing, dipole correction,
 * convergence, version (SCIENCE §11).
 *
 * The mistake avoided here: comparing ENAUG where nobody set it. OUTCAR prints the largest EAUG of the POTCARs in use, so
 * that bulk Li beside an oxide slab has another one without any difference in the settings.
 */
import type { Calculation } from '../../model/calculation.ts';
import {
  agreeTogether,
  compared,
  mustAgree,
  type Pair,
  type Row,
  type Side,
  textOf,
  worseOf,
} from './setting-comparison.ts';
import { MAGNETIC_LIMIT_BOHR, type SettingsSummary } from './settings-summary.ts';
import { told, toldNumber } from './told-settings.ts';

/** 520.1 − 520 is a little above 0.1 in binary. */
const ENCUT_TOLERANCE_EV = 0.1 + 1e-9;
const TETRAHEDRON = -5;
/** From coarse to fine: Low, Single, Medium, Normal, High, Accurate. */
const PRECISIONS = 'LSMNHA';

export function cutoffRow(pair: Pair): Row {
  const [one, other] = numbersOf(pair, 'ENCUT');
  const text = (value?: number): string | undefined => (value === undefined ? undefined : `${value} eV`);
  return compared({
    item: 'cutoff',
    tag: 'ENCUT',
    code: 'E_ENCUT',
    pair,
    values: [text(one), text(other)],
    agree: one !== undefined && other !== undefined && Math.abs(one - other) <= ENCUT_TOLERANCE_EV,
    worse: lower(one, other),
    asked: [`ENCUT = ${one}`, `ENCUT = ${other}`],
  });
}

/** Spin makes no difference where nothing is magnetic; a total of zero does not exclude antiferromagnets. */
export function spinRow(pair: Pair): Row {
  const rule = { item: 'spin', code: 'W_ISPIN', pair } as const;
  const row = mustAgree(rule, 'ISPIN', '2');
  if (row.issues.length === 0) return row;
  const polarised = [pair.left, pair.right].find(({ calculation }) => told(calculation, 'ISPIN') === 2);
  const final = polarised?.calculation.final;
  const moment = final?.maxAtomMagnetisationBohr ?? final?.totalMagnetisationBohr;
  const isMagnetic = moment === undefined || Math.abs(moment) >= MAGNETIC_LIMIT_BOHR;
  if (isMagnetic) return row;
  const text = (value?: string): string => (value === '2' ? '2 (not magnetic)' : `${value}`);
  return compared({ ...rule, tag: 'ISPIN', values: [text(row.left), text(row.right)], agree: true });
}

export function precisionRows(pair: Pair): Row[] {
  const rule = { item: 'precision', code: 'W_PRECISION', pair } as const;
  const projections = [projectionOf(pair.left), projectionOf(pair.right)] as const;
  return [
    precisionNameRow(pair),
    compared({ ...rule, tag: 'LREAL', values: projections, worse: worseOf(projections, 'false') }),
    ...['LASPH', 'ADDGRID'].map((tag) => mustAgree(rule, tag, 'true')),
    ...(augmentationIsOfThePotcars(pair) ? [] : augmentationRow(pair)),
  ];
}

function augmentationRow(pair: Pair): Row[] {
  const [one, other] = numbersOf(pair, 'ENAUG');
  if (one === undefined || other === undefined) return [];
  // OUTCAR prints one decimal of what vasprun.xml has in full.
  const agree = Math.abs(one - other) <= ENCUT_TOLERANCE_EV;
  const values = [String(one), String(other)] as const;
  return [compared({ item: 'precision', tag: 'ENAUG', code: 'W_PRECISION', pair, values, agree })];
}

/** VASP knows PREC by its first letter, and prints six of them. */
function precisionNameRow(pair: Pair): Row {
  const [one, other] = [textOf(pair.left, 'PREC'), textOf(pair.right, 'PREC')];
  const rank = (name = ''): number => PRECISIONS.indexOf(name[0]?.toUpperCase() ?? '');
  return compared({
    item: 'precision',
    tag: 'PREC',
    code: 'W_PRECISION',
    pair,
    values: [one, other],
    agree: one?.[0]?.toUpperCase() === other?.[0]?.toUpperCase(),
    worse: lower(rank(one), rank(other)),
  });
}

/** OUTCAR prints T for `Auto` and `On` alike. */
function projectionOf({ calculation }: SettingsSummary): string | undefined {
  const value = told(calculation, 'LREAL');
  if (value === undefined) return undefined;
  return value === false ? 'false' : 'true';
}

/** Whether the side with the higher ENAUG holds a POTCAR that the other does not, which can be where it comes from. */
function augmentationIsOfThePotcars(pair: Pair): boolean {
  const [one, other] = numbersOf(pair, 'ENAUG');
  if (one === undefined || other === undefined || one === other) return false;
  const [higher, below] = one > other ? [pair.left, pair.right] : [pair.right, pair.left];
  return [...higher.titles()].some(([element, title]) => below.titles().get(element) !== title);
}

/** SIGMA means nothing to the tetrahedron method. */
export function smearingRows(pair: Pair): Row[] {
  const sides = [pair.left, pair.right];
  const areTetrahedron = sides.every(({ calculation }) => told(calculation, 'ISMEAR') === TETRAHEDRON);
  const rule = { item: 'smearing', code: 'W_SMEARING', pair } as const;
  return [agreeTogether(rule, areTetrahedron ? ['ISMEAR'] : ['ISMEAR', 'SIGMA'])];
}

export function dipoleRow(pair: Pair): Row {
  // Nobody switches a correction off to compare two slabs.
  const worse = worseOf([textOf(pair.left, 'LDIPOL'), textOf(pair.right, 'LDIPOL')], 'true');
  return agreeTogether({ item: 'dipole-correction', code: 'W_DIPOLE', pair }, ['LDIPOL', 'IDIPOL'], worse);
}

/** The subtracted calculation must be converged as tightly as the other one, or tighter. */
export function convergenceRows(pair: Pair): Row[] {
  const rule = { item: 'convergence', code: 'W_CONVERGENCE', pair } as const;
  const [one, other] = numbersOf(pair, 'EDIFF');
  const text = (value?: number): string | undefined => (value === undefined ? undefined : `${value} eV`);
  const electronic = compared({
    ...rule,
    tag: 'EDIFF',
    values: [text(one), text(other)],
    agree: one !== undefined && other !== undefined && other <= one,
    asked: [`EDIFF = ${one}`, `EDIFF = ${other}`],
  });
  if (pair.kind === 'slab-pair') return [electronic, ...forceLimitRows(pair), ...symmetryRows(pair)];
  return pair.kind === 'bulk-reference' ? [electronic, ...forceLimitRows(pair)] : [electronic];
}

/** EDIFFG says something about relaxations only; below zero it is a force, above zero an energy. */
function forceLimitRows(pair: Pair): Row[] {
  const [one, other] = [relaxationLimit(pair.left.calculation), relaxationLimit(pair.right.calculation)];
  if (one === undefined || other === undefined) return [];
  const isLooser = one < 0 && other < 0 ? other < one : Math.sign(one) !== Math.sign(other) || other > one;
  const values = [String(one), String(other)] as const;
  return [compared({ item: 'convergence', code: 'W_CONVERGENCE', pair, tag: 'EDIFFG', values, agree: !isLooser })];
}

function relaxationLimit(calculation: Calculation): number | undefined {
  const [ibrion, steps] = [toldNumber(calculation, 'IBRION'), toldNumber(calculation, 'NSW')];
  const relaxes = ibrion !== undefined && ibrion >= 1 && ibrion <= 3 && steps !== undefined && steps > 0;
  return relaxes ? toldNumber(calculation, 'EDIFFG') : undefined;
}

/** Without symmetry nothing is averaged: a reference that uses it where the other does not is the looser one. */
function symmetryRows(pair: Pair): Row[] {
  const [one, other] = numbersOf(pair, 'ISYM');
  if (one === undefined || other === undefined) return [];
  const agree = one > 0 || other <= 0;
  const values = [String(one), String(other)] as const;
  return [compared({ item: 'convergence', code: 'W_CONVERGENCE', pair, tag: 'ISYM', values, agree })];
}

export function versionRow(pair: Pair): Row {
  const [one, other] = [pair.left.calculation.version, pair.right.calculation.version];
  const major = (version?: string): string | undefined => version?.split('.')[0];
  const row = compared({
    item: 'version',
    tag: 'VASP',
    code: 'W_VERSION',
    pair,
    values: [one, other],
    agree: major(one) === major(other),
    asked: [`VASP ${one}`, `VASP ${other}`],
  });
  // A missing header is told with the calculation itself (W_NO_VERSION).
  return { ...row, silent: [] };
}

function numbersOf({ left, right }: Pair, tag: string): readonly [number | undefined, number | undefined] {
  return [toldNumber(left.calculation, tag), toldNumber(right.calculation, tag)];
}

/** The side with the lower number, which is the coarser calculation. */
function lower(left: number | undefined, right: number | undefined): Side | undefined {
  if (left === undefined || right === undefined || left === right) return undefined;
  return left < right ? 'left' : 'right';
}
