/**
 * How exactly each format prints a value, and the energies of two outputs held against each other with that.
 *
 * OUTCAR has 8 decimals (6 before VASP 5.4 in some builds), vasprun.xml 8, OSZICAR 8 significant digits; the numbers of
 * an HDF5 file are the program's own. Two prints of one number differ by less than a unit of each last digit.
 */
import type { FileFormat, FileRecord, IonicStep } from '../model/calculation.ts';

export interface StepSource {
  readonly record: FileRecord;
  readonly stepCount: number;
  readonly final?: IonicStep;
}

export const ENERGY_NAMES = ['freeEnergyEv', 'energyWithoutEntropyEv', 'energySigma0Ev'] as const;
export type EnergyName = (typeof ENERGY_NAMES)[number];

/** Units of the last digit, by format. `significant` where the number is printed with an exponent. */
export type Resolution = Readonly<Partial<Record<FileFormat, number | { readonly significant: number }>>>;

/** Beyond 15 digits two programs may round one double differently. */
const DOUBLE = 1e-13;

/** Largest difference of two prints of one number. */
export function printedTolerance(
  resolution: Resolution,
  left: { readonly format: FileFormat; readonly value: number },
  right: { readonly format: FileFormat; readonly value: number },
): number {
  return [left, right].reduce((sum, { format, value }) => sum + unitOf(resolution[format], value), 0);
}

function unitOf(resolution: Resolution[FileFormat], value: number): number {
  const double = Math.abs(value) * DOUBLE;
  if (resolution === undefined) return double;
  if (typeof resolution === 'number') return resolution + double;
  // `0.12345678E+03`: the first digit stands behind the point.
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return 10 ** (exponent - resolution.significant) + double;
}

const ENERGY: Resolution = { outcar: 1e-8, 'vasprun-xml': 1e-8, oszicar: { significant: 8 } };
const ENERGY_OF_SIX_DECIMALS: Resolution = { ...ENERGY, outcar: 1e-6 };

/** Tolerance of an energy, eV. A value with six decimals only is told by its zeros. */
export function energyTolerance(
  left: { readonly format: FileFormat; readonly value: number },
  right: { readonly format: FileFormat; readonly value: number },
): number {
  const coarse = [left, right].some(({ format, value }) => format === 'outcar' && hasSixDecimals(value));
  return printedTolerance(coarse ? ENERGY_OF_SIX_DECIMALS : ENERGY, left, right);
}

function hasSixDecimals(value: number): boolean {
  const scaled = Math.abs(value) * 1e6;
  return Math.abs(scaled - Math.round(scaled)) < 1e-3;
}

/** Whether an OSZICAR may hold another energy than the other outputs of its run: its lines know no pressure term. */
export function energiesAreComparable(left: StepSource, right: StepSource): boolean {
  if (left.stepCount !== right.stepCount || left.final === undefined || right.final === undefined) return false;
  const records = [left.record, right.record];
  if (!records.some(({ format }) => format === 'oszicar')) return true;
  // Old versions keep the D2 energy out of OUTCAR and have it in OSZICAR (SCIENCE §1.5).
  const isOldDispersion = records.some(({ issues }) => issues.some(({ code }) => code === 'W_OLD_VDW'));
  const isUnderPressure = records.some(
    ({ settings }) => typeof settings?.PSTRESS === 'number' && settings.PSTRESS !== 0,
  );
  return !isOldDispersion && !isUnderPressure;
}

/** Names of the energies that both tell and that differ by more than their printed digits. */
export function differentEnergies(left: StepSource, right: StepSource): EnergyName[] {
  if (!energiesAreComparable(left, right)) return [];
  return ENERGY_NAMES.filter((name) => {
    const [one, other] = [left.final?.[name], right.final?.[name]];
    if (one === undefined || other === undefined) return false;
    const [format, otherFormat] = [left.record.format, right.record.format];
    return !(Math.abs(one - other) <= energyTolerance({ format, value: one }, { format: otherFormat, value: other }));
  });
}

export function energiesDiffer(left: StepSource, right: StepSource): boolean {
  return differentEnergies(left, right).length > 0;
}
