/**
 * Vibrational modes from the eigenvalues of the mass-weighted Hessian, which VASP prints with the sign of −ω².
 *
 * In eV/(Å² u): ν = √|λ| · √(eV/(Å² u)) / 2π = √|λ| · 15.633302 THz (CODATA 2018). Checked against the conversion to
 * cm⁻¹ that others use for vasprun.xml, 521.4708.
 */
import type { VibrationalModes } from '../../../model/response.ts';

/** √(eV / (Å² u)) / 2π, THz: e = 1.602176634e-19 C, u = 1.66053906660e-27 kg. */
const THZ_PER_ROOT = Math.sqrt(1.602176634e-19 / 1e-20 / 1.6605390666e-27) / (2 * Math.PI * 1e12);
/** 1e12 Hz / c, c = 29979245800 cm/s. */
const PER_CM_PER_THZ = 1e12 / 29979245800;
/** h · 1e12 Hz, h = 4.135667696e-15 eV s. */
const MEV_PER_THZ = 4.135667696;

/** Undefined when one of them is no number. */
export function vibrationalModes(eigenvalues: readonly number[], isInThz: boolean): VibrationalModes | undefined {
  if (eigenvalues.length === 0 || !eigenvalues.every(Number.isFinite)) return undefined;
  const frequencies = Float64Array.from(eigenvalues, (value) => {
    const magnitude = Math.sqrt(Math.abs(value)) * (isInThz ? 1 : THZ_PER_ROOT);
    return value > 0 ? -magnitude : magnitude;
  });
  const realThz = frequencies.reduce((sum, frequency) => (frequency > 0 ? sum + frequency : sum), 0);
  return {
    wavenumbersPerCm: frequencies.map((frequency) => frequency * PER_CM_PER_THZ),
    energiesMeV: frequencies.map((frequency) => frequency * MEV_PER_THZ),
    imaginaryCount: frequencies.filter((frequency) => frequency < 0).length,
    zeroPointEnergyEv: (realThz * MEV_PER_THZ) / 2000,
  };
}
