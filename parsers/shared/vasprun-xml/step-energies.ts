/**
 * F, E and E0 of an ionic step.
 *
 * F is `e_fr_energy` of the step. E and E0 are rebuilt from the last electronic step and the difference of the two F,
 * which is the dispersion and dipole energy: the step's own `e_wo_entrp` and `e_0_energy` are shuffled or hold only an
 * entropy term in most versions (SCIENCE §1; 41 of 58 real files), and the electronic step lacks the dispersion.
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { ScfEnergies } from './scf-loop.ts';

export type StepEnergies = Pick<IonicStep, 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev'>;

export interface FreeEnergy {
  /** NaN when the field is no number. */
  readonly value: number;
  readonly place: Place;
  readonly text: string;
}

export interface EnergyFindings {
  readonly energies: StepEnergies;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

/** Energies are printed with eight decimals; a difference of two of them has no more. */
const PRINTED = 1e8;

export function stepEnergies(
  free: FreeEnergy | undefined,
  scf: ScfEnergies | undefined,
  byteOffset: number,
): EnergyFindings {
  const missing = (name: string, found: string, at = byteOffset): Issue =>
    issue('E_UNPARSEABLE', { expected: `a number for ${name}`, found }, { byteOffset: at, block: 'calculation' });
  if (free === undefined) {
    const found = 'no <i name="e_fr_energy"> in the step';
    return { energies: {}, places: {}, issues: [missing('freeEnergyEv', found)] };
  }
  if (Number.isNaN(free.value)) {
    const found = free.text.trim();
    return { energies: {}, places: {}, issues: [missing('freeEnergyEv', found, free.place.byteOffset)] };
  }
  const energies: { -readonly [K in keyof StepEnergies]: StepEnergies[K] } = { freeEnergyEv: free.value };
  const places: Record<string, Place> = { freeEnergyEv: free.place };
  const issues: Issue[] = [];
  for (const name of ['energyWithoutEntropyEv', 'energySigma0Ev'] as const) {
    const value = rebuiltEnergy(free.value, scf?.freeEnergyEv ?? Number.NaN, scf?.[name] ?? Number.NaN);
    const place = scf?.places[name];
    if (!Number.isFinite(value) || place === undefined) {
      issues.push(
        missing(name, scf === undefined ? 'no electronic step' : 'none in the last electronic step', place?.byteOffset),
      );
      continue;
    }
    energies[name] = value;
    places[name] = place;
  }
  return { energies, places, issues };
}

/** E or E0 of the ionic step, of its F and of F and the energy of the last electronic step; no number when one is none. */
export function rebuiltEnergy(free: number, scfFree: number, scfEnergy: number): number {
  return free === scfFree ? scfEnergy : Math.round((scfEnergy + (free - scfFree)) * PRINTED) / PRINTED;
}
