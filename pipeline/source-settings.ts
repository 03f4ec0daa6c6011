/**
 * The settings of two outputs of one run held against each other.
 *
 * OUTCAR and vasprun.xml print what VASP used; vaspout.h5 and INCAR hold what was asked for, which may legitimately be
 * something else (`ENCUT` left to PREC, `NBANDS` rounded for the processes). Only what was used is compared, and OUTCAR
 * prints it with few digits: SIGMA with two decimals, EDIFF with one digit.
 */
import type { FileFormat, FileRecord, SettingValue } from '../model/calculation.ts';

export interface DifferentSetting {
  readonly tag: string;
  readonly left: string;
  readonly right: string;
}

/** Formats that print the settings in use. */
const TELLS_USED: ReadonlySet<FileFormat> = new Set(['outcar', 'vasprun-xml']);

const EXACT =
  'ISPIN ISMEAR NSW IBRION ISIF ISYM NELM LNONCOLLINEAR LSORBIT LHFCALC LASPH LDAU LDAUTYPE IVDW LUSE_VDW IDIPOL LDIPOL ' +
  'NBANDS';
/** Half a unit of the last digit that OUTCAR prints, and as much again. */
const DECIMALS: Readonly<Record<string, number>> = {
  ENCUT: 0.1,
  SIGMA: 0.01,
  NELECT: 1e-3,
  AEXX: 1e-3,
  HFSCREEN: 1e-3,
};
/** OUTCAR: `EDIFF = 0.1E-04`, one digit. vasprun.xml: `0.00001000`, eight decimals, which leaves 0 of 1E-9. */
const ONE_DIGIT = ['EDIFF', 'EDIFFG'];
const SMALLEST_PRINTED = 1e-8;
const COMPARED: readonly string[] = [...EXACT.split(' '), ...Object.keys(DECIMALS), ...ONE_DIGIT];

export function differentSettings(left: FileRecord, right: FileRecord): DifferentSetting[] {
  if (!TELLS_USED.has(left.format) || !TELLS_USED.has(right.format)) return [];
  return COMPARED.flatMap((tag) => {
    const [one, other] = [left.settings?.[tag], right.settings?.[tag]];
    if (one === undefined || other === undefined || isSame(tag, one, other)) return [];
    return [{ tag, left: String(one), right: String(other) }];
  });
}

function isSame(tag: string, one: SettingValue, other: SettingValue): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return String(one) === String(other);
  const difference = Math.abs(one - other);
  if (ONE_DIGIT.includes(tag))
    return difference <= Math.max(SMALLEST_PRINTED, 0.5 * Math.max(Math.abs(one), Math.abs(other)));
  return difference <= (DECIMALS[tag] ?? 0);
}
