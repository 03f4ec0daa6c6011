// Γ-centred k-point meshes with the protocol's spacing, reduced by time reversal only (ISYM = 0).
//
// The spacing counts reciprocal vectors without 2π: N_i = max(1, ceil(|b_i| / 0.04 Å⁻¹)), which is 0.04·2π in KSPACING's
// unit and gives 1 across a vacuum of more than 25 Å.
import { length, reciprocal } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */
/** @typedef {readonly [number, number, number]} Mesh */

const SPACING_PER_ANGSTROM = 0.04;

/** @type {Mesh} */
export const GAMMA_ONLY = [1, 1, 1];

/** @type {(cell: Cell) => Mesh} */
export function meshOf(cell) {
  const [n1, n2, n3] = reciprocal(cell).map((b) => Math.max(1, Math.ceil(length(b) / SPACING_PER_ANGSTROM)));
  return [n1, n2, n3];
}

/** One of each pair k, −k; `weight` counts the mesh points it stands for. @type {(mesh: Mesh) => { fractional: Vector, weight: number }[]} */
export function irreduciblePoints([n1, n2, n3]) {
  const seen = new Set();
  const points = [];
  for (let k = 0; k < n3; k += 1) {
    for (let j = 0; j < n2; j += 1) {
      for (let i = 0; i < n1; i += 1) {
        const key = [i, j, k].join();
        const partner = [(n1 - i) % n1, (n2 - j) % n2, (n3 - k) % n3].join();
        if (seen.has(partner) && partner !== key) continue;
        seen.add(key);
        const fractional = /** @type {Vector} */ ([centred(i, n1), centred(j, n2), centred(k, n3)]);
        points.push({ fractional, weight: partner === key ? 1 : 2 });
      }
    }
  }
  return points;
}

/** Into (−½, ½]. @type {(index: number, count: number) => number} */
const centred = (index, count) => (2 * index > count ? index - count : index) / count;
