// The nudged elastic band of one facet: images between the two relaxations, and the end points as bare POSCARs.
//
// E(s) rises as sin² from the start to the climbing image in the middle and falls as sin² to the end; F = −dE/ds of that
// curve, s the distance over all 3N coordinates. Each image ran two ionic steps: the first a little off the path.
import { bandState, cumulative, equallySpaced, inner, tangentAt } from './elastic-band.mjs';
import { slabDispersion, speciesAndFlags } from './facet-runs.mjs';
import { meshOf } from './k-points.mjs';
import { ENTROPY_EV, PATHS } from './numbers.mjs';
import { freeEnergy } from './outcar-ionic-step.mjs';
import { balanced, decimals, harmonic, restingForces, settled } from './relaxation.mjs';
import { seededNoise } from './seeded-noise.mjs';
import { bandSettings } from './settings.mjs';
import { add, scale, subtract, toFractional } from './vectors.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./elastic-band.mjs').Band} Band */
/** @typedef {keyof typeof PATHS} PathFacet */

/** Size of the displacement an image starts with, Å per component. */
const START_OFF_ANGSTROM = 0.012;

/** @typedef {{ band: Band, forces: Vector[][], folders: string[] }} Stage the band at one ionic step; forces by image, empty at the end points */

/** The runs of the images between the end points. @type {(surface: import('./facet-runs.mjs').Surface & { facet: PathFacet }, start: Run, end: Run) => Run[]} */
export function bandRuns(surface, start, end) {
  const { facet, relaxed } = surface;
  const [firstFreeEnergyEv, lastFreeEnergyEv] = [start, end].map((run) => freeEnergy(run.steps[run.steps.length - 1]));
  const after = convergedStage(surface, firstFreeEnergyEv);
  const before = earlierStage(after);
  const { cell } = relaxed;
  const { free, species } = speciesAndFlags(relaxed, true);
  const dispersionEv = slabDispersion(relaxed, true);
  const images = PATHS[facet].imagesBetween;
  return interior(after.band).map((index) => ({
    folder: after.folders[index],
    settings: bandSettings(`synthetic, no DFT: ZnO(${facet}) Li hop`, { images, firstFreeEnergyEv, lastFreeEnergyEv }),
    contents: { comment: `synthetic: ZnO(${facet}) + Li, image ${nameOf(index)}`, cell, species, free },
    mesh: meshOf(cell),
    start: before.band.images[index],
    steps: [before, after].map((stage) => ionicStep(stage, index, dispersionEv)),
  }));
}

/** The band as it ends: on the path, with small rests across it. @type {(surface: import('./facet-runs.mjs').Surface & { facet: PathFacet }, startFreeEnergyEv: number) => Stage} */
function convergedStage({ facet, relaxed, positionsAt }, startFreeEnergyEv) {
  const { imagesBetween } = PATHS[facet];
  const { cell } = relaxed;
  const images = equallySpaced(cell, positionsAt, imagesBetween).map(settled);
  const profile = energyProfile(facet, cumulative(cell, images));
  const freeEnergiesEv = profile.map(({ energyEv }) => startFreeEnergyEv + energyEv);
  const { free } = speciesAndFlags(relaxed, true);
  const band = { cell, free, images, freeEnergiesEv, climbing: (imagesBetween + 1) / 2 };
  const folders = images.map((_, index) => `zno-${facet}/neb/${nameOf(index)}`);
  const forces = images.map((_, index) =>
    interior(band).includes(index) ? imageForces(band, index, profile[index].tangentForceEv, folders[index]) : [],
  );
  return { band, forces, folders };
}

/** The band one ionic step before: moved off the path, higher in energy, driven back. @type {(converged: Stage) => Stage} */
function earlierStage({ band, forces, folders }) {
  const images = [...band.images];
  const freeEnergiesEv = [...band.freeEnergiesEv];
  const drivingForces = [...forces];
  for (const index of interior(band)) {
    images[index] = shifted(band, index, folders[index]);
    const { aboveEv, forces: driving } = harmonic(
      { key: folders[index], free: band.free, cell: band.cell },
      images[index],
      band.images[index],
      forces[index],
    );
    freeEnergiesEv[index] += aboveEv;
    drivingForces[index] = driving;
  }
  return { band: { ...band, images, freeEnergiesEv }, forces: drivingForces, folders };
}

/** @type {(stage: Stage, index: number, dispersionEv: number) => import('./relaxation.mjs').IonicStep} */
function ionicStep({ band, forces }, index, dispersionEv) {
  return {
    fractional: band.images[index],
    forces: forces[index],
    sigma0Ev: decimals(band.freeEnergiesEv[index] - ENTROPY_EV.adsorbed / 2, 8),
    entropyEv: ENTROPY_EV.adsorbed,
    dispersionEv,
    band: bandState(band, index, forces[index]),
  };
}

/** Numbers of the images between the end points. @type {(band: Band) => number[]} */
const interior = ({ images }) => images.map((_, index) => index).slice(1, -1);

/** Two digits, as VASP wants the folders of a band. @type {(index: number) => string} */
export const nameOf = (index) => String(index).padStart(2, '0');

/** Energy above the start and F = −dE/ds at every distance. @type {(facet: PathFacet, distances: number[]) => { energyEv: number, tangentForceEv: number }[]} */
function energyProfile(facet, distances) {
  const { barrierEv, reactionEv } = PATHS[facet];
  const last = distances[distances.length - 1];
  const top = distances[(distances.length - 1) / 2];
  return distances.map((distance) => {
    const rising = distance <= top;
    const height = rising ? barrierEv : barrierEv - reactionEv;
    const width = rising ? top : last - top;
    const angle = (Math.PI / 2) * ((rising ? distance : last - distance) / width);
    return {
      energyEv: decimals((rising ? 0 : reactionEv) + height * Math.sin(angle) ** 2, 8),
      tangentForceEv: ((rising ? -1 : 1) * height * (Math.PI / 2) * Math.sin(2 * angle)) / width,
    };
  });
}

/** Plain DFT forces of a converged image: F along the tangent, a small rest across it. @type {(band: Band, index: number, tangentForceEv: number, key: string) => Vector[]} */
function imageForces(band, index, tangentForceEv, key) {
  const tangent = tangentAt(band, index);
  const rest = restingForces({ key, free: band.free, cell: band.cell });
  const along = tangentForceEv - inner(rest, tangent);
  return balanced(
    rest.map((force, atom) => add(force, scale(tangent[atom], along))),
    band.free,
  );
}

/** The image moved off the path, across the tangent. @type {(band: Band, index: number, key: string) => Vector[]} */
function shifted(band, index, key) {
  const noise = seededNoise(`${key} start`);
  const tangent = tangentAt(band, index);
  const random = band.free.map((isFree) => {
    const size = isFree ? START_OFF_ANGSTROM : 0;
    return /** @type {Vector} */ ([size * noise(), size * noise(), size * noise()]);
  });
  const along = inner(random, tangent);
  const across = random.map((vector, atom) => subtract(vector, scale(tangent[atom], along)));
  return settled(band.images[index].map((fractional, atom) => add(fractional, toFractional(band.cell, across[atom]))));
}
