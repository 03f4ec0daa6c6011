/**
 * NEB folders with the calculations and structures of their images.
 */
import type { Band, BandImage } from '../model/band.ts';
import type { Calculation, FileRecord } from '../model/calculation.ts';
import type { Structure } from '../model/structure.ts';
import { namedStructure, potcarElements } from './named-structure.ts';
import type { ReadBand } from './read-tree.ts';

export function buildBands(bands: readonly ReadBand[], calculations: readonly Calculation[]): Band[] {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  return bands
    .filter((band) => band.images.length > 0)
    .map((band) => ({
      id: band.folder,
      images: band.images.map((image, at): BandImage => {
        const calculation = image.run === undefined ? undefined : byId.get(image.run);
        const isEnd = at === 0 || at === band.images.length - 1;
        const structure = imageStructure(image, { calculation, isEnd, elements: elementsOf(band, byId) });
        return {
          index: image.index,
          folder: image.folder,
          ...(structure !== undefined && { structure }),
          ...(hasInput(image) && { constraintsKnown: true as const }),
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

function hasInput({ poscar, contcar }: ReadBand['images'][number]): boolean {
  return [poscar, contcar].some((file) => file !== undefined && structureIsTold(file.record));
}

function structureIsTold({ structure, unnamedStructure }: FileRecord): boolean {
  return structure !== undefined || unnamedStructure !== undefined;
}

interface ImageRun {
  readonly calculation: Calculation | undefined;
  readonly isEnd: boolean;
  readonly elements: readonly string[];
}

/**
 * CONTCAR belongs to the energy and has all digits; OUTCAR has five decimals; the POSCAR of an image that has run is
 * where it started. The ends of a band do not move: there the POSCAR is the image, and an output beside it was brought
 * from a relaxation that may count its atoms in another order.
 */
function imageStructure(image: ReadBand['images'][number], run: ImageRun): Structure | undefined {
  const { calculation, isEnd, elements } = run;
  const ran = calculation?.source === 'oszicar' ? undefined : calculation?.structure;
  const contcar = namedStructure(image.contcar, elements);
  const poscar = namedStructure(image.poscar, elements);
  const structure = contcar ?? (isEnd ? (poscar ?? ran) : (ran ?? poscar));
  if (structure === undefined || structure.selectiveDynamics !== undefined) return structure;
  const flags = poscar?.selectiveDynamics ?? calculation?.structure?.selectiveDynamics;
  return flags?.length === structure.cartesianAngstrom.length ? { ...structure, selectiveDynamics: flags } : structure;
}
