/** Runs of finite differences of what other calculations relaxed to. */
import type { Calculation } from '../../model/calculation.ts';
import type { VibrationalModes } from '../../model/response.ts';
import { calculationOf } from '../assembly/fixtures.ts';

/** 1 cm⁻¹ in meV: hc (CODATA 2018). */
const MEV = 0.1239841984;

/** As VASP prints them: imaginary ones negative here, f/i there. */
function modesOf(wavenumbers: readonly number[]): VibrationalModes {
  const wavenumbersPerCm = Float64Array.from(wavenumbers);
  const real = wavenumbers.filter((mode) => mode > 0);
  return {
    wavenumbersPerCm,
    energiesMeV: wavenumbersPerCm.map((mode) => mode * MEV),
    imaginaryCount: wavenumbers.length - real.length,
    zeroPointEnergyEv: real.reduce((sum, mode) => sum + (mode * MEV) / 2000, 0),
  };
}

/** Finite differences of what this calculation relaxed to; the last of the steps is displaced by 0.015 Å. */
export function displaced(of: Calculation, name: string, wavenumbers: readonly number[]): Calculation {
  const { structure } = of;
  if (structure === undefined) throw new Error(`${of.id} has no structure`);
  const cartesianAngstrom = structure.cartesianAngstrom.slice();
  const last = cartesianAngstrom.length - 1;
  cartesianAngstrom[last] = (cartesianAngstrom[last] ?? 0) - 0.015;
  const sketch = calculationOf(`${name}/OUTCAR`, {
    structure: { ...structure, cartesianAngstrom },
    energyEv: (of.final?.energySigma0Ev ?? 0) + 0.01,
    settings: { ...of.settings, IBRION: 5, NSW: 1 },
    mesh: of.kpoints?.mesh ?? [4, 4, 1],
  });
  return { ...sketch, ionicStepCount: 2 * wavenumbers.length + 1, vibrations: modesOf(wavenumbers) };
}

/** Only these atoms are free. */
export function withFree(of: Calculation, ...atoms: readonly number[]): Calculation {
  const { structure } = of;
  if (structure === undefined) throw new Error(`${of.id} has no structure`);
  const isFree = (_: number, at: number): number => +atoms.includes(Math.floor(at / 3));
  return {
    ...of,
    structure: { ...structure, selectiveDynamics: Uint8Array.from(structure.cartesianAngstrom, isFree) },
  };
}

/** Of the 16 atoms of the slab, all displaced: 45 modes and the three of the cell, which come out with either sign. */
export const latticeModes = (wavenumber: number, translations: readonly number[]) => [
  ...Array<number>(45).fill(wavenumber),
  ...translations,
];
