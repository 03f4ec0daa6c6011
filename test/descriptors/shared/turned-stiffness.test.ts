import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turnedStiffness } from '../../../descriptors/shared/turned-stiffness.ts';
import { expectNear } from '../../near.ts';

const cubic = (c11: number, c12: number, c44: number): number[][] =>
  [0, 1, 2, 3, 4, 5].map((row) =>
    [0, 1, 2, 3, 4, 5].map((column) =>
      row < 3 && column < 3 ? (row === column ? c11 : c12) : row === column ? c44 : 0,
    ),
  );
const about = (degrees: number): number[][] => {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [
    [cosine, sine, 0],
    [-sine, cosine, 0],
    [0, 0, 1],
  ];
};

it('a cubic crystal turned by 45° has the constants of its diagonals', () => {
  // Nye 1985, by hand: C11′ = (C11 + C12)/2 + C44, C12′ = (C11 + C12)/2 − C44, C66′ = (C11 − C12)/2.
  const turned = turnedStiffness(cubic(625, 165, 163), about(45));
  expectNear(turned[0]?.[0], 558, 1e-9);
  expectNear(turned[0]?.[1], 232, 1e-9);
  expectNear(turned[5]?.[5], 230, 1e-9);
  expectNear(turned[2]?.[2], 625, 1e-9);
  expectNear(turned[3]?.[3], 163, 1e-9);
});

it('a hexagonal crystal is alike in every direction across its axis', () => {
  const zinc = cubic(163, 30.6, 39.4).map((row, i) =>
    row.map((value, j) =>
      i === 2 && j === 2 ? 60.3 : (i === 2 && j < 2) || (j === 2 && i < 2) ? 48.1 : i === 5 && j === 5 ? 66.2 : value,
    ),
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 360, noNaN: true }), (degrees) => {
      for (const [i, row] of turnedStiffness(zinc, about(degrees)).entries()) {
        for (const [j, value] of row.entries()) expectNear(value, zinc[i]?.[j] ?? 0, 1e-9);
      }
    }),
  );
});

it('turned there and back a tensor is what it was', () => {
  const entries = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 21, maxLength: 21 });
  fc.assert(
    fc.property(entries, fc.double({ min: 0, max: 360, noNaN: true }), (values, degrees) => {
      const tensor = [0, 1, 2, 3, 4, 5].map((i) =>
        [0, 1, 2, 3, 4, 5].map((j) => values[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)] ?? 0),
      );
      const back = turnedStiffness(turnedStiffness(tensor, about(degrees)), about(-degrees));
      for (const [i, row] of back.entries())
        for (const [j, value] of row.entries()) expectNear(value, tensor[i]?.[j] ?? 0, 1e-9);
    }),
  );
  expect(turnedStiffness(cubic(1, 2, 3), about(0))).toEqual(cubic(1, 2, 3));
});
