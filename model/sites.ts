/**
 * Quantities per atom beside positions and forces: projected charges and moments, potentials at the cores, Bader basins.
 */

/** Of the last complete ionic step of an OUTCAR. All arrays are in the structure's order. */
export interface SiteTables {
  /** Column `tot` of `total charge`, e inside the PAW spheres; length N. */
  readonly chargesE?: Float64Array;
  /** Column `tot` of `magnetization (x)`, µB; length N. Non-collinear runs: `momentVectorsBohr`. */
  readonly momentsBohr?: Float64Array;
  /** `magnetization (x|y|z)`, µB; length 3N. */
  readonly momentVectorsBohr?: Float64Array;
  /** `average (electrostatic) potential at core`, eV; length N. */
  readonly corePotentialsEv?: Float64Array;
}

/** ACF.dat of the Bader program. */
export interface BaderCharges {
  /** Column CHARGE: electrons in the basin (not the net charge); length N. */
  readonly electrons: Float64Array;
  /** Column MIN DIST, Å; length N. */
  readonly minimumDistancesAngstrom: Float64Array;
  /** Column ATOMIC VOL, Å³; length N; old versions have none. */
  readonly volumesAngstrom3?: Float64Array;
  /** Columns X Y Z as printed (Å for CHGCAR input); length 3N. */
  readonly cartesianAngstrom: Float64Array;
  readonly vacuumElectrons?: number;
  readonly vacuumVolumeAngstrom3?: number;
  /** `NUMBER OF ELECTRONS`. */
  readonly totalElectrons?: number;
}
