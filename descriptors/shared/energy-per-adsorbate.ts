/**
 * The energy difference behind every adsorption quantity (SCIENCE §2.1): per adsorbate, never per cell or per surface
 * atom, and negative when bound.
 *
 * The mistake avoided here: a coverage of several adatoms per cell gives several times the energy when n is forgotten.
 */

/** Total energies of one kind; n = number of adsorbates in the cell, both sides together. */
export interface AdsorptionPair {
  readonly adsorbedSlabEv: number;
  readonly slabEv: number;
  readonly adsorbateCount: number;
}

/**
 * [E(slab+nA) − E(slab) − n·μ_A]/n, eV per adsorbate, negative = bound. Undefined when n is 0 or the energy of the
 * reference (one free atom, or one atom of the bulk metal) is not known.
 */
export function energyPerAdsorbateEv(pair: AdsorptionPair, referenceEv: number | undefined): number | undefined {
  if (pair.adsorbateCount === 0 || referenceEv === undefined) return undefined;
  return (pair.adsorbedSlabEv - pair.slabEv) / pair.adsorbateCount - referenceEv;
}
