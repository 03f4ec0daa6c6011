/**
 * NEB folders with the calculations and structures of their images.
 */
import type { Band, BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import type { Structure } from '../model/structure.ts';
import { namedStructure, potcarElements } from './named-structure.ts';
import type { ReadBand } from './read-tree.ts';

export function buildBands(bands: readonly ReadBand[], calculations: readonly Calculation[]): Band[] {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  return bands
    .filter((band) => band.images.length > 0)
    .map((band) => ({
      id: band.folder,
      images: band.images.map((image): BandImage => {
        const calculation = image.run === undefined ? undefined : byId.get(image.run);
        const structure = imageStructure(image, calculation, elementsOf(band, byId));
        return {
          index: image.index,
          folder: image.folder,
          ...(structure !== undefined && { structure }),
          ...(calculation !== undefined && { calculation }),
        };
      }),
      settings: band.incar?.record.settings ?? {},
    }));
}

/** All images share their POTCAR: an endpoint without output takes the element names of the images that ran. */
function elementsOf(band: ReadBand, byId: ReadonlyMap<string, Calculation>): readonly string[] {
  const ran = band.images.map((image) => byId.get(image.run ?? '')).find((run) => (run?.potcars.length ?? 0) > 0);
  return potcarElements(ran?.potcars ?? []);
}

/**
 * CONTCAR belongs to the energy and has all digits; OUTCAR has five decimals; the POSCAR of an image that has run is
 * where it started.
 */
function imageStructure(
  image: ReadBand['images'][number],
  calculation: Calculation | undefined,
  elements: readonly string[],
): Structure | undefined {
  const ran = calculation?.source === 'outcar' ? calculation.structure : undefined;
  const contcar = namedStructure(image.contcar, elements);
  const poscar = namedStructure(image.poscar, elements);
  const structure = contcar ?? ran ?? poscar;
  if (structure === undefined || structure.selectiveDynamics !== undefined) return structure;
  const flags = poscar?.selectiveDynamics ?? calculation?.structure?.selectiveDynamics;
  return flags?.length === structure.cartesianAngstrom.length ? { ...structure, selectiveDynamics: flags } : structure;
}
