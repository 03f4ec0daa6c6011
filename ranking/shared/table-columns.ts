/**
 * What the columns of a table mean: a descriptor under any of its names, its uncertainty, a candidate's name, nothing.
 *
 * Understood: `migration-barrier`, `E_f (eV)`, `E_f [meV]`, `E_f / eV`, `E_f_meV`, `migrationBarrierEv`; with
 * `…_uncertainty`, `… ±`, `sigma_…`, `σ(…)` the uncertainty. A descriptor in a unit that cannot be converted is a
 * request error: ignoring the unit would rank meV as eV. An uncertainty without a unit is in the unit of its values.
 */
import { AdatomError } from '../../model/errors.ts';
import { type Issue, issue, type Where } from '../../model/issues.ts';
import type { ResolvedName, ResolveName } from './descriptor-names.ts';
import { unitConverter } from './unit-conversion.ts';

export interface ValueColumn {
  readonly index: number;
  readonly header: string;
  readonly descriptor: ResolvedName;
  /** From the column's unit to the descriptor's. */
  readonly convert: (value: number) => number;
  readonly uncertainty?: UncertaintyColumn;
  /** Column with the quality of the values (`adsorption-energy_quality`), when there is one. */
  readonly qualityIndex?: number;
}

interface UncertaintyColumn {
  readonly index: number;
  readonly header: string;
  /** The number is a width of the value shown under this name. */
  readonly descriptor: ResolvedName;
  readonly convert: (value: number) => number;
}

export interface TableColumns {
  /** Column with the candidates' names, when there is one. */
  readonly label?: number;
  readonly values: readonly ValueColumn[];
  readonly issues: readonly Issue[];
}

/** Headers of a column of names, best first. */
export const LABEL_HEADERS = ['id', 'candidate', 'name', 'facet', 'label', 'material'] as const;

/** Columns that a ranking adds to its table: reading it back, they are known and mean nothing new. */
export const RANKING_HEADERS = [
  'ion',
  'rank',
  'score',
  'front',
  'first_rank_probability',
  'tie_group',
  'robust',
  'score_lower',
  'score_upper',
  'best_rank',
  'crowding_distance',
  'beats_next_probability',
  'weight_acceptability',
  'wetting',
  'unranked_because',
] as const;
/** Of an objective, in the same way. */
const EXPLANATION = /^(.+?)_(?:desirability|effect)$/i;
const QUALITY = /^(.+?)[-_ ]+quality$/i;

interface Header {
  readonly descriptor: ResolvedName;
  readonly unit?: string;
  readonly isUncertainty: boolean;
}

interface Headed extends Header {
  readonly index: number;
  readonly text: string;
}

export function readColumns(headers: readonly string[], resolve: ResolveName, fileName: string): TableColumns {
  const lowered = headers.map((header) => header.toLowerCase());
  const label = LABEL_HEADERS.map((name) => lowered.indexOf(name)).find((index) => index >= 0);
  const issues: Issue[] = [];
  const values = new Map<string, Headed>();
  const uncertainties = new Map<string, Headed>();
  const qualities = new Map<string, number>();
  headers.forEach((text, index) => {
    if (text === '' || LABEL_HEADERS.some((name) => name === lowered[index])) return;
    if (RANKING_HEADERS.some((name) => name === lowered[index])) return;
    const qualified = readHeader(QUALITY.exec(text)?.[1] ?? '', resolve);
    if (qualified !== undefined) {
      qualities.set(qualified.descriptor.identifier, index);
      return;
    }
    const where = { file: fileName, block: `column ${index + 1}` };
    const header = readHeader(text, resolve);
    if (header === undefined) {
      if (readHeader(EXPLANATION.exec(text)?.[1] ?? '', resolve) !== undefined) return;
      issues.push(issue('W_UNKNOWN_COLUMN', { column: text }, where));
      return;
    }
    const columns = header.isUncertainty ? uncertainties : values;
    const { identifier } = header.descriptor;
    const first = columns.get(identifier);
    if (first === undefined) columns.set(identifier, { ...header, index, text });
    else throw twice(identifier, { first: first.text, second: text }, where);
  });
  for (const [identifier, { text, index }] of uncertainties) {
    if (values.has(identifier)) continue;
    issues.push(issue('W_UNKNOWN_COLUMN', { column: text }, { file: fileName, block: `column ${index + 1}` }));
  }
  const paired = [...values].map(([identifier, value]): ValueColumn => {
    const column = valueColumn(value, uncertainties.get(identifier), fileName);
    const qualityIndex = qualities.get(identifier);
    return qualityIndex === undefined ? column : { ...column, qualityIndex };
  });
  return { ...(label === undefined ? {} : { label }), values: paired, issues };
}

