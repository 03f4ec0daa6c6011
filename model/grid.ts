/**
 * Quantities on the FFT grid of a cell (LOCPOT, CHGCAR, AECCAR), reduced to what descriptors need of them. Grids of a
 * gigabyte are streamed: only averages over lattice planes and integrals are kept.
 */
export interface GridSummary {
  /** `potential`: eV as printed. `charge`: CHGCAR holds ρ·V, which is divided by V here. */
  readonly quantity: 'potential' | 'charge';
  /** Points along a, b, c. */
  readonly points: readonly [number, number, number];
  /** The blocks of the file: total first; `magnetisation` for ISPIN 2, `-x -y -z` for non-collinear runs. */
  readonly components: readonly GridComponent[];
}

export interface GridComponent {
  readonly name: 'total' | 'magnetisation' | 'magnetisation-x' | 'magnetisation-y' | 'magnetisation-z' | 'spin-down';
  /** Average over each plane perpendicular to a reciprocal vector, along a, b, c: eV, or e/Å³ (µB/Å³). Point i stands at i/n. */
  readonly planarAverages: readonly [Float64Array, Float64Array, Float64Array];
  /** Average over the cell: eV, or e/Å³. */
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Over the cell; charge only, e (µB). */
  readonly integral?: number;
}
