/**
 * Quantities on the FFT grid of a cell (LOCPOT, CHGCAR, AECCAR), reduced to what descriptors need of them. Grids of a
 * gigabyte are streamed: only averages over lattice planes and integrals are kept.
 *
 * The mistake avoided here: a LOCPOT is not arranged like a CHGCAR. With ISPIN = 2 a CHGCAR holds up + down and
 * up − down, a LOCPOT holds up and down themselves (VASP wiki, LOCPOT).
 */
export type GridPoints = readonly [number, number, number];

export interface GridSummary {
  /** `potential`: eV as printed, the energy of an electron. `charge`: CHGCAR holds ρ·V, which is divided by V here. */
  readonly quantity: 'potential' | 'charge';
  /** Points along a, b, c. */
  readonly points: GridPoints;
  /** Those blocks of the file that are whole and all numbers, in file order. */
  readonly components: readonly GridComponent[];
}

/**
 * `total`: charge, or the potential of a run without spin. Charge with ISPIN 2 adds `magnetisation`, non-collinear runs
 * add `magnetisation-x -y -z`. A potential with ISPIN 2 is `spin-up` and `spin-down`; non-collinear, `total` with
 * `field-x -y -z` along SAXIS (VASP ≥ 6.4.3; before, their arrangement is a known issue of VASP).
 */
export type GridComponentName =
  | 'total'
  | 'magnetisation'
  | `magnetisation-${'x' | 'y' | 'z'}`
  | 'spin-up'
  | 'spin-down'
  | `field-${'x' | 'y' | 'z'}`;

export interface GridComponent {
  readonly name: GridComponentName;
  /** Average over each plane spanned by the two other vectors, along a, b, c: eV, or e/Å³ (µB/Å³). Point i stands at i/n. */
  readonly planarAverages: readonly [Float64Array, Float64Array, Float64Array];
  /** Average over the cell: eV, or e/Å³. */
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Over the cell; charge only, e (µB). */
  readonly integral?: number;
}
