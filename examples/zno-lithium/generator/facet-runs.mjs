// The calculations of one facet: clean slab, slab with Li at the two ends of a hop.
//
// E(slab) = N·E(bulk) + area·(cleavage energy); E(slab+Li) = E(slab) + E(Li atom) − E_b with the published E_b. The end of
// the hop is the same site half a cell further, with an energy that differs by what two relaxations usually differ.
import { meshOf } from './k-points.mjs';
import { FIXED_PLANES, lithiumHop, relaxedCleanSlab, slabAround } from './lithium-site.mjs';
import {
  BINDING_ENERGY_EV,
  CLEAVAGE_J_PER_M2,
  DISPERSION_EV,
  ENTROPY_EV,
  J_PER_M2_PER_EV_PER_ANGSTROM2,
  LI_ATOM_EV,
  ZNO_EV_PER_FORMULA,
} from './numbers.mjs';
import { decimals, harmonic, restingForces, settled } from './relaxation.mjs';
import { slabSettings } from './settings.mjs';
import { add, toFractional } from './vectors.mjs';
import { cutSlab, FACETS, surfaceArea } from './zno-surface.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./zno-surface.mjs').Slab} Slab */
/** @typedef {import('./zno-surface.mjs').Facet} Facet */

/** @typedef {{ facet: Facet, ideal: Slab, relaxed: Slab, cleanSigma0Ev: number, positionsAt: (fraction: number) => Vector[] }} Surface `positionsAt`: all atoms, Li last, along the hop, fractional */

/** How far above its place a relaxation of Li starts, Å. */
const START_ABOVE_ANGSTROM = 0.15;

/** @type {(facet: Facet) => Surface} */
export function surfaceOf(facet) {
  const ideal = cutSlab(facet);
  const relaxed = relaxedCleanSlab(facet, ideal);
  const hop = lithiumHop(facet, relaxed);
  const formulas = ideal.atoms.length / 2;
  const cleavageEv = (surfaceArea(ideal.cell) * CLEAVAGE_J_PER_M2[facet]) / J_PER_M2_PER_EV_PER_ANGSTROM2;
  return {
    facet,
    ideal,
    relaxed,
    cleanSigma0Ev: decimals(formulas * ZNO_EV_PER_FORMULA + cleavageEv, 8),
    positionsAt: (fraction) => {
      const lithium = hop(fraction);
      return [...slabAround(relaxed, lithium), lithium].map((position) => toFractional(ideal.cell, position));
    },
  };
}

/** @type {(surface: Surface) => Run} */
export function cleanSlabRun({ facet, ideal, relaxed, cleanSigma0Ev }) {
  return relaxationRun({
    folder: `zno-${facet}/slab`,
    label: `ZnO(${facet})`,
    slab: ideal,
    withLithium: false,
    start: fractionalOf(ideal),
    end: fractionalOf(relaxed),
    sigma0Ev: cleanSigma0Ev,
  });
}

/** `fraction` 0 is the start of the hop, 1 its end. @type {(surface: Surface, name: string, fraction: number, aboveEv: number) => Run} */
export function adsorbedRun(surface, name, fraction, aboveEv) {
  const { facet, relaxed, cleanSigma0Ev, positionsAt } = surface;
  const end = settled(positionsAt(fraction));
  const lithium = end[end.length - 1];
  const lifted = add(lithium, toFractional(relaxed.cell, [0, 0, START_ABOVE_ANGSTROM]));
  return relaxationRun({
    folder: `zno-${facet}/${name}`,
    label: `ZnO(${facet}) + Li`,
    slab: relaxed,
    withLithium: true,
    start: settled([...fractionalOf(relaxed), lifted]),
    end,
    sigma0Ev: cleanSigma0Ev + LI_ATOM_EV - BINDING_ENERGY_EV[facet] + aboveEv,
  });
}

/** @type {(slab: Slab, withLithium: boolean) => Pick<import('./structure-files.mjs').Contents, 'species' | 'free'> & { free: boolean[] }} */
export function speciesAndFlags(slab, withLithium) {
  const formulas = slab.atoms.length / 2;
  const species = ['Zn', 'O'].map((element) => ({ element, count: formulas }));
  const free = slab.atoms.map((atom) => atom.plane >= FIXED_PLANES);
  if (!withLithium) return { species, free };
  return { species: [...species, { element: 'Li', count: 1 }], free: [...free, true] };
}

/** Dispersion energy of a slab, with or without Li. @type {(slab: Slab, withLithium: boolean) => number} */
export function slabDispersion(slab, withLithium) {
  // Atoms at the surface miss some neighbours: a little less than in the bulk.
  const clean = 0.94 * (slab.atoms.length / 2) * DISPERSION_EV.znoPerFormula;
  return decimals(clean + (withLithium ? DISPERSION_EV.liOnSurface : 0), 5);
}

/** @type {(slab: Slab) => Vector[]} */
const fractionalOf = (slab) => settled(slab.atoms.map((atom) => toFractional(slab.cell, atom.position)));

/**
 * @typedef {object} Relaxation
 * @property {string} folder
 * @property {string} label
 * @property {Slab} slab
 * @property {boolean} withLithium
 * @property {Vector[]} start fractional
 * @property {Vector[]} end fractional
 * @property {number} sigma0Ev at the end
 */

/** @type {(relaxation: Relaxation) => Run} */
function relaxationRun({ folder, label, slab, withLithium, start, end, sigma0Ev }) {
  const { species, free } = speciesAndFlags(slab, withLithium);
  const frame = { key: folder, free, cell: slab.cell };
  const rest = restingForces(frame);
  const first = harmonic(frame, start, end, rest);
  const dispersionEv = slabDispersion(slab, withLithium);
  const entropyEv = withLithium ? ENTROPY_EV.adsorbed : ENTROPY_EV.slab;
  return {
    folder,
    settings: slabSettings(`synthetic, no DFT: ${label}`),
    contents: { comment: `synthetic: ${label}, plane ${planeOf(label)}`, cell: slab.cell, species, free },
    mesh: meshOf(slab.cell),
    start,
    steps: [
      {
        fractional: start,
        forces: first.forces,
        sigma0Ev: decimals(sigma0Ev + first.aboveEv, 8),
        entropyEv,
        dispersionEv: decimals(dispersionEv + 0.013, 5),
      },
      { fractional: end, forces: rest, sigma0Ev: decimals(sigma0Ev, 8), entropyEv, dispersionEv },
    ],
  };
}

/** @type {(label: string) => string} */
const planeOf = (label) => FACETS[/** @type {Facet} */ (label.slice(4, 7))].name;
