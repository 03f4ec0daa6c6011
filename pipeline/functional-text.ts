/**
 * The functional of a calculation as it is called in a sentence.
 */
import { functionalOf } from '../assembly/shared/functional.ts';
import { told } from '../assembly/shared/told-settings.ts';
import type { Calculation } from '../model/calculation.ts';

const NAMES: Readonly<Record<string, string>> = { PE: 'PBE', PS: 'PBEsol', RP: 'RPBE', '91': 'PW91', CA: 'LDA' };

export function functionalText(calculation: Calculation): string {
  if (told(calculation, 'LHFCALC') === true) return 'a hybrid functional';
  const meta = told(calculation, 'METAGGA');
  if (typeof meta === 'string' && /[A-Za-z]/.test(meta)) return meta;
  const { name } = functionalOf(calculation);
  return name === undefined ? 'the functional' : (NAMES[name] ?? name);
}