/** Which of two columns for one quantity is meant cannot be known, and they may contradict each other. */
function twice(
  identifier: string,
  { first, second }: { readonly first: string; readonly second: string },
  where: Where & { readonly file: string },
): AdatomError {
  const message = `${where.file}, ${where.block ?? ''}: expected one column for ${identifier}, found "${first}" and "${second}"`;
  return new AdatomError('request', message, { where });
}

function valueColumn(value: Headed, uncertainty: Headed | undefined, fileName: string): ValueColumn {
  const column = { index: value.index, header: value.text, descriptor: value.descriptor };
  const convert = converterOf(value, value.unit, fileName);
  if (uncertainty === undefined) return { ...column, convert };
  const { index, text, descriptor } = uncertainty;
  const widthConvert = converterOf(uncertainty, uncertainty.unit ?? value.unit, fileName);
  return { ...column, convert, uncertainty: { index, header: text, descriptor, convert: widthConvert } };
}

function converterOf(header: Headed, unit: string | undefined, fileName: string): (value: number) => number {
  const convert = unitConverter(unit ?? header.descriptor.unit, header.descriptor.unit);
  if (convert !== undefined) return convert;
  const message = `${fileName}, column ${header.index + 1}: expected ${header.descriptor.identifier} in a unit that converts to ${header.descriptor.unit}, found "${unit}" in the header "${header.text}"`;
  throw new AdatomError('request', message, { where: { file: fileName, block: `column ${header.index + 1}` } });
}

const BRACKETED_UNIT = /^(.+?)\s*(?:\(([^()[\]]+)\)|\[([^()[\]]+)\])$/;
const SLASHED_UNIT = /^(.+?)\s*\/\s*(m?eV)$/;
/** Units that end a name, as in our own numbers; `Mev` is what camel case makes of meV. */
const NAMED_UNIT = /^(.+)[-_ ](m?eV|m?ev|Mev|Ev|j-?per-m2|fraction|percent)$/;
const NAMED_UNITS: ReadonlyMap<string, string> = new Map([
  ['Ev', 'eV'],
  ['Mev', 'meV'],
  ['j-per-m2', 'J/m2'],
  ['jper-m2', 'J/m2'],
]);
const UNCERTAINTY = [
  /^(?:sigma|σ)\s*\((.+)\)$/i,
  /^(?:sigma|σ)[-_ ]\s*(.+)$/i,
  /^(.+?)[-_ ]*(?:±|\+\/-)$/,
  /^(.+?)[-_ ]+(?:uncertainty|sigma|std|error)$/i,
];

function readHeader(text: string, resolve: ResolveName): Header | undefined {
  return peel(text, resolve) ?? peel(kebab(text), resolve);
}

/** Takes unit and uncertainty mark off the text, in any order, until what is left is a name. */
function peel(text: string, resolve: ResolveName): Header | undefined {
  let rest = text.trim();
  let unit: string | undefined;
  let isUncertainty = false;
  for (;;) {
    const descriptor = resolve(rest) ?? resolve(rest.toLowerCase()) ?? resolve(kebab(rest)) ?? resolve(greek(rest));
    if (descriptor !== undefined) return { descriptor, isUncertainty, ...(unit === undefined ? {} : { unit }) };
    const marked = isUncertainty ? undefined : firstMatch(UNCERTAINTY, rest);
    if (marked !== undefined) {
      isUncertainty = true;
      rest = marked.trim();
      continue;
    }
    const united = unit === undefined ? firstUnit(rest) : undefined;
    if (united === undefined) return undefined;
    unit = united.unit;
    rest = united.rest;
  }
}

function firstUnit(text: string): { readonly rest: string; readonly unit: string } | undefined {
  const match = BRACKETED_UNIT.exec(text) ?? SLASHED_UNIT.exec(text) ?? NAMED_UNIT.exec(text);
  const unit = match?.[2] ?? match?.[3];
  if (match?.[1] === undefined || unit === undefined) return undefined;
  return { rest: match[1].trim(), unit: NAMED_UNITS.get(unit) ?? unit };
}

function firstMatch(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text)?.[1];
    if (match !== undefined) return match;
  }
  return undefined;
}

/** `dE_nuc`, `delta_E_nuc`, `∆E_nuc` (the increment sign) → `ΔE_nuc`; `gamma` → `γ` */
function greek(text: string): string {
  return text
    .replace(/∆/g, 'Δ')
    .replace(/^(?:delta|Δ|d)[-_ ]?(?=[EG])/i, 'Δ')
    .replace(/^gamma$/i, 'γ')
    .replace(/^epsilon$/i, 'ε');
}

/** `migrationBarrierEv`, `Migration barrier`, `migration_barrier` → `migration-barrier…` */
function kebab(text: string): string {
  return text
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[\s_]+/g, '-')
    .toLowerCase();
}
