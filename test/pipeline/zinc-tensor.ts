/** The elastic tensor of zinc, as tests of several descriptors give it to their OUTCAR. */

/** Zinc of Ledbetter (SCIENCE §8) as OUTCAR prints it: rows XX YY ZZ XY YZ ZX, kBar. */
export const ZINC_KBAR = [
  [1630, 306, 481, 0, 0, 0],
  [306, 1630, 481, 0, 0, 0],
  [481, 481, 603, 0, 0, 0],
  [0, 0, 0, 662, 0, 0],
  [0, 0, 0, 0, 394, 0],
  [0, 0, 0, 0, 0, 394],
];
