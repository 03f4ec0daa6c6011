/**
 * Whether a cell repeats a crystal: its vectors are whole multiples of the crystal's, and most of its atoms lie on the
 * crystal's sites once a common shift is taken away. Atoms around a defect relax, so not all need to.
 *
 * Fractions of the cell times whole multiples are fractions of the crystal: strain and rotation drop out, and each atom is
 * compared with the few sites of one crystal cell only.
 */
import {
  norm,
  periodicDistance,
  reciprocal,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';
import { composition, position, type Structure } from '../../model/structure.ts';
import { coincidence } from '../shared/coincidence.ts';

export interface Repetition {
  /** Cells of the crystal in the cell. */
  readonly cells: number;
  /** Atoms on sites of their element. */
  readonly share: number;
}

/** A supercell is relaxed or rounded by less. */
const CELL_LIMITS = { strain: 0.02, angleDegrees: 1.5 };
/** From its site, Å: less than half a bond. */
const ON_SITE_ANGSTROM = 0.8;
/** Neighbours of a defect leave their sites; a fifth of a small cell may. */
const LEAST_SHARE = 0.75;
/** Atoms from which the common shift is taken, until it fits. */
const ANCHORS = 4;

export function hostRepetition(cell: Structure, crystal: Structure): Repetition | undefined {
  const multiples = directMultiples(cell, crystal) ?? matchedMultiples(cell, crystal);
  if (multiples === undefined) return undefined;
  const inverse = reciprocal(cell.latticeAngstrom);
  // Where each atom lies in the crystal's cell.
  const places = cell.species.map((_, atom) => {
    const [f, g, h] = toFractional(position(cell, atom), inverse);
    return [0, 1, 2].map((axis) =>
      multiples.reduce((sum, multiple, at) => sum + ([f, g, h][at] ?? 0) * (multiple[axis] ?? 0), 0),
    ) as [number, number, number]; // of three axes
  });
  const share = bestShare(cell, crystal, places);
  return share < LEAST_SHARE ? undefined : { cells: Math.round(Math.abs(determinantOf(multiples))), share };
}

function directMultiples(cell: Structure, crystal: Structure): readonly Vector3[] | undefined {
  const inverse = reciprocal(crystal.latticeAngstrom);
  const multiples = cell.latticeAngstrom.map((vector): Vector3 => {
    const [f, g, h] = toFractional(vector, inverse);
    return [Math.round(f), Math.round(g), Math.round(h)];
  });
  const isNear = cell.latticeAngstrom.every((vector, at) => {
    const repeated = toCartesian(multiples[at] ?? [0, 0, 0], crystal.latticeAngstrom);
    return norm(subtract(vector, repeated)) <= CELL_LIMITS.strain * norm(vector);
  });
  return isNear ? multiples : undefined;
}

/** In a cell that stands otherwise in space. */
function matchedMultiples(cell: Structure, crystal: Structure): readonly Vector3[] | undefined {
  return coincidence(cell.latticeAngstrom, crystal.latticeAngstrom, CELL_LIMITS)?.multiples;
}

/** Largest share over the shifts that bring one of a few atoms onto a site of its element. */
function bestShare(cell: Structure, crystal: Structure, places: readonly Vector3[]): number {
  const lattice = crystal.latticeAngstrom;
  const sites = crystal.species.map((species, atom) => ({ species, place: position(crystal, atom) }));
  const atoms = places.map((place, atom) => ({
    candidates: sites.filter(({ species }) => species === cell.species[atom]),
    place: toCartesian(place, lattice),
  }));
  const distance = periodicDistance(lattice);
  const mostOff = Math.floor((1 - LEAST_SHARE) * atoms.length);
  const shareAt = ([x, y, z]: Vector3): number => {
    let off = 0;
    for (const { candidates, place } of atoms) {
      const [u, v, w] = [place[0] - x, place[1] - y, place[2] - z];
      const isOn = candidates.some((site) => {
        return distance(u - site.place[0], v - site.place[1], w - site.place[2]) <= ON_SITE_ANGSTROM;
      });
      if (!isOn) off += 1;
      if (off > mostOff) return 0;
    }
    return 1 - off / atoms.length;
  };
  let best = shareAt([0, 0, 0]);
  for (const anchor of anchorsOf(cell, crystal)) {
    for (const site of atoms[anchor]?.candidates ?? []) {
      if (best >= LEAST_SHARE) return best;
      best = Math.max(best, shareAt(subtract(atoms[anchor]?.place ?? [0, 0, 0], site.place)));
    }
  }
  return best;
}

/** Spread over the list: a defect has its neighbours in few places of it. */
function anchorsOf(cell: Structure, crystal: Structure): number[] {
  const [rarest] = Object.entries(composition(crystal.species)).sort(([, left], [, right]) => left - right)[0] ?? [];
  const atoms = cell.species.flatMap((species, atom) => (species === rarest ? [atom] : []));
  return Array.from({ length: ANCHORS }, (_, at) => atoms[Math.floor((at * atoms.length) / ANCHORS)] ?? 0);
}

function determinantOf([a, b, c]: readonly Vector3[]): number {
  if (a === undefined || b === undefined || c === undefined) return 0;
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}
