/** Elastic tensors that several tests start from. */

/** Ledbetter 1977, as SCIENCE §8 quotes it. */
export const ZINC = { crystal: 'hexagonal', c11Gpa: 163, c12Gpa: 30.6, c13Gpa: 48.1, c33Gpa: 60.3, c44Gpa: 39.4 };

/** Invented, every component another one; GPa, Voigt's order. */
export const TRICLINIC = [
  [210, 85, 70, 11, -3, 4],
  [85, 190, 60, -5, 7, 2],
  [70, 60, 160, 6, -8, 9],
  [11, -5, 6, 52, 3, -2],
  [-3, 7, -8, 3, 61, 5],
  [4, 2, 9, -2, 5, 73],
];
