/**
 * What a calculation tells about a setting, and how a difference of two is put into words.
 *
 * OUTCAR leaves out tags that stand at VASP's default (IVDW, LDAU, ADDGRID, …), and an INCAR holds only what was asked
 * for. The mistakes avoided here: taking "not printed" for "unknown" in a file that tells its settings, and taking
 * "unknown" for the default in one that tells none (an OSZICAR without INCAR).
 */
import type { Calculation, FileFormat, SettingValue } from '../../model/calculation.ts';
import { type Issue, type IssueCode, issue } from '../../model/issues.ts';

/** Two calculations of which `right` is subtracted from `left`. */
export interface Pair {
  readonly left: Calculation;
  readonly right: Calculation;
}

/** A setting that a calculation does not tell. */
export interface NotTold {
  readonly tag: string;
  readonly calculation: Calculation;
}

export type Finding = Issue | NotTold;

/** Issues whose details are a tag and its two values. */
export type DifferenceCode = Extract<
  IssueCode,
  | 'E_XC'
  | 'E_HAMILTONIAN'
  | 'E_POTCAR'
  | 'E_ENCUT'
  | 'E_VDW'
  | 'E_LDAU'
  | 'E_NELECT'
  | 'E_KMESH'
  | 'W_KMESH'
  | 'W_ISPIN'
  | 'W_PRECISION'
  | 'W_SMEARING'
  | 'W_CONVERGENCE'
  | 'W_DIPOLE'
  | 'W_VERSION'
>;

/** VASP's defaults of tags that an OUTCAR may leave out. */
const DEFAULTS: Readonly<Record<string, SettingValue>> = {
  METAGGA: '--',
  LHFCALC: false,
  LUSE_VDW: false,
  LSORBIT: false,
  LSOL: false,
  LDAU: false,
  ADDGRID: false,
  LDIPOL: false,
  IDIPOL: 0,
};

/** Formats that print every setting in use; vaspout.h5 and INCAR hold only what was asked for. */
const TELLS_USED: ReadonlySet<FileFormat> = new Set(['outcar', 'vasprun-xml']);

/** Defaults of tags that every OUTCAR prints: they hold only where what was asked for is all there is. */
const INCAR_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  ISPIN: 1,
  ISMEAR: 1,
  SIGMA: 0.2,
  EDIFF: 1e-4,
  PREC: 'Normal',
  LREAL: false,
  LASPH: false,
};

/** Whether the files tell the settings at all. */
export function tellsSettings(calculation: Calculation): boolean {
  return Object.keys(calculation.settings).length > 0;
}

/** The value VASP used; undefined when the files do not tell. */
export function told(calculation: Calculation, tag: string): SettingValue | undefined {
  const value = calculation.settings[tag];
  if (value !== undefined || !tellsSettings(calculation)) return value;
  return DEFAULTS[tag] ?? (TELLS_USED.has(calculation.source) ? undefined : INCAR_DEFAULTS[tag]);
}

export function toldNumber(calculation: Calculation, tag: string): number | undefined {
  const value = told(calculation, tag);
  return typeof value === 'number' ? value : undefined;
}

/** Values must be equal; one that is not told is said to be so. */
export function mustAgree(code: DifferenceCode, tag: string, pair: Pair): Finding[] {
  const unknown = notTold(tag, pair, (calculation) => told(calculation, tag));
  return unknown.length > 0 ? unknown : mayNotDiffer(code, tag, pair);
}

/** Values must be equal where both are told. */
export function mayNotDiffer(code: DifferenceCode, tag: string, pair: Pair): Issue[] {
  const [one, other] = [told(pair.left, tag), told(pair.right, tag)];
  if (one === undefined || other === undefined || String(one) === String(other)) return [];
  return [difference(code, tag, pair, [String(one), String(other)])];
}

/** `values`: of the left and of the right calculation, as text. */
export function difference(
  code: DifferenceCode,
  tag: string,
  pair: Pair,
  [left, right]: readonly [string, string],
): Issue {
  return issue(code, { tag, left, right }, { file: pair.right.id });
}

export function notTold(tag: string, pair: Pair, value: (calculation: Calculation) => unknown): NotTold[] {
  return [pair.left, pair.right]
    .filter((calculation) => value(calculation) === undefined)
    .map((calculation) => ({ tag, calculation }));
}

/** One issue per calculation with all the tags that it does not tell. */
export function asIssues(findings: readonly Finding[]): Issue[] {
  const unknown = new Map<Calculation, Set<string>>();
  const issues: Issue[] = [];
  for (const finding of findings) {
    if ('code' in finding) issues.push(finding);
    else unknown.set(finding.calculation, (unknown.get(finding.calculation) ?? new Set()).add(finding.tag));
  }
  for (const [{ id }, tags] of unknown) {
    issues.push(issue('W_SETTINGS_UNKNOWN', { tag: [...tags].join(', '), calculation: id }, { file: id }));
  }
  return issues;
}
