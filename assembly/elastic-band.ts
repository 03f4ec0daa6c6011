/**
 * Whether numbered folders are an NEB band at all.
 *
 * A strain series or a set of k-point tests is numbered `01`, `02`, … too. A band says so (IMAGES, SPRING, LCLIMB, or
 * the NEB lines of an image), or it shows it: folders from 00 on without a gap that hold the same atoms in one cell.
 */

import type { Band } from '../model/band.ts';
import { isSameList } from '../model/structure.ts';
import { cellDeviation } from './shared/cell-deviation.ts';

const BAND_TAGS = ['IMAGES', 'SPRING', 'LCLIMB'];
/** Two ends and one image between them. */
const SMALLEST_BAND = 3;

export function isElasticBand(band: Band): boolean {
  return saysSo(band) || showsIt(band);
}

function saysSo({ settings, images }: Band): boolean {
  if (BAND_TAGS.some((tag) => settings[tag] !== undefined)) return true;
  return images.some(
    ({ calculation }) =>
      calculation?.final?.neb !== undefined || BAND_TAGS.some((tag) => calculation?.settings[tag] !== undefined),
  );
}

function showsIt({ images }: Band): boolean {
  if (images.length < SMALLEST_BAND || images.some((image, at) => image.index !== at)) return false;
  const [first] = images;
  const start = first?.structure;
  return images.every(
    ({ structure }) =>
      start !== undefined &&
      structure !== undefined &&
      isSameList(structure.species, start.species) &&
      cellDeviation(start.latticeAngstrom, structure.latticeAngstrom) === undefined,
  );
}
