/**
 * May these two calculations be subtracted? Each rule of SCIENCE §11 compares one group of settings and names the tag
 * that differs with both values. Errors block the difference, warnings lower its quality.
 *
 * A tag that one of the two does not tell is no agreement: it is reported as not comparable.
 */
import type { Calculation, Potcar } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { dispersionFindings } from './shared/dispersion.ts';
import { compareFunctionals, functionalOf } from './shared/functional.ts';
import { hubbardByElement } from './shared/hubbard.ts';
import { meshFindings } from './shared/kpoint-mesh.ts';
import {
  asIssues,
  difference,
  type Finding,
  mayNotDiffer,
  mustAgree,
  notTold,
  type Pair,
  told,
  toldNumber,
} from './shared/setting-comparison.ts';
import { chargeIssue, elementOf } from './usable-energy.ts';

/** What the two calculations are to each other; decides which rules apply. */
export type PairKind = 'slab-pair' | 'atom-reference' | 'bulk-reference' | 'path-image';

/** 520.1 − 520 is a little above 0.1 in binary. */
const ENCUT_TOLERANCE_EV = 0.1 + 1e-9;
const MAGNETIC_LIMIT_BOHR = 0.05;
const TETRAHEDRON = -5;
const ELECTRON_TOLERANCE = 1e-3;

/** Issues of subtracting `right` from `left`; empty when every rule passes. */
export function compatibilityIssues(left: Calculation, right: Calculation, kind: PairKind): Issue[] {
  const pair = { left, right };
  const isAtom = kind === 'atom-reference';
  const isOfSlabs = kind === 'slab-pair' || kind === 'path-image';
  return asIssues([
    ...hamiltonianFindings(pair),
    ...potcarFindings(pair),
    ...cutoffFindings(pair),
    ...dispersionFindings(pair),
    ...hubbardFindings(pair),
    ...(kind === 'slab-pair' ? cellFindings(pair) : []),
    ...(kind === 'path-image' ? electronFindings(pair) : []),
    ...(isAtom ? [] : spinFindings(pair)),
    ...precisionFindings(pair),
    ...(isOfSlabs ? [...smearingFindings(pair), ...dipoleFindings(pair)] : []),
    ...(isAtom ? [] : meshFindings(pair, isOfSlabs ? 'mesh' : 'density')),
    ...convergenceFindings(pair, kind),
    ...versionFindings(pair),
    ...[left, right].flatMap((calculation) => chargeIssue(calculation) ?? []),
  ]);
}

function hamiltonianFindings(pair: Pair): Finding[] {
  const [one, other] = [functionalOf(pair.left), functionalOf(pair.right)];
  const compared = compareFunctionals(one, other);
  const hybrid = pair.left.settings.LHFCALC === true && pair.right.settings.LHFCALC === true;
  return [
    ...(compared === 'unknown' ? notTold('GGA', pair, (calculation) => functionalOf(calculation).name) : []),
    ...(Array.isArray(compared) ? [difference('E_XC', 'GGA', pair, [compared[0], compared[1]])] : []),
    ...['METAGGA', 'LHFCALC', 'LUSE_VDW'].flatMap((tag) => mustAgree('E_XC', tag, pair)),
    ...(hybrid ? ['AEXX', 'HFSCREEN'].flatMap((tag) => mayNotDiffer('E_XC', tag, pair)) : []),
    ...['LSORBIT', 'LSOL'].flatMap((tag) => mustAgree('E_HAMILTONIAN', tag, pair)),
  ];
}

/** Every element that both hold must have the same POTCARs, dates and suffixes included. */
function potcarFindings(pair: Pair): Finding[] {
  const unknown = notTold('POTCAR', pair, ({ potcars }) => potcars[0]);
  if (unknown.length > 0) return unknown;
  const [one, other] = [titlesByElement(pair.left.potcars), titlesByElement(pair.right.potcars)];
  return [...one].flatMap(([element, left]) => {
    const right = other.get(element);
    return right === undefined || right === left ? [] : [difference('E_POTCAR', element, pair, [left, right])];
  });
}

