/**
 * May these two calculations be subtracted? Each rule of SCIENCE §11 compares one group of settings and names the tag
 * that differs with both values. Errors block the difference, warnings lower its quality.
 *
 * One table of rows is made of a pair; the verdicts that a link shows and its issues are both read off it. A tag that
 * one of the two does not tell is no agreement: its verdict is `unknown`.
 */
import type { Calculation } from '../model/calculation.ts';
import { hasError, type Issue, issue } from '../model/issues.ts';
import type { CompatibilityCheck, CompatibilityItem } from '../model/system.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { dispersionRows, functionalRows, hubbardRows, sharedElements } from './shared/compare-functionals.ts';
import { meshRows } from './shared/compare-meshes.ts';
import {
  convergenceRows,
  cutoffRow,
  dipoleRow,
  precisionRows,
  smearingRows,
  spinRow,
  versionRow,
} from './shared/compare-precision.ts';
import { compared, type Pair, type PairKind, type Row, rerun, untold } from './shared/setting-comparison.ts';
import { type SettingsSummary, settingsSummary } from './shared/settings-summary.ts';
import { toldNumber } from './shared/told-settings.ts';
import { chargeIssue } from './usable-energy.ts';

export type { PairKind } from './shared/setting-comparison.ts';
export { type SettingsSummary, settingsSummary } from './shared/settings-summary.ts';

const ELECTRON_TOLERANCE = 1e-3;

export interface Compatibility {
  /** One entry per rule that applies and agrees, one per tag that does not. */
  readonly checks: readonly CompatibilityCheck[];
  readonly issues: readonly Issue[];
}

/** The table of subtracting `right` from `left`. Summaries serve for any number of pairs, and so does `agreed`. */
export function compatibility(
  left: SettingsSummary,
  right: SettingsSummary,
  kind: PairKind,
  agreed?: AgreedSettings,
): Compatibility {
  const pair = { left, right, kind };
  if (agreed === undefined) {
    const rows = rowsOf(pair);
    return { checks: asChecks(rows), issues: asIssues(rows) };
  }
  const [cell, mesh, content] = [cellRows(pair), meshRows(pair), contentRows(pair)];
  return {
    checks: [
      ...agreed.hamiltonian,
      ...asChecks(cell),
      ...agreed.solution,
      ...asChecks(mesh),
      ...agreed.convergence,
      ...asChecks(content),
    ],
    issues: asIssues([...cell, ...mesh, ...content]),
  };
}

/** Issues of subtracting `right` from `left`; empty when every rule passes. */
export function compatibilityIssues(left: Calculation, right: Calculation, kind: PairKind): Issue[] {
  return asIssues(rowsOf({ left: settingsSummary(left), right: settingsSummary(right), kind }));
}

/** What the rules say that look at settings and POTCARs alone, where nothing differs: it names no calculation. */
export interface AgreedSettings {
  readonly hamiltonian: readonly CompatibilityCheck[];
  readonly solution: readonly CompatibilityCheck[];
  readonly convergence: readonly CompatibilityCheck[];
}

/** Holds for every pair that is computed as this one is, whatever its atoms; undefined when something differs. */
export function agreedSettings(pair: Pair): AgreedSettings | undefined {
  const [hamiltonian, solution, convergence] = [hamiltonianRows(pair), solutionRows(pair), effortRows(pair)];
  const isRemarkable = ({ issues, silent }: Row): boolean => issues.length > 0 || silent.length > 0;
  if ([hamiltonian, solution, convergence].some((rows) => rows.some(isRemarkable))) return undefined;
  return {
    hamiltonian: asChecks(hamiltonian),
    solution: asChecks(solution),
    convergence: asChecks(convergence),
  };
}

function rowsOf(pair: Pair): Row[] {
  return [
    ...hamiltonianRows(pair),
    ...cellRows(pair),
    ...solutionRows(pair),
    ...meshRows(pair),
    ...effortRows(pair),
    ...contentRows(pair),
  ];
}

function hamiltonianRows(pair: Pair): Row[] {
  return [...functionalRows(pair), ...potcarRows(pair), cutoffRow(pair), ...dispersionRows(pair), ...hubbardRows(pair)];
}

function solutionRows(pair: Pair): Row[] {
  const isOfSlabs = pair.kind === 'slab-pair' || pair.kind === 'path-image';
  return [
    ...(pair.kind === 'atom-reference' ? [] : [spinRow(pair)]),
    ...precisionRows(pair),
    ...(isOfSlabs ? [...smearingRows(pair), dipoleRow(pair)] : []),
  ];
}

function effortRows(pair: Pair): Row[] {
  return [...convergenceRows(pair), versionRow(pair)];
}

/** Electrons of the cell, and whether its energy is known. */
function contentRows(pair: Pair): Row[] {
  return [chargeRow(pair), energyKindRow(pair)];
}

/** Every element that both hold must have the same POTCARs, dates and suffixes included. */
function potcarRows(pair: Pair): Row[] {
  const [one, other] = [pair.left.titles(), pair.right.titles()];
  if (one.size === 0 || other.size === 0) {
    const listed = (titles: ReadonlyMap<string, string>) =>
      titles.size === 0 ? undefined : [...titles.values()].join(', ');
    return [untold('potcar', 'POTCAR', pair, [listed(one), listed(other)])];
  }
  return sharedElements(pair).map((element) => {
    const values = [one.get(element), other.get(element)] as const;
    const asked = (title?: string): string => `the POTCAR ${title}`;
    const asks = [asked(values[0]), asked(values[1])] as const;
    return compared({ item: 'potcar', tag: element, code: 'E_POTCAR', pair, values, asked: asks });
  });
}

