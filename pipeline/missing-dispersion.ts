/**
 * A dispersion correction that INCAR asks for and of which OUTCAR prints no energy (SCIENCE §1.5).
 *
 * The mistake avoided here: taking an energy for PBE-D3 because the INCAR beside it says so. Before VASP 6 no OUTCAR
 * echoes IVDW in its head, and an INCAR may have been edited after the run.
 */
import type { FileRecord, FinalState, Settings } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';

/** D2 and D3, whose line `Edisp (eV)` is known; the wording of the other methods is not. */
const PRINTED: readonly unknown[] = [1, 10, 11, 12];

export interface AskedDispersion {
  readonly settings: Settings;
  readonly record: FileRecord;
  readonly final: FinalState | undefined;
}

/** Where OUTCAR tells IVDW by itself, its parser has judged it. */
export function missingDispersion({ settings: { IVDW }, record, final }: AskedDispersion): Issue[] {
  if (typeof IVDW !== 'number' || !PRINTED.includes(IVDW)) return [];
  if (record.format !== 'outcar' || record.settings?.IVDW !== undefined || final === undefined) return [];
  if (record.issues.some(({ code }) => code === 'W_OLD_VDW' || code === 'W_NO_EDISP')) return [];
  return final.dispersionEnergyEv === undefined ? [issue('W_NO_EDISP', { ivdw: IVDW })] : [];
}
