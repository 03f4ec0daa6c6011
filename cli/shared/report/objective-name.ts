/**
 * What an objective is called on the page. A profile may name a descriptor by identifier, symbol or alias: shown are the
 * symbol and the name it used.
 */
import { descriptorByName } from '../../../descriptors/index.ts';
import { type Markup, markup } from '../markup.ts';
import { formulaMarkup } from './formula.ts';

export function objectiveName(name: string): Markup {
  const symbol = objectiveSymbol(name);
  if (symbol === name) return formulaMarkup(name);
  return markup`${formulaMarkup(symbol)} <span class="note">${name}</span>`;
}

/** The name itself of a quantity that the profile defines. */
export function objectiveSymbol(name: string): string {
  const definition = descriptorByName(name)?.definition;
  const alias = definition?.aliases.find((entry) => name === entry.identifier || name === entry.symbol);
  return alias?.symbol ?? definition?.symbol ?? name;
}
