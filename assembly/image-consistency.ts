/**
 * Whether the images of a band belong together: none missing, the same atoms in the same order and cell (SCIENCE §3.1).
 *
 * The mistake avoided here: trusting the list of species. Two atoms of one element that exchanged their places in the
 * list leave it as it was, and the path then drives them through each other.
 */
import type { Band, BandImage } from '../model/band.ts';
import { type Issue, issue } from '../model/issues.ts';
import { isSameList, type Structure } from '../model/structure.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { imageName, listedAtoms } from './shared/image-name.ts';
import { closestOverlap } from './shared/overlap.ts';
import type { Displace } from './shared/path-geometry.ts';
import { swappedAtoms } from './shared/swapped-atoms.ts';

/** IMAGES counts the images between the ends: without the last folder the one before it would pass for the end. */
export function gapIssues({ images, settings: { IMAGES } }: Band): Issue[] {
  const numbers = images.map((image) => image.index);
  const contiguous = numbers.length >= 2 && numbers.every((index, at) => index === at);
  const whole = typeof IMAGES !== 'number' || numbers.at(-1) === IMAGES + 1;
  if (contiguous && whole) return [];
  const found = numbers.map(imageName).join(', ');
  return [issue('E_IMAGE_GAP', { found: whole ? found : `${found}, expected IMAGES = ${IMAGES} between the ends` })];
}

export function structureIssues({ images }: Band): Issue[] {
  const missing = images.filter((image) => image.structure === undefined).map((image) => image.folder);
  if (missing.length > 0) return [issue('E_IMAGE_STRUCTURE', { images: missing.join(', ') })];
  const [first] = images;
  return images.flatMap((image) => {
    if (first?.structure === undefined || image.structure === undefined) return [];
    const name = imageName(image.index);
    if (!isSameList(image.structure.species, first.structure.species)) {
      return [issue('E_ATOM_ORDER', { image: name }, { file: image.folder })];
    }
    const deviationAngstrom = cellDeviation(first.structure.latticeAngstrom, image.structure.latticeAngstrom);
    return deviationAngstrom === undefined
      ? []
      : [issue('E_IMAGE_CELL', { image: name, deviationAngstrom }, { file: image.folder })];
  });
}

/** From end to end in one step an exchange of two atoms is no swap yet. */
const FEWEST_IMAGES = 3;

/**
 * Every image in which atoms of one element carry another one's name, each held against the one before it with its
 * names put right: one swapped image is told once, not again for the way back. Only for images without a gap that hold
 * the same species in one cell.
 */
export function swapIssues(images: readonly BandImage[], displace: Displace): Issue[] {
  if (images.length < FEWEST_IMAGES) return [];
  const issues: Issue[] = [];
  let before: { readonly name: string; readonly structure: Structure } | undefined;
  for (const { index, folder, structure } of images) {
    if (structure === undefined) continue;
    const name = imageName(index);
    const swap = before === undefined ? undefined : swappedAtoms(before.structure, structure, displace);
    if (swap !== undefined && before !== undefined) {
      const { movedAngstrom, renamedAngstrom } = swap;
      const atoms = listedAtoms(structure.species, swap.atoms);
      const details = { image: name, before: before.name, atoms, movedAngstrom, renamedAngstrom };
      issues.push(issue('E_ATOM_ORDER', details, { file: folder }));
    }
    before = { name, structure: swap?.renamed ?? structure };
  }
  return issues.length > 0 ? issues : interpolatedSwap(images, displace);
}

/**
 * Ends whose lists differ, with images interpolated between them: every step is short, but the atoms are driven through
 * each other. Atoms that really exchange go round each other.
 */
function interpolatedSwap(images: readonly BandImage[], displace: Displace): Issue[] {
  const [first] = images;
  const last = images.at(-1);
  if (first?.structure === undefined || last?.structure === undefined) return [];
  const swap = swappedAtoms(first.structure, last.structure, displace);
  if (swap === undefined) return [];
  const between = images.slice(1, -1).flatMap(({ structure }) => structure ?? []);
  const closestAngstrom = closestOverlap(between, swap.atoms);
  if (closestAngstrom === undefined) return [];
  const { movedAngstrom, renamedAngstrom } = swap;
  const atoms = listedAtoms(first.structure.species, swap.atoms);
  const names = { image: imageName(last.index), before: imageName(first.index) };
  return [
    issue('E_ATOM_ORDER', { ...names, atoms, movedAngstrom, renamedAngstrom, closestAngstrom }, { file: last.folder }),
  ];
}
