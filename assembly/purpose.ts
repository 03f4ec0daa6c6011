/**
 * What a run was made for, where its settings tell it: motion at a temperature, or a property of another calculation.
 *
 * The mistakes avoided here: taking the last frame of molecular dynamics for a structure at rest; taking the energy of
 * the last finite displacement (IBRION 5, 6) for that of the relaxed structure; subtracting energies of runs that never
 * made their density self-consistent (ICHARG ≥ 10, k-points along lines). DFPT (IBRION 7, 8) moves no atom: its energy is
 * that of the structure (VASP wiki: IBRION, ICHARG, ML_MODE).
 */
import type { Calculation } from '../model/calculation.ts';

export interface Purpose {
  readonly role: 'molecular-dynamics' | 'single-point';
  readonly evidence: string;
}

/** From here on the charge density is read and not updated. */
const FIRST_FIXED_DENSITY = 10;

export function purposeOf(calculation: Calculation): Purpose | undefined {
  const dynamics = dynamicsEvidence(calculation);
  if (dynamics !== undefined) return { role: 'molecular-dynamics', evidence: dynamics };
  const property = propertyEvidence(calculation);
  return property === undefined ? undefined : { role: 'single-point', evidence: property };
}

function dynamicsEvidence({ settings, final, structure }: Calculation): string | undefined {
  const { IBRION: ibrion, NSW: steps, MDALGO: algorithm, ML_MODE: mode } = settings;
  const moves = typeof steps === 'number' && steps > 0;
  const thermostat = typeof algorithm === 'number' && algorithm > 0 ? `, MDALGO = ${algorithm}` : '';
  if (ibrion === 0 && moves) return `molecular dynamics: IBRION = 0, NSW = ${steps}${thermostat}`;
  if (typeof mode === 'string' && /^run$/i.test(mode.trim())) return `ML_MODE = ${mode}: driven by a force field`;
  if (ibrion !== undefined) return undefined;
  if (moves && thermostat !== '') return `molecular dynamics: NSW = ${steps}${thermostat}`;
  // An OSZICAR by itself: only its steps tell.
  if (structure !== undefined || final?.temperatureKelvin === undefined) return undefined;
  return `molecular dynamics: the last step is at ${final.temperatureKelvin} K`;
}

function propertyEvidence({ settings, ionicStepCount, kpoints }: Calculation): string | undefined {
  const { ICHARG: charge, IBRION: ibrion } = settings;
  if (typeof charge === 'number' && charge >= FIRST_FIXED_DENSITY) {
    return `ICHARG = ${charge}: the density is read from another run and not made self-consistent`;
  }
  if (kpoints?.scheme === 'line') return 'k-points along lines: bands of a density from another run';
  if ((ibrion === 5 || ibrion === 6) && ionicStepCount > 1) {
    return `IBRION = ${ibrion}: finite differences, the last of ${ionicStepCount} steps is displaced`;
  }
  return undefined;
}
