/**
 * Charge that a metal stores, by Faraday's law (SCIENCE §9.4), for the descriptors that convert between charge, mass and
 * thickness.
 *
 * The mistake avoided here: 1 mAh is 3.6 C; an e too few or 3600 for 3.6 is a factor that a table of capacities hides.
 */
import { z } from 'zod';
import { FARADAY_COULOMB_PER_MOLE } from '../../model/constants.ts';
import { count, positive } from './inputs.ts';

const COULOMB_PER_MAH = 3.6;
const CM_PER_UM = 1e-4;

interface Metal {
  readonly chargeNumber: number;
  readonly molarMassGramPerMole: number;
  readonly densityGramPerCm3: number;
}

/** Conventional atomic weights and handbook densities at room temperature (SCIENCE §9.4). */
const METALS: Readonly<Record<'Li' | 'Zn', Metal>> = {
  Li: { chargeNumber: 1, molarMassGramPerMole: 6.94, densityGramPerCm3: 0.534 },
  Zn: { chargeNumber: 2, molarMassGramPerMole: 65.38, densityGramPerCm3: 7.14 },
};

export const metalInputs = {
  element: z.enum(['Li', 'Zn']).optional().describe('metal, for its charge number, molar mass and density'),
  chargeNumber: count('z', 'electrons per atom').optional(),
  molarMassGramPerMole: positive('M', 'g/mol', 'molar mass').optional(),
  densityGramPerCm3: positive('ρ', 'g/cm³', 'density').optional(),
};

interface MetalChoice {
  readonly element?: 'Li' | 'Zn' | undefined;
  readonly chargeNumber?: number | undefined;
  readonly molarMassGramPerMole?: number | undefined;
  readonly densityGramPerCm3?: number | undefined;
}

/** What is stated goes before what the element says. */
export function metalOf(given: MetalChoice): Partial<Metal> {
  const metal = given.element === undefined ? undefined : METALS[given.element];
  const chargeNumber = given.chargeNumber ?? metal?.chargeNumber;
  const molarMassGramPerMole = given.molarMassGramPerMole ?? metal?.molarMassGramPerMole;
  const densityGramPerCm3 = given.densityGramPerCm3 ?? metal?.densityGramPerCm3;
  return {
    ...(chargeNumber !== undefined && { chargeNumber }),
    ...(molarMassGramPerMole !== undefined && { molarMassGramPerMole }),
    ...(densityGramPerCm3 !== undefined && { densityGramPerCm3 }),
  };
}

export interface MetalCapacity {
  /** Absent without charge number and molar mass. */
  readonly gravimetricMahPerGram?: number;
  /** Absent without density. */
  readonly volumetricCapacityMahPerCm3?: number;
  readonly arealCapacityMahPerCm2PerUm?: number;
}

export function metalCapacity({
  chargeNumber,
  molarMassGramPerMole,
  densityGramPerCm3,
}: Partial<Metal>): MetalCapacity {
  if (chargeNumber === undefined || molarMassGramPerMole === undefined) return {};
  const gravimetricMahPerGram = (chargeNumber * FARADAY_COULOMB_PER_MOLE) / (COULOMB_PER_MAH * molarMassGramPerMole);
  if (densityGramPerCm3 === undefined) return { gravimetricMahPerGram };
  const volumetricCapacityMahPerCm3 = gravimetricMahPerGram * densityGramPerCm3;
  return {
    gravimetricMahPerGram,
    volumetricCapacityMahPerCm3,
    arealCapacityMahPerCm2PerUm: volumetricCapacityMahPerCm3 * CM_PER_UM,
  };
}
