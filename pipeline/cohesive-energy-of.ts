/**
 * The cohesive energy that leads from values relative to the free atom to values relative to the bulk (SCIENCE §1.9, §2.2).
 *
 * The mistake avoided here: shifting a calculated value by a measured cohesive energy where the calculated one is there;
 * the two differ by up to a tenth of an eV. The source is always told.
 */
import { cohesiveEnergy } from '../descriptors/cohesive-energy.ts';
import type { ReferenceSet } from '../model/reference-data.ts';
import { candidateValue } from '../ranking/index.ts';
import type { ClaimCandidate } from './claim-candidates.ts';

export interface CohesiveEnergy {
  readonly value: number;
  /** 0 of the same calculations: shifted by it, a value is what was calculated relative to the other reference. */
  readonly sigma: number;
  readonly from: string;
}

/** In eV. `measured`: the reference set of that name, `metal` and `cohesiveEnergyEv`. */
export function cohesiveEnergyOf(
  candidate: ClaimCandidate,
  metal: string | undefined,
  measured: ReferenceSet,
): CohesiveEnergy | undefined {
  const own = candidate.cohesiveEnergyEv;
  if (own !== undefined && (candidate.ion ?? metal) === metal) {
    return { value: own, sigma: 0, from: 'the same calculations' };
  }
  const [column, adsorption, nucleation] = ['cohesive-energy', 'adsorption-energy', 'nucleation-driving-force'].map(
    (name) => candidateValue(candidate, name),
  );
  if (column?.state === 'known') {
    return { value: column.known.value, sigma: column.known.uncertainty, from: 'the table' };
  }
  if (adsorption?.state === 'known' && nucleation?.state === 'known') {
    const value = nucleation.known.value - adsorption.known.value;
    if (value > 0) return { value, sigma: 0, from: 'ΔE_nuc − E_ads of the candidate' };
  }
  const row = measured.rows.find((each) => each.metal === metal);
  const value = row?.cohesiveEnergyEv;
  if (typeof value !== 'number') return undefined;
  return { value, sigma: cohesiveEnergy.defaultUncertainty ?? 0, from: `measured, ${measured.source.split(';')[0]}` };
}