function titlesByElement(potcars: readonly Potcar[]): ReadonlyMap<string, string> {
  const byElement = new Map<string, Set<string>>();
  for (const { title } of potcars) {
    const element = elementOf(title) ?? 'POTCAR';
    byElement.set(element, (byElement.get(element) ?? new Set()).add(title.trim().replaceAll(/\s+/g, ' ')));
  }
  return new Map([...byElement].map(([element, titles]) => [element, [...titles].sort().join(' and ')]));
}

function cutoffFindings(pair: Pair): Finding[] {
  const [one, other] = [toldNumber(pair.left, 'ENCUT'), toldNumber(pair.right, 'ENCUT')];
  if (one === undefined || other === undefined) {
    return notTold('ENCUT', pair, (calculation) => toldNumber(calculation, 'ENCUT'));
  }
  if (Math.abs(one - other) <= ENCUT_TOLERANCE_EV) return [];
  return [difference('E_ENCUT', 'ENCUT', pair, [`${one} eV`, `${other} eV`])];
}

function hubbardFindings(pair: Pair): Finding[] {
  const [one, other] = [hubbardByElement(pair.left), hubbardByElement(pair.right)];
  if (one === undefined || other === undefined) {
    // A switch that is on in one calculation and off in the other differs, whatever the lists would say.
    const switches = mayNotDiffer('E_LDAU', 'LDAU', pair);
    return switches.length > 0 ? switches : notTold('LDAU', pair, hubbardByElement);
  }
  const elements = new Set(pair.left.potcars.flatMap((potcar) => elementOf(potcar.title) ?? []));
  const shared = [...elements].filter((element) =>
    pair.right.potcars.some((potcar) => elementOf(potcar.title) === element),
  );
  return shared.flatMap((element) => {
    const [left, right] = [one.get(element) ?? 'none', other.get(element) ?? 'none'];
    return left === right ? [] : [difference('E_LDAU', `U of ${element}`, pair, [left, right])];
  });
}

/** Images of one path hold the same atoms: with another number of electrons they are another system. */
function electronFindings(pair: Pair): Finding[] {
  const [one, other] = [toldNumber(pair.left, 'NELECT'), toldNumber(pair.right, 'NELECT')];
  if (one === undefined || other === undefined || Math.abs(one - other) <= ELECTRON_TOLERANCE) return [];
  return [difference('E_NELECT', 'NELECT', pair, [String(one), String(other)])];
}

function cellFindings({ left, right }: Pair): Issue[] {
  if (left.structure === undefined || right.structure === undefined) return [];
  const mismatch = cellMismatch(left.structure.latticeAngstrom, right.structure.latticeAngstrom);
  return mismatch === undefined ? [] : [issue('E_CELL_MISMATCH', mismatch, { file: right.id })];
}

/** Spin makes no difference where nothing is magnetic; a total of zero does not exclude antiferromagnets. */
function spinFindings(pair: Pair): Finding[] {
  const findings = mustAgree('W_ISPIN', 'ISPIN', pair);
  const polarised = [pair.left, pair.right].find((calculation) => told(calculation, 'ISPIN') === 2);
  const moment = polarised?.final?.maxAtomMagnetisationBohr ?? polarised?.final?.totalMagnetisationBohr;
  const isMagnetic = moment === undefined || Math.abs(moment) >= MAGNETIC_LIMIT_BOHR;
  return findings.filter((finding) => !('code' in finding) || isMagnetic);
}

function precisionFindings(pair: Pair): Finding[] {
  const [one, other] = [projectionOf(pair.left), projectionOf(pair.right)];
  const projection =
    one === undefined || other === undefined
      ? notTold('LREAL', pair, projectionOf)
      : one === other
        ? []
        : [difference('W_PRECISION', 'LREAL', pair, [one, other])];
  return [
    ...precisionNameFindings(pair),
    ...projection,
    ...['LASPH', 'ADDGRID'].flatMap((tag) => mustAgree('W_PRECISION', tag, pair)),
    ...mayNotDiffer('W_PRECISION', 'ENAUG', pair),
  ];
}

