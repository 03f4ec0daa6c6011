/**
 * Whether the atoms of a band are held alike in all its images, and stay where they are held (SCIENCE §3.1, §4.8).
 *
 * The mistake avoided here: a barrier between an end whose lower layers were free to relax and images in which they were
 * not. Its energies belong to two different slabs, and nothing in an OUTCAR shows it: the flags stand in POSCAR only.
 */
import type { BandImage } from '../../model/band.ts';
import type { Calculation } from '../../model/calculation.ts';
import { type Issue, issue } from '../../model/issues.ts';
import type { Structure } from '../../model/structure.ts';
import { imageName, listedAtoms } from './image-name.ts';
import { atomNorm, type Displace } from './path-geometry.ts';

/** As far as an endpoint may be from its relaxation (SCIENCE §3.1). */
const IN_PLACE_ANGSTROM = 0.05;

/** A run whose energy stands for an end of the band, from outside of it. */
export interface LinkedEnd {
  readonly index: number;
  readonly calculation: Calculation;
}

/**
 * The images between the ends against the first of them whose flags are known, and the relaxations behind the ends; the
 * ends themselves do not move in a band, so their own flags mean nothing. All structures hold the same atoms.
 */
export function fixedAtomIssues(images: readonly BandImage[], ends: readonly LinkedEnd[], displace: Displace): Issue[] {
  const between = images.slice(1, -1).flatMap((image) => {
    const flags = imageFlags(image);
    return flags === undefined ? [] : [{ name: `image ${imageName(image.index)}`, file: image.folder, flags }];
  });
  const [reference, ...others] = between;
  if (reference === undefined) return [];
  const relaxations = ends.flatMap(({ index, calculation }) => {
    const flags = relaxationFlags(calculation, images[0]?.structure);
    const name = `the relaxation of image ${imageName(index)}`;
    return flags === undefined ? [] : [{ name, file: calculation.id, flags }];
  });
  const differing = [...others, ...relaxations].flatMap(({ name, file, flags }) => {
    const atoms = differentAtoms(reference.flags, flags);
    return atoms === 0
      ? []
      : [issue('W_FIXED_ATOMS_DIFFER', { image: name, against: reference.name, atoms }, { file })];
  });
  return [...differing, ...movedIssues(images, reference.flags, displace)];
}

function imageFlags({ structure, constraintsKnown }: BandImage): Uint8Array | undefined {
  if (structure === undefined) return undefined;
  return structure.selectiveDynamics ?? (constraintsKnown === true ? allFree(structure) : undefined);
}

/** Of a run whose POSCAR was read, or which tells its flags; its atoms in another order cannot be compared. */
function relaxationFlags({ structure, files }: Calculation, image: Structure | undefined): Uint8Array | undefined {
  if (structure === undefined || structure.species.join() !== image?.species.join()) return undefined;
  const hasInput = files.some(({ path }) => /(?:POSCAR|CONTCAR)[^/]*$/.test(path));
  return structure.selectiveDynamics ?? (hasInput ? allFree(structure) : undefined);
}

function allFree({ cartesianAngstrom }: Structure): Uint8Array {
  return new Uint8Array(cartesianAngstrom.length).fill(1);
}

function differentAtoms(left: Uint8Array, right: Uint8Array): number {
  let count = 0;
  for (let at = 0; at + 2 < left.length; at += 3) {
    if ([0, 1, 2].some((axis) => left[at + axis] !== right[at + axis])) count += 1;
  }
  return count;
}

/** The image in which a fixed atom lies farthest from its place in the first one. */
function movedIssues(images: readonly BandImage[], flags: Uint8Array, displace: Displace): Issue[] {
  const start = images[0]?.structure;
  if (start === undefined) return [];
  const fixed = start.species.flatMap((_, atom) =>
    [0, 1, 2].some((axis) => flags[3 * atom + axis] === 1) ? [] : [atom],
  );
  const [worst] = images
    .flatMap((image) => {
      if (image.structure === undefined) return [];
      const way = displace(start, image.structure);
      const lengthOf = (atom: number): number => atomNorm(way, atom);
      const atoms = fixed.filter((atom) => lengthOf(atom) > IN_PLACE_ANGSTROM);
      const displacementAngstrom = atoms.reduce((most, atom) => Math.max(most, lengthOf(atom)), 0);
      return atoms.length === 0 ? [] : [{ image, atoms, displacementAngstrom }];
    })
    .sort((left, right) => right.displacementAngstrom - left.displacementAngstrom);
  if (worst === undefined) return [];
  const { image, atoms, displacementAngstrom } = worst;
  const details = { image: imageName(image.index), atoms: listedAtoms(start.species, atoms), displacementAngstrom };
  return [issue('W_FIXED_ATOM_MOVED', details, { file: image.folder })];
}
