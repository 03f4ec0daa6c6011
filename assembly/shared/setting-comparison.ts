/**
 * Rows of the table of SCIENCE §11: one tag of two calculations, both values as text, and what follows from it.
 *
 * A row is all that is known of a comparison; the verdicts on a link and its issues are both read off it. The mistake
 * avoided here: taking a tag that one of the two does not tell for agreement.
 */
import type { Calculation } from '../../model/calculation.ts';
import { type Issue, type IssueCode, issue } from '../../model/issues.ts';
import type { CompatibilityItem } from '../../model/system.ts';
import type { SettingsSummary } from './settings-summary.ts';
import { told } from './told-settings.ts';

/** What the two calculations are to each other; decides which rules apply. */
export type PairKind = 'slab-pair' | 'atom-reference' | 'bulk-reference' | 'path-image';

/** Two calculations of which `right` is subtracted from `left`. */
export interface Pair {
  readonly left: SettingsSummary;
  readonly right: SettingsSummary;
  readonly kind: PairKind;
}

export interface Row {
  readonly item: CompatibilityItem;
  readonly tag: string;
  /** Absent when the files do not tell. */
  readonly left?: string;
  readonly right?: string;
  /** Empty when the values agree. */
  readonly issues: readonly Issue[];
  /** Calculations of which it is said that they do not tell the tag. */
  readonly silent: readonly Calculation[];
  /** What would have to be run again. */
  readonly rerun?: string;
}

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

export type Side = 'left' | 'right';
export type Values = readonly [left: string | undefined, right: string | undefined];

export interface Comparison {
  readonly item: CompatibilityItem;
  readonly tag: string;
  readonly code: DifferenceCode;
  readonly pair: Pair;
  readonly values: Values;
  /** Whether they agree; by default when the texts are equal. */
  readonly agree?: boolean;
  /** The side that is run again, of two slabs; by default the clean one, which stands behind all its adsorbed slabs. */
  readonly worse?: Side | undefined;
  /** How the value of each side is asked for; by default `TAG = value`. */
  readonly asked?: readonly [left: string, right: string];
}

/** The two values of one tag held against each other. */
export function compared({ item, tag, code, pair, values, agree, worse, asked }: Comparison): Row {
  const [left, right] = values;
  if (left === undefined || right === undefined) return untold(item, tag, pair, values);
  if (agree ?? left === right) return { item, tag, left, right, issues: [], silent: [] };
  const mended = mendedSide(pair, worse);
  const as = asked?.[mended === 'right' ? 0 : 1] ?? `${tag} = ${incarText(mended === 'right' ? left : right)}`;
  return {
    item,
    tag,
    left,
    right,
    issues: [issue(code, { tag, left, right }, { file: pair.right.calculation.id })],
    silent: [],
    rerun: rerun(pair[mended], `with ${as}`),
  };
}

/** A reference is cheaper to run again than the slabs that are held against it. */
export function mendedSide({ kind }: Pair, worse: Side | undefined): Side {
  return kind === 'slab-pair' ? (worse ?? 'right') : 'right';
}

export function rerun({ calculation }: SettingsSummary, how: string): string {
  return `re-run ${calculation.id} ${how}`;
}

/** A tag that at least one of the two does not tell. */
export function untold(item: CompatibilityItem, tag: string, pair: Pair, [left, right]: Values): Row {
  const silent = [
    ...(left === undefined ? [pair.left.calculation] : []),
    ...(right === undefined ? [pair.right.calculation] : []),
  ];
  return { item, tag, ...(left !== undefined && { left }), ...(right !== undefined && { right }), issues: [], silent };
}

export type TagRule = Pick<Comparison, 'item' | 'code' | 'pair'>;

/** Values must be equal; one that is not told is said to be so. `better`: the value that the other is run again with. */
export function mustAgree(rule: TagRule, tag: string, better?: string): Row {
  const values: Values = [textOf(rule.pair.left, tag), textOf(rule.pair.right, tag)];
  return compared({ ...rule, tag, values, worse: better === undefined ? undefined : worseOf(values, better) });
}

/** Values must be equal where both are told. */
export function mayNotDiffer(rule: TagRule, tag: string): Row[] {
  const row = mustAgree(rule, tag);
  return row.silent.length > 0 ? [] : [row];
}

/** Tags that are switched together make one difference, which names those of them that differ. */
/** `worse`: the side that is run again, when that is not the clean slab or the reference. */
export function agreeTogether(rule: TagRule, tags: readonly string[], worse?: Side): Row {
  const rows = tags.map((tag) => mustAgree(rule, tag));
  const untold = rows.filter(({ silent }) => silent.length > 0);
  const differing = rows.filter(({ issues }) => issues.length > 0);
  const named = differing.length > 0 ? differing : untold.length > 0 ? untold : rows;
  const [first] = named;
  if (first === undefined) return { ...rule, tag: '', issues: [], silent: [] };
  const textOfSide = (side: Side): string | undefined =>
    named.some((row) => row[side] === undefined) ? undefined : named.map((row) => row[side]).join(', ');
  const asked = (['left', 'right'] as const).map((side) =>
    named.map((row) => `${row.tag} = ${incarText(row[side] ?? '')}`).join(', '),
  );
  const [left = '', right = ''] = asked;
  const tag = named.map((row) => row.tag).join(', ');
  return compared({ ...rule, tag, values: [textOfSide('left'), textOfSide('right')], asked: [left, right], worse });
}

export function textOf({ calculation }: SettingsSummary, tag: string): string | undefined {
  return told(calculation, tag)?.toString();
}

export function worseOf([left, right]: Values, better: string): Side | undefined {
  if (left === right) return undefined;
  return left === better ? 'right' : right === better ? 'left' : undefined;
}

/** As an INCAR asks for it. */
function incarText(value: string): string {
  if (value === 'true') return '.TRUE.';
  return value === 'false' ? '.FALSE.' : value;
}
