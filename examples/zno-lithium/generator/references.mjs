// The three references every facet shares: bulk ZnO, the isolated Li atom, bcc Li.
//
// Bulk cells keep their measured lattice constants (single points, NSW = 0). The atom is spin-polarised, in a box of
// three different lengths above 12 Å, Γ only.
import { GAMMA_ONLY, meshOf } from './k-points.mjs';
import {
  DISPERSION_EV,
  ENTROPY_EV,
  LATTICE_ANGSTROM,
  LI_ATOM_EV,
  LI_METAL_EV_PER_ATOM,
  ZNO_EV_PER_FORMULA,
} from './numbers.mjs';
import { decimals, settled } from './relaxation.mjs';
import { atomSettings, bulkSettings } from './settings.mjs';
import { BULK_BASIS, BULK_CELL } from './zno-surface.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */

/** @type {() => Run[]} */
export const referenceRuns = () => [bulkZnO(), lithiumAtom(), lithiumMetal()];

/** @type {() => Run} */
function bulkZnO() {
  const fractional = settled(BULK_BASIS.map((atom) => atom.fractional));
  return singlePoint({
    folder: 'bulk-zno',
    comment: 'synthetic: bulk ZnO, wurtzite',
    settings: bulkSettings('synthetic, no DFT: bulk ZnO'),
    cell: BULK_CELL,
    species: [
      { element: 'Zn', count: 2 },
      { element: 'O', count: 2 },
    ],
    mesh: meshOf(BULK_CELL),
    fractional,
    // u = 0.382 is not quite where these forces vanish; symmetry leaves them the z direction.
    forces: fractional.map((_, index) => [0, 0, index < 2 ? 0.003217 : -0.003217]),
    sigma0Ev: 2 * ZNO_EV_PER_FORMULA,
    entropyEv: ENTROPY_EV.bulk,
    dispersionEv: 2 * DISPERSION_EV.znoPerFormula,
  });
}

/** @type {() => Run} */
function lithiumAtom() {
  return singlePoint({
    folder: 'li-atom',
    comment: 'synthetic: Li atom in a box',
    settings: atomSettings('synthetic, no DFT: Li atom'),
    cell: [
      [13, 0, 0],
      [0, 14, 0],
      [0, 0, 15],
    ],
    species: [{ element: 'Li', count: 1 }],
    mesh: GAMMA_ONLY,
    fractional: [[0.5, 0.5, 0.5]],
    forces: [[0, 0, 0]],
    sigma0Ev: LI_ATOM_EV,
    entropyEv: ENTROPY_EV.liAtom,
    dispersionEv: DISPERSION_EV.liAtom,
    magnetisationBohr: 1,
  });
}

/** @type {() => Run} */
function lithiumMetal() {
  const a = LATTICE_ANGSTROM.li;
  /** @type {Cell} */
  const cell = [
    [a, 0, 0],
    [0, a, 0],
    [0, 0, a],
  ];
  return singlePoint({
    folder: 'li-bcc',
    comment: 'synthetic: bcc Li',
    settings: bulkSettings('synthetic, no DFT: bcc Li'),
    cell,
    species: [{ element: 'Li', count: 2 }],
    mesh: meshOf(cell),
    fractional: [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
    ],
    forces: [
      [0, 0, 0],
      [0, 0, 0],
    ],
    sigma0Ev: 2 * LI_METAL_EV_PER_ATOM,
    entropyEv: 2 * ENTROPY_EV.liMetalPerAtom,
    dispersionEv: 2 * DISPERSION_EV.liMetalPerAtom,
  });
}

/**
 * @typedef {object} SinglePoint
 * @property {string} folder
 * @property {string} comment
 * @property {import('./settings.mjs').Settings} settings
 * @property {Cell} cell
 * @property {{ element: string, count: number }[]} species
 * @property {import('./k-points.mjs').Mesh} mesh
 * @property {Vector[]} fractional
 * @property {Vector[]} forces
 * @property {number} sigma0Ev
 * @property {number} entropyEv
 * @property {number} dispersionEv
 * @property {number} [magnetisationBohr]
 */

/** @type {(point: SinglePoint) => Run} */
function singlePoint(point) {
  const { folder, comment, settings, cell, species, mesh, fractional, forces, sigma0Ev, entropyEv, dispersionEv } =
    point;
  return {
    folder,
    settings,
    contents: { comment, cell, species, free: undefined },
    mesh,
    start: fractional,
    steps: [
      { fractional, forces, sigma0Ev: decimals(sigma0Ev, 8), entropyEv, dispersionEv: decimals(dispersionEv, 5) },
    ],
    ...(point.magnetisationBohr === undefined ? {} : { magnetisationBohr: point.magnetisationBohr }),
  };
}
