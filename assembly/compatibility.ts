/**
 * May these two calculations be subtracted? Each rule of SCIENCE §11 compares one group of settings and names the tag
 * that differs with both values. Errors block the difference, warnings lower its quality.
 *
 * A tag that one of the two does not tell is no agreement: it is reported as not comparable.
 */
import type { Calculation, SettingValue } from '../model/calculation.ts';
import { type Issue, type IssueCode, issue } from '../model/issues.ts';
import { meshIssues } from './shared/kpoint-mesh.ts';
import { elementOf } from './usable-energy.ts';

/** What the two calculations are to each other; decides which rules apply. */
export type PairKind = 'slab-pair' | 'atom-reference' | 'bulk-reference' | 'path-image';

type DifferenceCode = Extract<
  IssueCode,
  | 'E_XC'
  | 'E_POTCAR'
  | 'E_ENCUT'
  | 'E_VDW'
  | 'E_LDAU'
  | 'W_ISPIN'
  | 'W_PRECISION'
  | 'W_SMEARING'
  | 'W_CONVERGENCE'
  | 'W_DIPOLE'
  | 'W_VERSION'
>;

const ENCUT_TOLERANCE_EV = 0.1;
const MAGNETIC_LIMIT_BOHR = 0.05;
const DISPERSION_TAGS = ['VDW_S6', 'VDW_S8', 'VDW_SR', 'VDW_A1', 'VDW_A2', 'VDW_D', 'VDW_R0', 'Zab_VDW'];

/** Issues of subtracting `right` from `left`; empty when every rule passes. */
export function compatibilityIssues(left: Calculation, right: Calculation, kind: PairKind): Issue[] {
  return [
    ...functionalIssues(left, right),
    ...potcarIssues(left, right),
    ...cutoffIssues(left, right),
    ...dispersionIssues(left, right),
    ...hubbardIssues(left, right),
    ...spinIssues(left, right, kind),
    ...precisionIssues(left, right),
    ...smearingIssues(left, right, kind),
    ...(kind === 'atom-reference' ? [] : meshIssues(left, right, kind === 'bulk-reference' ? 'density' : 'mesh')),
    ...(kind === 'slab-pair' ? dipoleIssues(left, right) : []),
    ...convergenceIssues(left, right),
    ...versionIssues(left, right),
  ];
}

function functionalIssues(left: Calculation, right: Calculation): Issue[] {
  const issues: Issue[] = [];
  const exchange = ['LEXCH', 'GGA'].find(
    (tag) => left.settings[tag] !== undefined && right.settings[tag] !== undefined,
  );
  // LEXCH is what VASP resolved GGA and POTCAR to; GGA alone can be `--` (take the POTCAR's).
  if (exchange === undefined) issues.push(...unknown('GGA', left, right, ['LEXCH', 'GGA']));
  else issues.push(...compare('E_XC', exchange, left, right));
  issues.push(...compare('E_XC', 'METAGGA', left, right, '--'));
  issues.push(...compare('E_XC', 'LHFCALC', left, right, false));
  issues.push(...compare('E_XC', 'LUSE_VDW', left, right, false));
  if (left.settings.LHFCALC === true && right.settings.LHFCALC === true) {
    issues.push(...compare('E_XC', 'AEXX', left, right), ...compare('E_XC', 'HFSCREEN', left, right));
  }
  return issues;
}

function potcarIssues(left: Calculation, right: Calculation): Issue[] {
  if (left.potcars.length === 0 || right.potcars.length === 0) {
    const missing = left.potcars.length === 0 ? left : right;
    return [issue('W_SETTINGS_UNKNOWN', { tag: 'POTCAR', calculation: missing.id }, { file: missing.id })];
  }
  const issues: Issue[] = [];
  for (const potcar of left.potcars) {
    const element = elementOf(potcar.title);
    const partners = right.potcars.filter((other) => elementOf(other.title) === element);
    if (partners.length === 0 || partners.some((other) => other.title === potcar.title)) continue;
    issues.push(difference('E_POTCAR', element ?? 'POTCAR', potcar.title, partners[0]?.title ?? '', right));
  }
  return issues;
}

function cutoffIssues(left: Calculation, right: Calculation): Issue[] {
  const one = left.settings.ENCUT;
  const other = right.settings.ENCUT;
  if (typeof one !== 'number' || typeof other !== 'number') return unknown('ENCUT', left, right, ['ENCUT']);
  if (Math.abs(one - other) <= ENCUT_TOLERANCE_EV) return [];
  return [difference('E_ENCUT', 'ENCUT', `${one} eV`, `${other} eV`, right)];
}

function dispersionIssues(left: Calculation, right: Calculation): Issue[] {
  const one = dispersionMethod(left);
  const other = dispersionMethod(right);
  if (one !== other) return [difference('E_VDW', 'IVDW', String(one), String(other), right)];
  if (one === 0) return [];
  return DISPERSION_TAGS.flatMap((tag) =>
    left.settings[tag] === undefined || right.settings[tag] === undefined ? [] : compare('E_VDW', tag, left, right),
  );
}

