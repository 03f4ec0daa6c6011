/**
 * From an NEB folder to an ordered path with energies, distances and forces: everything a barrier is computed from.
 *
 * Whether the images belong together (order, atoms, cell, gaps) is judged here; the barrier is the descriptor's.
 */
import type { Band, BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, type Issue, issue, located } from '../model/issues.ts';
import type { Link } from '../model/system.ts';
import { compatibilityIssues } from './compatibility.ts';
import { linkEndpoint } from './link-endpoints.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { imageForces, type MovingImage } from './shared/image-forces.ts';
import { displacement, norm3N } from './shared/path-geometry.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

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
}

export interface AssembledPath {
  readonly id: string;
  readonly images: readonly AssembledImage[];
  /** LCLIMB; absent when neither INCAR nor OUTCAR tells. */
  readonly climbingRequested?: boolean;
  readonly springEvPerAngstrom2?: number;
  readonly links: readonly Link[];
  /** Errors make the barrier unavailable. */
  readonly issues: readonly Issue[];
}

export interface PathReferences {
  /** Relaxations that may serve as endpoints, from anywhere in the tree. */
  readonly relaxations: readonly Calculation[];
  readonly start?: Calculation;
  readonly end?: Calculation;
}

export function assemblePath(band: Band, references: PathReferences): AssembledPath {
  const gaps = gapIssues(band);
  const issues: Issue[] = [...gaps, ...structureIssues(band)];
  const ran = knownRun(band.images.slice(1, -1));
  const moving = band.images.map((image, at) =>
    withEnergy(image, roleOf(at, band.images.length), { ...references, ran }),
  );
  issues.push(...moving.flatMap((image) => image.issues));
  const settings = { ...band.settings, ...settingsOfImages(band.images) };
  const climbingRequested = typeof settings.LCLIMB === 'boolean' ? settings.LCLIMB : undefined;
  const spring = typeof settings.SPRING === 'number' ? settings.SPRING : undefined;
  const comparable = !issues.some((entry) => GEOMETRY_CODES.has(entry.code));
  const distances = comparable ? pathDistances(band.images) : undefined;
  // Without all images it is not known which of them is the highest.
  const climbing = climbingRequested === true && gaps.length === 0 ? highestInner(moving) : undefined;
  const forces = comparable ? imageForces(moving, climbing) : [];
  issues.push(...settingsIssues(moving), ...energyIssues(moving, band.id));
  return {
    id: band.id,
    images: moving.map((image, at) => ({
      index: image.index,
      folder: image.folder,
      ...(image.calculation !== undefined && { calculation: image.calculation }),
      ...(image.energies ?? {}),
      ...distances?.[at],
      ...forces[at],
      climbing: at === climbing,
    })),
    ...(climbingRequested !== undefined && { climbingRequested }),
    ...(spring !== undefined && { springEvPerAngstrom2: spring }),
    links: moving.flatMap((image) => (image.link === undefined ? [] : [image.link])),
    issues: distinctIssues(located(issues, { file: band.id })),
  };
}

const GEOMETRY_CODES = new Set(['E_IMAGE_GAP', 'E_ATOM_ORDER', 'E_IMAGE_CELL', 'E_IMAGE_STRUCTURE']);

type Position = 'start' | 'between' | 'end';

interface LinkedImage extends MovingImage {
  readonly issues: readonly Issue[];
  readonly link?: Link;
}

function roleOf(at: number, count: number): Position {
  if (at === 0) return 'start';
  return at === count - 1 ? 'end' : 'between';
}

interface ImageReferences extends PathReferences {
  /** A run between the ends. */
  readonly ran: Calculation | undefined;
}

