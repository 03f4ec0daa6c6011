/** IVDW with its older spellings: LVDW = T acts as 1, and 10 is another name of 1. OUTCAR names it only when there is one (SCIENCE §1.5). */
import type { Calculation } from '../../model/calculation.ts';
import { tellsSettings } from './told-settings.ts';

export function dispersionMethod(calculation: Calculation): number | undefined {
  const { IVDW, LVDW } = calculation.settings;
  if (typeof IVDW === 'number') return IVDW === 10 ? 1 : IVDW;
  if (LVDW === true) return 1;
  return tellsSettings(calculation) ? 0 : undefined;
}