/** IVDW, with its older spellings: LVDW = T acts as 1, and 10 is another name of 1. */
function dispersionMethod(calculation: Calculation): number {
  const ivdw = calculation.settings.IVDW;
  if (typeof ivdw === 'number') return ivdw === 10 ? 1 : ivdw;
  return calculation.settings.LVDW === true ? 1 : 0;
}

function hubbardIssues(left: Calculation, right: Calculation): Issue[] {
  const one = hubbardByElement(left);
  const other = hubbardByElement(right);
  const shared = left.potcars
    .map((potcar) => elementOf(potcar.title))
    .filter((element) => element !== undefined && right.potcars.some((potcar) => elementOf(potcar.title) === element));
  return [...new Set(shared)].flatMap((element) => {
    const uLeft = one.get(element ?? '') ?? 'none';
    const uRight = other.get(element ?? '') ?? 'none';
    return uLeft === uRight ? [] : [difference('E_LDAU', `U of ${element}`, uLeft, uRight, right)];
  });
}

/** Effective +U of each element as text; elements with L = −1 or U = J = 0 have none. */
function hubbardByElement(calculation: Calculation): Map<string, string> {
  const { LDAU, LDAUTYPE, LDAUL, LDAUU, LDAUJ } = calculation.settings;
  const byElement = new Map<string, string>();
  if (LDAU !== true || !isList(LDAUL) || !isList(LDAUU)) return byElement;
  for (const [type, potcar] of calculation.potcars.entries()) {
    const element = elementOf(potcar.title);
    const l = LDAUL[type];
    const u = LDAUU[type] ?? 0;
    const j = isList(LDAUJ) ? (LDAUJ[type] ?? 0) : 0;
    if (element === undefined || l === undefined || l < 0 || (u === 0 && j === 0)) continue;
    byElement.set(element, `U ${u} J ${j} eV, l = ${l}, LDAUTYPE ${String(LDAUTYPE ?? 2)}`);
  }
  return byElement;
}

function spinIssues(left: Calculation, right: Calculation, kind: PairKind): Issue[] {
  if (kind === 'atom-reference' || left.settings.ISPIN === right.settings.ISPIN) return [];
  const polarised = left.settings.ISPIN === 2 ? left : right;
  const moment = polarised.final?.maxAtomMagnetisationBohr ?? polarised.final?.totalMagnetisationBohr;
  if (moment !== undefined && Math.abs(moment) < MAGNETIC_LIMIT_BOHR) return [];
  return compare('W_ISPIN', 'ISPIN', left, right);
}

function precisionIssues(left: Calculation, right: Calculation): Issue[] {
  return [
    ...['PREC', 'LREAL', 'LASPH', 'ENAUG'].flatMap((tag) =>
      left.settings[tag] === undefined || right.settings[tag] === undefined
        ? []
        : compare('W_PRECISION', tag, left, right),
    ),
    ...compare('W_PRECISION', 'ADDGRID', left, right, false),
  ];
}

function smearingIssues(left: Calculation, right: Calculation, kind: PairKind): Issue[] {
  if (kind === 'atom-reference' || kind === 'bulk-reference') return [];
  return ['ISMEAR', 'SIGMA'].flatMap((tag) => compare('W_SMEARING', tag, left, right));
}

function dipoleIssues(left: Calculation, right: Calculation): Issue[] {
  return [...compare('W_DIPOLE', 'LDIPOL', left, right, false), ...compare('W_DIPOLE', 'IDIPOL', left, right, 0)];
}

/** The subtracted calculation must be converged as tightly as the other one, or tighter. */
function convergenceIssues(left: Calculation, right: Calculation): Issue[] {
  const one = left.settings.EDIFF;
  const other = right.settings.EDIFF;
  if (typeof one !== 'number' || typeof other !== 'number' || other <= one) return [];
  return [difference('W_CONVERGENCE', 'EDIFF', `${one} eV`, `${other} eV`, right)];
}

function versionIssues(left: Calculation, right: Calculation): Issue[] {
  const one = left.version?.split('.')[0];
  const other = right.version?.split('.')[0];
  if (one === undefined || other === undefined || one === other) return [];
  return [difference('W_VERSION', 'VASP', left.version ?? '', right.version ?? '', right)];
}

function compare(
  code: DifferenceCode,
  tag: string,
  left: Calculation,
  right: Calculation,
  fallback?: SettingValue,
): Issue[] {
  const one = left.settings[tag] ?? fallback;
  const other = right.settings[tag] ?? fallback;
  if (one === undefined || other === undefined || String(one) === String(other)) return [];
  return [difference(code, tag, String(one), String(other), right)];
}

function difference(code: DifferenceCode, tag: string, left: string, right: string, of: Calculation): Issue {
  return issue(code, { tag, left, right }, { file: of.id });
}

function unknown(tag: string, left: Calculation, right: Calculation, tags: readonly string[]): Issue[] {
  return [left, right]
    .filter((calculation) => tags.every((name) => calculation.settings[name] === undefined))
    .map((calculation) => issue('W_SETTINGS_UNKNOWN', { tag, calculation: calculation.id }, { file: calculation.id }));
}

function isList(value: SettingValue | undefined): value is readonly number[] {
  return Array.isArray(value);
}
