/**
 * What a calculation tells about a setting.
 *
 * OUTCAR leaves out tags that stand at VASP's default (IVDW, LDAU, ADDGRID, …), and an INCAR holds only what was asked
 * for. The mistakes avoided here: taking "not printed" for "unknown" in a file that tells its settings, and taking
 * "unknown" for the default in one that tells none (an OSZICAR without INCAR).
 */
import type { Calculation, FileFormat, SettingValue } from '../../model/calculation.ts';

/** VASP's defaults of tags that an OUTCAR may leave out. */
const DEFAULTS: Readonly<Record<string, SettingValue>> = {
  METAGGA: '--',
  LHFCALC: false,
  LUSE_VDW: false,
  LSORBIT: false,
  LSOL: false,
  LDAU: false,
  ADDGRID: false,
  LDIPOL: false,
  IDIPOL: 0,
};

/** Formats that print every setting in use; vaspout.h5 and INCAR hold only what was asked for. */
const TELLS_USED: ReadonlySet<FileFormat> = new Set(['outcar', 'vasprun-xml']);

/** Defaults of tags that every OUTCAR prints: they hold only where what was asked for is all there is. */
const INCAR_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  ISPIN: 1,
  ISMEAR: 1,
  SIGMA: 0.2,
  EDIFF: 1e-4,
  PREC: 'Normal',
  LREAL: false,
  LASPH: false,
};

/** Whether the files tell the settings at all. */
export function tellsSettings(calculation: Calculation): boolean {
  return Object.keys(calculation.settings).length > 0;
}

/** The value VASP used; undefined when the files do not tell. */
export function told(calculation: Calculation, tag: string): SettingValue | undefined {
  const value = calculation.settings[tag];
  if (value !== undefined || !tellsSettings(calculation)) return value;
  return DEFAULTS[tag] ?? (TELLS_USED.has(calculation.source) ? undefined : INCAR_DEFAULTS[tag]);
}

export function toldNumber(calculation: Calculation, tag: string): number | undefined {
  const value = told(calculation, tag);
  return typeof value === 'number' ? value : undefined;
}

/** Whether the run moves its atoms to where they rest; undefined when the files do not tell. */
export function relaxes(calculation: Calculation): boolean | undefined {
  const [ibrion, steps] = [toldNumber(calculation, 'IBRION'), toldNumber(calculation, 'NSW')];
  if (steps === 0 || (ibrion !== undefined && (ibrion < 1 || ibrion > 3))) return false;
  return ibrion === undefined || steps === undefined ? undefined : true;
}