function cellRows({ left, right, kind }: Pair): Row[] {
  if (kind !== 'slab-pair') return [];
  const [one, other] = [left.calculation.structure, right.calculation.structure];
  const [leftText, rightText] = [left.cellText(), right.cellText()];
  if (one === undefined || other === undefined || leftText === undefined || rightText === undefined) return [];
  const row = { item: 'cell', tag: 'lattice', left: leftText, right: rightText, silent: [] } as const;
  const mismatch = cellMismatch(one.latticeAngstrom, other.latticeAngstrom);
  if (mismatch === undefined) return [{ ...row, issues: [] }];
  const how = `in the cell of ${left.calculation.id}`;
  const where = { file: right.calculation.id };
  return [{ ...row, issues: [issue('E_CELL_MISMATCH', mismatch, where)], rerun: rerun(right, how) }];
}

/**
 * A charged cell has no energy to be compared with a neutral one. Images of one path hold the same atoms: with another
 * number of electrons they are another system, which says it all.
 */
function chargeRow(pair: Pair): Row {
  const { left, right, kind } = pair;
  const electrons = [left, right].map(({ calculation }) => toldNumber(calculation, 'NELECT'));
  const [one, other] = electrons;
  const item = 'charge';
  const tag = 'NELECT';
  if (kind === 'path-image' && one !== undefined && other !== undefined && Math.abs(one - other) > ELECTRON_TOLERANCE) {
    return compared({ item, tag, code: 'E_NELECT', pair, values: [String(one), String(other)] });
  }
  const sides = [left, right].map((side, at) => {
    const nelect = electrons[at];
    if (nelect === undefined) return { text: undefined, issues: [], rerun: [] };
    const neutral = side.neutralElectrons();
    const charged = chargeIssue(side.calculation, neutral);
    return {
      text: neutral === undefined ? undefined : `${nelect} (neutral: ${neutral})`,
      issues: charged === undefined ? [] : [charged],
      rerun: charged === undefined ? [] : [rerun(side, `with NELECT = ${neutral}, that is neutral`)],
    };
  });
  const row = untold(item, tag, pair, [sides[0]?.text, sides[1]?.text]);
  const again = sides.flatMap((side) => side.rerun).join('; ');
  return {
    ...row,
    issues: sides.flatMap((side) => side.issues),
    // No output tells the valences of every format: that is no reason to distrust a pair.
    silent: [],
    ...(again !== '' && { rerun: again }),
  };
}

/** Every difference is one of E0 (SCIENCE §1.2); a missing one is told with the calculation itself. */
function energyKindRow({ left, right }: Pair): Row {
  const [one, other] = [left, right].map(({ calculation }) =>
    calculation.final?.energySigma0Ev === undefined ? undefined : 'energy(sigma->0)',
  );
  return {
    item: 'energy-kind',
    tag: 'E0',
    ...(one !== undefined && { left: one }),
    ...(other !== undefined && { right: other }),
    issues: [],
    silent: [],
  };
}

/** Every row that does not agree; of an item whose rows all do, one entry. */
function asChecks(rows: readonly Row[]): CompatibilityCheck[] {
  const byItem = new Map<CompatibilityItem, Row[]>();
  for (const row of rows) {
    const known = byItem.get(row.item);
    if (known === undefined) byItem.set(row.item, [row]);
    else known.push(row);
  }
  return [...byItem.values()].flatMap((ofItem) => {
    const remarkable = ofItem.filter((row) => verdictOf(row) !== 'pass');
    return (remarkable.length > 0 ? remarkable : [joined(ofItem)]).map(asCheck);
  });
}

function asCheck(row: Row): CompatibilityCheck {
  const { item, tag, left, right, rerun: again } = row;
  return {
    item,
    verdict: verdictOf(row),
    tag,
    ...(left !== undefined && { left }),
    ...(right !== undefined && { right }),
    ...(again !== undefined && { rerun: again }),
  };
}

function verdictOf({ left, right, issues }: Row): CompatibilityCheck['verdict'] {
  if (hasError(issues)) return 'block';
  if (issues.length > 0) return 'warn';
  return left === undefined || right === undefined ? 'unknown' : 'pass';
}

function joined(rows: readonly Row[]): Row {
  const [first] = rows;
  if (first === undefined || rows.length === 1) return first ?? { item: 'functional', tag: '', issues: [], silent: [] };
  const list = (texts: readonly (string | undefined)[]): string => texts.join(', ');
  return {
    ...first,
    tag: list(rows.map((row) => row.tag)),
    left: list(rows.map((row) => row.left)),
    right: list(rows.map((row) => row.right)),
  };
}

/** One issue per calculation with all the tags that it does not tell. */
function asIssues(rows: readonly Row[]): Issue[] {
  const unknown = new Map<Calculation, Set<string>>();
  for (const { silent, tag } of rows) {
    for (const calculation of silent) unknown.set(calculation, (unknown.get(calculation) ?? new Set()).add(tag));
  }
  return [
    ...rows.flatMap((row) => row.issues),
    ...[...unknown].map(([{ id }, tags]) =>
      issue('W_SETTINGS_UNKNOWN', { tag: [...tags].join(', '), calculation: id }, { file: id }),
    ),
  ];
}
