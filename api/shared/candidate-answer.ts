/** The form of an answer about candidates: which parts of a row, and quantities that are computed for it. */
import { type CandidateRow, RANKING_FIELDS } from '../../model/candidate-query.ts';
import { AdatomError } from '../../model/errors.ts';
import { nearest } from '../../model/schema-wording.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { compileExpression, type DerivedQuantity } from '../../pipeline/derived-quantity.ts';
import { derivation, TAKEN_NAMES } from '../schemas/candidate-query-schema.ts';
import { CANDIDATE_FIELDS, type SelectedRow } from '../schemas/result-schema.ts';

export interface NamedDerivation {
  readonly name: string;
  readonly quantity: DerivedQuantity;
}

/** Throws 400 for an expression that cannot be allowed, or a name that is taken. */
export function compileDerived(
  texts: readonly string[],
  descriptors: readonly DescriptorDescription[],
): readonly NamedDerivation[] {
  const names = [...descriptors, ...RANKING_FIELDS.map((identifier) => ({ identifier }))];
  const taken = new Set([...TAKEN_NAMES, ...descriptors.map(({ identifier }) => identifier)]);
  return texts.map((text) => {
    const { name, expression } = derivation(text);
    if (taken.has(name)) throw new AdatomError('request', `derived: the name "${name}" is taken`);
    taken.add(name);
    return { name, quantity: compileExpression(expression, names) };
  });
}

export interface FieldChoice {
  readonly parts: ReadonlySet<string>;
  /** Descriptors to show; absent for all. */
  readonly values?: ReadonlySet<string>;
}

/** `id,label,adsorption-energy`. Throws 400 for an unknown name. Undefined: everything. */
export function chooseFields(
  text: string | undefined,
  descriptors: readonly DescriptorDescription[],
): FieldChoice | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const identifiers = descriptors.map(({ identifier }) => identifier);
  const known = [...CANDIDATE_FIELDS, ...identifiers];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const question = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw new AdatomError('request', `fields: unknown field "${name}".${question} Known: ${known.join(', ')}`);
  }
  const chosen = names.filter((name) => identifiers.includes(name));
  const parts = new Set(names.filter((name) => CANDIDATE_FIELDS.includes(name)));
  if (chosen.length === 0 || parts.has('values')) return { parts };
  return { parts: parts.add('values'), values: new Set(chosen) };
}

export function answerRow(
  row: CandidateRow,
  choice: FieldChoice | undefined,
  derived: readonly NamedDerivation[],
): SelectedRow {
  const shown = choice === undefined ? row : selected(row, choice);
  return derived.length === 0 ? shown : { ...shown, derived: derivedValues(row, derived) };
}

function selected(row: CandidateRow, { parts, values }: FieldChoice): SelectedRow {
  const entries = Object.entries(row).filter(([name]) => parts.has(name));
  const chosen: SelectedRow = Object.fromEntries(entries);
  if (values === undefined) return chosen;
  return { ...chosen, values: Object.fromEntries(Object.entries(row.values).filter(([name]) => values.has(name))) };
}

function derivedValues(row: CandidateRow, derived: readonly NamedDerivation[]): Record<string, number> {
  const known: Record<string, number> = { ...row.values };
  for (const field of RANKING_FIELDS) {
    const value = row[field];
    if (value !== undefined) known[field] = value;
  }
  const values: Record<string, number> = {};
  for (const { name, quantity } of derived) {
    const result = quantity.evaluate(known);
    if (result.available) values[name] = result.value;
  }
  return values;
}
