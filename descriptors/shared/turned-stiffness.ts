/**
 * An elastic tensor along other axes: C′_ijkl = R_ia R_jb R_kc R_ld C_abcd (Nye, Physical Properties of Crystals, 1985).
 *
 * The mistake avoided here: turning the 6×6 matrix as if it were a tensor itself. Its rows belong to pairs of axes.
 */

/** Pairs of axes in Voigt's order. */
const PAIRS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [1, 2],
  [2, 0],
  [0, 1],
] as const;
/** Place in Voigt's order of a pair of axes. */
const PLACE = [
  [0, 5, 4],
  [5, 1, 3],
  [4, 3, 2],
] as const;

/** `axes`: the new ones as unit vectors along the old ones. */
export function turnedStiffness(
  stiffness: readonly (readonly number[])[],
  axes: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const along = (axis: number, old: number): number => axes[axis]?.[old] ?? 0;
  return PAIRS.map(([i, j]) =>
    PAIRS.map(([k, l]) => {
      let sum = 0;
      for (const [a, row] of PLACE.entries()) {
        for (const [b, first] of row.entries()) {
          const weight = along(i, a) * along(j, b);
          if (weight === 0) continue;
          for (const [c, other] of PLACE.entries()) {
            for (const [d, second] of other.entries()) {
              sum += weight * along(k, c) * along(l, d) * (stiffness[first]?.[second] ?? 0);
            }
          }
        }
      }
      return sum;
    }),
  );
}