/** VASP knows PREC by its first letter, and prints six of them. */
function precisionNameFindings(pair: Pair): Finding[] {
  const letterOf = (calculation: Calculation): string | undefined => {
    const value = told(calculation, 'PREC');
    return typeof value === 'string' ? value[0]?.toUpperCase() : undefined;
  };
  const [one, other] = [letterOf(pair.left), letterOf(pair.right)];
  if (one === undefined || other === undefined) return notTold('PREC', pair, letterOf);
  if (one === other) return [];
  return [difference('W_PRECISION', 'PREC', pair, [String(told(pair.left, 'PREC')), String(told(pair.right, 'PREC'))])];
}

/** OUTCAR prints T for `Auto` and `On` alike. */
function projectionOf(calculation: Calculation): string | undefined {
  const value = told(calculation, 'LREAL');
  if (value === undefined) return undefined;
  return value === false ? 'false' : 'true';
}

/** SIGMA means nothing to the tetrahedron method. */
function smearingFindings(pair: Pair): Finding[] {
  const bothTetrahedron = [pair.left, pair.right].every((calculation) => told(calculation, 'ISMEAR') === TETRAHEDRON);
  const tags = bothTetrahedron ? ['ISMEAR'] : ['ISMEAR', 'SIGMA'];
  return tags.flatMap((tag) => mustAgree('W_SMEARING', tag, pair));
}

function dipoleFindings(pair: Pair): Finding[] {
  return ['LDIPOL', 'IDIPOL'].flatMap((tag) => mustAgree('W_DIPOLE', tag, pair));
}

/** The subtracted calculation must be converged as tightly as the other one, or tighter. */
function convergenceFindings(pair: Pair, kind: PairKind): Finding[] {
  const [one, other] = [toldNumber(pair.left, 'EDIFF'), toldNumber(pair.right, 'EDIFF')];
  const electronic =
    one === undefined || other === undefined
      ? notTold('EDIFF', pair, (calculation) => toldNumber(calculation, 'EDIFF'))
      : other > one
        ? [difference('W_CONVERGENCE', 'EDIFF', pair, [`${one} eV`, `${other} eV`])]
        : [];
  if (kind === 'slab-pair') return [...electronic, ...forceLimitFindings(pair), ...symmetryFindings(pair)];
  return kind === 'bulk-reference' ? [...electronic, ...forceLimitFindings(pair)] : electronic;
}

/** EDIFFG says something about relaxations only; below zero it is a force, above zero an energy. */
function forceLimitFindings(pair: Pair): Issue[] {
  const [one, other] = [relaxationLimit(pair.left), relaxationLimit(pair.right)];
  if (one === undefined || other === undefined) return [];
  const isLooser = one < 0 && other < 0 ? other < one : Math.sign(one) !== Math.sign(other) || other > one;
  return isLooser ? [difference('W_CONVERGENCE', 'EDIFFG', pair, [String(one), String(other)])] : [];
}

function relaxationLimit(calculation: Calculation): number | undefined {
  const [ibrion, steps] = [toldNumber(calculation, 'IBRION'), toldNumber(calculation, 'NSW')];
  const relaxes = ibrion !== undefined && ibrion >= 1 && ibrion <= 3 && steps !== undefined && steps > 0;
  return relaxes ? toldNumber(calculation, 'EDIFFG') : undefined;
}

/** Without symmetry nothing is averaged: a reference that uses it where the other does not is the looser one. */
function symmetryFindings(pair: Pair): Issue[] {
  const [one, other] = [toldNumber(pair.left, 'ISYM'), toldNumber(pair.right, 'ISYM')];
  if (one === undefined || other === undefined || one > 0 || other <= 0) return [];
  return [difference('W_CONVERGENCE', 'ISYM', pair, [String(one), String(other)])];
}

function versionFindings(pair: Pair): Issue[] {
  const { left, right } = pair;
  const [one, other] = [left.version?.split('.')[0], right.version?.split('.')[0]];
  if (one === undefined || other === undefined || one === other) return [];
  return [difference('W_VERSION', 'VASP', pair, [left.version ?? '', right.version ?? ''])];
}
