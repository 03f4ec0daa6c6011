/**
 * What is printed for every atom of an image of a band, by the VTST patch and by VASP itself (SCIENCE §3.4).
 */

/** Tables of an image of a band in its last complete step. */
export interface NebTables {
  /** VTST `NEB: Tangent`: unit vector over all 3N components, length 3N, five decimals. */
  readonly tangent?: Float64Array;
  /** What VASP without the patch prints. */
  readonly stockChain?: StockChain;
}

/**
 * The elastic band of VASP itself. No number here is −dE/ds: the tangential force is that of DFT less that of the springs,
 * along a tangent that is not the improved one (SCIENCE §3.4).
 */
export interface StockChain {
  /** `tangential force (eV/A)`. */
  readonly realLessSpringForceEvPerAngstrom?: number;
  /** `left and right image`, Å. */
  readonly distanceToPreviousAngstrom?: number;
  readonly distanceToNextAngstrom?: number;
  /** `TANGENT`, length 3N. */
  readonly tangent?: Float64Array;
  /** `CHAIN-FORCE`: what the band adds to the DFT force, length 3N, eV/Å. */
  readonly chainForcesEvPerAngstrom?: Float64Array;
  /** `CHAIN + TOTAL`: the force that moves the atoms, length 3N, eV/Å. */
  readonly totalForcesEvPerAngstrom?: Float64Array;
}
