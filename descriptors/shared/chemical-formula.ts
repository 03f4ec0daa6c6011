/**
 * Formulas as they are written: `Li2O`, `Zn3(PO4)2`, `Li0.5CoO2`.
 */
import { isElement } from '../../model/elements.ts';

export type Amounts = Readonly<Record<string, number>>;

const TOKEN = /([A-Z][a-z]?|\(|\))(\d+(?:\.\d+)?)?/gy;

/** Atoms of each element per formula unit; undefined for what is no formula. */
export function amountsOfFormula(formula: string): Amounts | undefined {
  const open: Map<string, number>[] = [new Map()];
  let end = 0;
  for (const [text, symbol = '', digits] of formula.matchAll(TOKEN)) {
    end += text.length;
    const times = digits === undefined ? 1 : Number(digits);
    if (symbol === '(') {
      if (digits !== undefined) return undefined;
      open.push(new Map());
      continue;
    }
    const group = symbol === ')' ? open.pop() : new Map([[symbol, 1]]);
    const into = open.at(-1);
    if (group === undefined || into === undefined || times === 0) return undefined;
    if (symbol !== ')' && !isElement(symbol)) return undefined;
    for (const [element, amount] of group) into.set(element, (into.get(element) ?? 0) + amount * times);
  }
  const [amounts] = open;
  if (end !== formula.length || open.length !== 1 || amounts === undefined || amounts.size === 0) return undefined;
  return Object.fromEntries([...amounts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
