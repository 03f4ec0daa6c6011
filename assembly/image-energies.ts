/**
 * Each image of a band with the calculation behind its energy: its own output between the ends, a linked relaxation or
 * its own output at the ends.
 *
 * The mistake avoided here: judging an image by the criterion of a free relaxation. Along a band forces remain, and what
 * must vanish is the NEB force.
 */
import type { BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Link } from '../model/system.ts';
import { type Endpoint, linkEndpoint } from './link-endpoints.ts';
import type { RelaxationIndex } from './relaxation-index.ts';
import type { MovingImage } from './shared/image-forces.ts';
import { imageName } from './shared/image-name.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

export interface LinkedImage extends MovingImage {
  readonly issues: readonly Issue[];
  readonly link?: Link;
  /** Of an end: how its energy was found. */
  readonly endpoint?: Endpoint;
}

export interface ImageReferences {
  readonly relaxations: RelaxationIndex;
  readonly start?: Calculation;
  readonly end?: Calculation;
  /** A run between the ends. */
  readonly ran: Calculation | undefined;
}

/** In the order of the images. */
export function linkedImages(images: readonly BandImage[], references: ImageReferences): LinkedImage[] {
  return images.map((image, at) => {
    if (at === 0) return end(image, references, references.start);
    return at === images.length - 1 ? end(image, references, references.end) : between(image);
  });
}

function between(image: BandImage): LinkedImage {
  const base = placeOf(image);
  const { calculation } = image;
  if (calculation === undefined) return { ...base, issues: [] };
  const energies = imageEnergies(calculation);
  if (energies === undefined) return { ...base, issues: imageBlocks(calculation) };
  return { ...base, calculation, energies, issues: [] };
}

function end(image: BandImage, references: ImageReferences, stated: Calculation | undefined): LinkedImage {
  const base = placeOf(image);
  const endpoint = linkEndpoint(image, {
    relaxations: references.relaxations,
    ...(stated !== undefined && { stated }),
    ...(references.ran !== undefined && { image: references.ran }),
  });
  const { calculation, issues } = endpoint;
  const energies = calculation === undefined ? undefined : usableEnergy(calculation);
  if (calculation === undefined || energies === undefined) return { ...base, issues };
  const link: Link = {
    kind: 'migration-path',
    from: image.folder,
    to: calculation.id,
    stated: endpoint.source === 'stated' ? 'manifest' : 'structure',
    evidence: evidenceOf(endpoint),
    others: endpoint.others ?? [],
    issues,
  };
  return { ...base, calculation, energies, issues, link, endpoint };
}

function placeOf({ index, folder, structure }: BandImage): Omit<MovingImage, 'calculation' | 'energies'> {
  return { index, folder, ...(structure !== undefined && { structure }) };
}

function evidenceOf({ source, displacementAngstrom, atomOrder }: Endpoint): string[] {
  if (source === 'own') return ['output in the image folder'];
  const order = atomOrder === 'other' ? ['it counts the same atoms in another order'] : [];
  return [`geometry agrees within ${(displacementAngstrom ?? 0).toFixed(4)} Å`, ...order];
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

/** The images between the ends that have no energy. */
export function energyIssues(images: readonly MovingImage[], file: string): Issue[] {
  const missing = images.slice(1, -1).filter((image) => image.energies === undefined);
  if (missing.length === 0) return [];
  return [issue('E_IMAGE_ENERGY', { images: missing.map(({ index }) => imageName(index)).join(', ') }, { file })];
}
