/**
 * From an NEB folder to an ordered path with energies, distances and forces: everything a barrier is computed from.
 *
 * Whether the images belong together (order, atoms, cell, gaps) is judged here; the barrier is the descriptor's.
 */
import type { Band, BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, type Issue, issue, located } from '../model/issues.ts';
import type { ImageState, Link, Migration } from '../model/system.ts';
import { imageProgress, progressIssues } from './band-progress.ts';
import { gapIssues, structureIssues, swapIssues } from './image-consistency.ts';
import { energyIssues, type LinkedImage, linkedImages } from './image-energies.ts';
import type { Comparer } from './partner-groups.ts';
import type { RelaxationIndex } from './relaxation-index.ts';
import { fixedAtomIssues } from './shared/fixed-atoms.ts';
import { imageForces, type MovingImage } from './shared/image-forces.ts';
import { imageName } from './shared/image-name.ts';
import { migratingAtoms } from './shared/migrating-atoms.ts';
import { pathDomain } from './shared/path-domain.ts';
import { type Displace, norm3N, rememberedDisplacements } from './shared/path-geometry.ts';

export interface AssembledImage {
  readonly index: number;
  readonly folder: string;
  /** Behind the energy of the image. */
  readonly calculation?: Calculation;
  readonly energySigma0Ev?: number;
  readonly freeEnergyEv?: number;
  /** From image 00; absent when a structure before it is missing. */
  readonly distanceAngstrom?: number;
  /** ‖R_N − R_i‖, Å. */
  readonly distanceToEndAngstrom?: number;
  readonly tangentForceEvPerAngstrom?: number;
  readonly residualForceEvPerAngstrom?: number;
  readonly climbing: boolean;
  /** Between the ends; absent when the output cannot tell. */
  readonly state?: ImageState;
  readonly ionicSteps?: number;
}

export interface AssembledPath {
  readonly id: string;
  readonly images: readonly AssembledImage[];
  /** LCLIMB; absent when neither INCAR nor OUTCAR tells. */
  readonly climbingRequested?: boolean;
  readonly springEvPerAngstrom2?: number;
  /** Absent when the images cannot be compared atom by atom. */
  readonly migrating?: Migration;
  /** On a face of the slab, into a vacancy of a perfect lattice, or else inside the cell; absent when nobody is known to migrate. */
  readonly surroundings?: 'surface' | 'vacancy' | 'bulk';
  readonly links: readonly Link[];
  /** Errors make the barrier unavailable. */
  readonly issues: readonly Issue[];
}

export interface PathReferences {
  /** Relaxations that may serve as endpoints, from anywhere in the tree. */
  readonly relaxations: RelaxationIndex;
  readonly start?: Calculation;
  readonly end?: Calculation;
}

export function assemblePath(band: Band, references: PathReferences): AssembledPath {
  const gaps = gapIssues(band);
  const images = linkedImages(band.images, { ...references, ran: knownRun(band.images.slice(1, -1)) });
  const displace = rememberedDisplacements();
  const geometry = geometryOf(band, { gaps, images, displace });
  const settings = { ...band.settings, ...settingsOfImages(band.images) };
  const climbingRequested = typeof settings.LCLIMB === 'boolean' ? settings.LCLIMB : undefined;
  const spring = typeof settings.SPRING === 'number' ? settings.SPRING : undefined;
  // Without all images it is not known which of them is the highest.
  const climbing = climbingRequested === true && gaps.length === 0 ? highestInner(images) : undefined;
  const forces = geometry.comparable ? imageForces(images, climbing, displace) : [];
  const progress = imageProgress(band);
  const issues = [
    ...progressIssues(band),
    ...geometry.issues,
    ...images.flatMap((image) => image.issues),
    ...settingsIssues(images, references.relaxations.comparer),
    ...energyIssues(images, band.id),
  ];
  return {
    id: band.id,
    images: images.map((image, at) => ({
      index: image.index,
      folder: image.folder,
      ...(image.calculation !== undefined && { calculation: image.calculation }),
      ...(image.energies ?? {}),
      ...geometry.distances[at],
      ...forces[at],
      climbing: at === climbing,
      ...progress[at],
    })),
    ...(climbingRequested !== undefined && { climbingRequested }),
    ...(spring !== undefined && { springEvPerAngstrom2: spring }),
    ...(geometry.migrating !== undefined && { migrating: geometry.migrating }),
    ...(geometry.surroundings !== undefined && { surroundings: geometry.surroundings }),
    links: images.flatMap((image) => (image.link === undefined ? [] : [image.link])),
    issues: distinctIssues(located(issues, { file: band.id })),
  };
}

