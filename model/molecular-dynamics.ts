/**
 * What VASP's advanced molecular dynamics (MDALGO) logs in REPORT, step by step.
 *
 * Geometric parameters (ICONST) have the unit of their kind: Å for distances and lattice lengths (`R`, `LR`), radians for
 * angles (`A`, `T`, `LA`), none for ratios and combinations; multipliers have eV over that unit.
 */

export interface MolecularDynamicsStep {
  /** As printed behind `MD step No.`. */
  readonly index: number;
  /** `e_b>`: E_tot, conserved when nothing feeds the system. */
  readonly totalEnergyEv?: number;
  /** `e_b>`: E_pot, of the electrons and nuclei. */
  readonly potentialEnergyEv?: number;
  /** `e_b>`: E_kin of the nuclei. */
  readonly kineticEnergyEv?: number;
  /** `e_b>`: EPS and ES, potential and kinetic energy of the thermostat. */
  readonly thermostatPotentialEnergyEv?: number;
  readonly thermostatKineticEnergyEv?: number;
  /** `tmprt>`: T_sim, the wanted temperature. */
  readonly targetTemperatureKelvin?: number;
  /** `tmprt>`: T_inst, the instantaneous temperature. */
  readonly temperatureKelvin?: number;
  /** `cc>` lines: constrained coordinates (STATUS 0), in the order of ICONST. */
  readonly constraints?: readonly ConstrainedCoordinate[];
  /** `b_m>` lines (LBLUEOUT), one for each constrained coordinate. */
  readonly blueMoon?: readonly BlueMoonTerms[];
  /** `fic_p>` lines: biased coordinates (STATUS 5) of metadynamics and biased dynamics. */
  readonly biasedCoordinates?: readonly number[];
}

export interface ConstrainedCoordinate {
  /** As in ICONST: `R`, `A`, `T`, `LR`, `LA`, `S`, … */
  readonly kind: string;
  /** The first of the two values of the line, which agree within SHAKETOL. */
  readonly value: number;
}

/**
 * Terms of the blue-moon ensemble (VASP wiki, "Blue moon ensemble calculations"): the free-energy gradient along the
 * coordinate is the mean of `weightedGradient` over the mean of `inverseRootZ`.
 */
export interface BlueMoonTerms {
  /** λ, the Lagrange multiplier of SHAKE. */
  readonly lambda: number;
  /** |z|^(−1/2). */
  readonly inverseRootZ: number;
  /** GkT. */
  readonly gkt: number;
  /** |z|^(−1/2)·(λ + GkT). */
  readonly weightedGradient: number;
}