function withEnergy(image: BandImage, role: Position, references: ImageReferences): LinkedImage {
  const base = { index: image.index, folder: image.folder, ...(image.structure && { structure: image.structure }) };
  if (role === 'between') {
    const { calculation } = image;
    const energies = calculation === undefined ? undefined : imageEnergies(calculation);
    if (calculation === undefined || energies === undefined) {
      return { ...base, issues: calculation === undefined ? [] : imageBlocks(calculation) };
    }
    return { ...base, calculation, energies, issues: [] };
  }
  const stated = role === 'start' ? references.start : references.end;
  const endpoint = linkEndpoint(image, {
    relaxations: references.relaxations,
    ...(stated !== undefined && { stated }),
    ...(references.ran !== undefined && { image: references.ran }),
  });
  const { calculation } = endpoint;
  const energies = calculation === undefined ? undefined : usableEnergy(calculation);
  if (calculation === undefined || energies === undefined) return { ...base, issues: endpoint.issues };
  const evidence =
    endpoint.source === 'own'
      ? ['output in the image folder']
      : [`geometry agrees within ${(endpoint.displacementAngstrom ?? 0).toFixed(4)} Å`];
  const link: Link = {
    kind: 'migration-path',
    from: image.folder,
    to: calculation.id,
    stated: endpoint.source === 'stated' ? 'manifest' : 'structure',
    evidence,
    others: endpoint.others ?? [],
    issues: endpoint.issues,
  };
  return { ...base, calculation, energies, issues: endpoint.issues, link };
}

/** Images of a band are judged by their NEB force, not by the criterion of a free relaxation. */
function imageBlocks(calculation: Calculation): Issue[] {
  return blockingIssues(calculation).filter((entry) => entry.code !== 'E_IONIC_UNCONVERGED');
}

function imageEnergies(calculation: Calculation) {
  const { energySigma0Ev, freeEnergyEv } = calculation.final ?? {};
  if (energySigma0Ev === undefined || freeEnergyEv === undefined) return undefined;
  return imageBlocks(calculation).length > 0 ? undefined : { energySigma0Ev, freeEnergyEv };
}

/** IMAGES counts the images between the ends: without the last folder the one before it would pass for the end. */
function gapIssues({ images, settings: { IMAGES } }: Band): Issue[] {
  const numbers = images.map((image) => image.index);
  const contiguous = numbers.length >= 2 && numbers.every((index, at) => index === at);
  const whole = typeof IMAGES !== 'number' || numbers.at(-1) === IMAGES + 1;
  if (contiguous && whole) return [];
  const found = numbers.map((index) => String(index).padStart(2, '0')).join(', ');
  return [issue('E_IMAGE_GAP', { found: whole ? found : `${found}, expected IMAGES = ${IMAGES} between the ends` })];
}

function structureIssues(band: Band): Issue[] {
  const missing = band.images.filter((image) => image.structure === undefined).map((image) => image.folder);
  if (missing.length > 0) return [issue('E_IMAGE_STRUCTURE', { images: missing.join(', ') })];
  const [first] = band.images;
  return band.images.flatMap((image) => {
    if (first?.structure === undefined || image.structure === undefined) return [];
    const name = String(image.index).padStart(2, '0');
    if (image.structure.species.join() !== first.structure.species.join()) {
      return [issue('E_ATOM_ORDER', { image: name }, { file: image.folder })];
    }
    const deviationAngstrom = cellDeviation(first.structure.latticeAngstrom, image.structure.latticeAngstrom);
    return deviationAngstrom === undefined
      ? []
      : [issue('E_IMAGE_CELL', { image: name, deviationAngstrom }, { file: image.folder })];
  });
}

function pathDistances(images: readonly BandImage[]) {
  const last = images.at(-1)?.structure;
  let distanceAngstrom = 0;
  return images.map((image, at) => {
    const previous = images[at - 1]?.structure;
    if (image.structure === undefined || last === undefined) return {};
    if (previous !== undefined) distanceAngstrom += norm3N(displacement(previous, image.structure));
    return { distanceAngstrom, distanceToEndAngstrom: norm3N(displacement(image.structure, last)) };
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
function settingsIssues(images: readonly LinkedImage[]): Issue[] {
  const reference = knownRun([...images.slice(1, -1), ...images]);
  return images.flatMap((image) => {
    const { calculation } = image;
    if (calculation === undefined || calculation === reference) return [];
    if (!tellsOfItself(calculation)) {
      const details = { image: String(image.index).padStart(2, '0'), source: calculation.id };
      return [issue('W_ENDPOINT_SETTINGS', details, { file: calculation.id })];
    }
    return reference === undefined ? [] : compatibilityIssues(reference, calculation, 'path-image');
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

function energyIssues(images: readonly MovingImage[], file: string): Issue[] {
  const missing = images.slice(1, -1).filter((image) => image.energies === undefined);
  if (missing.length === 0) return [];
  const names = missing.map((image) => String(image.index).padStart(2, '0')).join(', ');
  return [issue('E_IMAGE_ENERGY', { images: names }, { file })];
}