interface BandGeometry {
  /** No image is missing, and all hold the same atoms in the same order and cell. */
  readonly comparable: boolean;
  readonly issues: readonly Issue[];
  readonly distances: readonly ImageDistances[];
  readonly migrating?: Migration;
  readonly surroundings?: 'surface' | 'vacancy' | 'bulk';
}

interface LinkedBand {
  readonly gaps: readonly Issue[];
  readonly images: readonly LinkedImage[];
  readonly displace: Displace;
}

function geometryOf(band: Band, { gaps, images, displace }: LinkedBand): BandGeometry {
  const faults = [...gaps, ...structureIssues(band)];
  // Only images that follow each other can be held against each other.
  const issues = faults.length > 0 ? faults : swapIssues(band.images, displace);
  if (issues.length > 0) return { comparable: false, issues, distances: [] };
  const structures = band.images.flatMap(({ structure }) => structure ?? []);
  const ends = images.flatMap(({ index, calculation, endpoint }) =>
    calculation !== undefined && endpoint?.source === 'linked' && endpoint.atomOrder === 'same'
      ? [{ index, calculation }]
      : [],
  );
  const migrating = migratingAtoms(structures, displace);
  const surroundings = pathDomain(structures, migrating);
  return {
    comparable: true,
    issues: fixedAtomIssues(band.images, ends, displace),
    distances: pathDistances(band.images, displace),
    migrating,
    ...(surroundings !== undefined && { surroundings }),
  };
}

interface ImageDistances {
  readonly distanceAngstrom?: number;
  readonly distanceToEndAngstrom?: number;
}

function pathDistances(images: readonly BandImage[], displace: Displace): ImageDistances[] {
  const last = images.at(-1)?.structure;
  let distanceAngstrom = 0;
  return images.map((image, at) => {
    const previous = images[at - 1]?.structure;
    if (image.structure === undefined || last === undefined) return {};
    if (previous !== undefined) distanceAngstrom += norm3N(displace(previous, image.structure));
    return { distanceAngstrom, distanceToEndAngstrom: norm3N(displace(image.structure, last)) };
  });
}

/** VTST picks the climbing image with TOTEN, and only between the endpoints. */
function highestInner(images: readonly MovingImage[]): number | undefined {
  let highest: number | undefined;
  for (let at = 1; at < images.length - 1; at += 1) {
    const own = images[at]?.energies?.freeEnergyEv;
    if (own === undefined) return undefined;
    if (highest === undefined || own > (images[highest]?.energies?.freeEnergyEv ?? own)) highest = at;
  }
  return highest;
}

function settingsOfImages(images: readonly BandImage[]) {
  const settings = images.find((image) => image.calculation?.settings.LCLIMB !== undefined)?.calculation?.settings;
  const spring = images.find((image) => typeof image.calculation?.settings.SPRING === 'number')?.calculation?.settings;
  return {
    ...(settings?.LCLIMB !== undefined && { LCLIMB: settings.LCLIMB }),
    ...(spring?.SPRING !== undefined && { SPRING: spring.SPRING }),
  };
}

/** All energies of a path are subtracted from each other: each is held against one whose settings are known. */
function settingsIssues(images: readonly LinkedImage[], comparer: Comparer): Issue[] {
  const reference = knownRun([...images.slice(1, -1), ...images]);
  return images.flatMap((image) => {
    const { calculation } = image;
    if (calculation === undefined || calculation === reference) return [];
    if (!tellsOfItself(calculation)) {
      const details = { image: imageName(image.index), source: calculation.id };
      return [issue('W_ENDPOINT_SETTINGS', details, { file: calculation.id })];
    }
    return reference === undefined ? [] : comparer.issues(reference, calculation, 'path-image');
  });
}

/** The first run whose output tells its settings. */
function knownRun(images: readonly { readonly calculation?: Calculation }[]): Calculation | undefined {
  return images.map(({ calculation }) => calculation).find((run) => run !== undefined && tellsOfItself(run));
}

/** An OSZICAR holds energies and no settings: those of the INCAR beside it are what was asked for. */
function tellsOfItself({ source }: Calculation): boolean {
  return source !== 'oszicar';
}
