/**
 * Energies of the two ends of a band: folders 00 and NN normally hold only a POSCAR.
 *
 * An endpoint takes its own output if it has one, else the relaxation whose geometry agrees within 0.05 Å, else it has
 * no energy and so the path has no barrier (SCIENCE §3.1). Of several relaxations of one geometry the one that was run
 * like the images counts.
 */
import type { BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import { bestLink, compareText } from './link-candidates.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { largestDisplacement } from './shared/path-geometry.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

export interface Endpoint {
  readonly calculation?: Calculation;
  /** `own`: output in the image folder; `linked`: a relaxation elsewhere; `stated`: named by the user. */
  readonly source?: 'own' | 'linked' | 'stated';
  readonly displacementAngstrom?: number;
  /** Relaxations that would have fitted too. */
  readonly others?: readonly string[];
  readonly issues: readonly Issue[];
}

const GEOMETRY_TOLERANCE_ANGSTROM = 0.05;

export interface EndpointSearch {
  /** Calculations outside the band. */
  readonly relaxations: readonly Calculation[];
  /** Named by the user or the manifest; its geometry is checked all the same. */
  readonly stated?: Calculation;
  /** A run of the band, whose settings an endpoint should share. */
  readonly image?: Calculation;
}

export function linkEndpoint(image: BandImage, search: EndpointSearch): Endpoint {
  const label = String(image.index).padStart(2, '0');
  if (search.stated !== undefined) return statedEndpoint(image, search.stated, label);
  const own = image.calculation;
  if (own !== undefined && usableEnergy(own) !== undefined) return { calculation: own, source: 'own', issues: [] };
  const near = byDistance(image.structure, search.relaxations);
  const linked = linkedEndpoint(near, search.image, label);
  if (linked !== undefined) return linked;
  const missing = issue('E_ENDPOINT_ENERGY', { image: label }, { file: image.folder });
  return { issues: [missing, ...(own === undefined ? [] : blockingIssues(own)), ...whyNone(near, label)] };
}

/** What keeps the nearest relaxation from being the endpoint: its own faults, or its geometry. */
function whyNone([nearest]: readonly Neighbour[], label: string): Issue[] {
  if (nearest === undefined) return [];
  const { calculation, displacementAngstrom } = nearest;
  if (displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM) return blockingIssues(calculation);
  return [issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom }, { file: calculation.id })];
}

function linkedEndpoint(
  near: readonly Neighbour[],
  image: Calculation | undefined,
  label: string,
): Endpoint | undefined {
  const fitting = near.filter(
    ({ calculation, displacementAngstrom }) =>
      displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM && usableEnergy(calculation) !== undefined,
  );
  const [nearest] = fitting;
  if (nearest === undefined || image === undefined) return nearest && { ...nearest, source: 'linked', issues: [] };
  const distances = new Map(fitting.map((one) => [one.calculation, one.displacementAngstrom]));
  const link = bestLink({
    kind: 'migration-path',
    pair: 'path-image',
    from: image,
    role: `relaxation of image ${label}`,
    partners: [...distances.keys()],
    evidence: () => [],
    distanceAngstrom: (partner) => distances.get(partner) ?? 0,
  });
  const chosen = fitting.find((one) => one.calculation.id === link?.to) ?? nearest;
  const ambiguity = (link?.issues ?? []).filter((entry) => entry.code === 'W_AMBIGUOUS_LINK');
  return { ...chosen, source: 'linked', others: link?.others ?? [], issues: ambiguity };
}

function statedEndpoint(image: BandImage, stated: Calculation, label: string): Endpoint {
  const distance = distanceTo(image.structure, stated);
  const where = { file: stated.id };
  const blocked = blockingIssues(stated);
  if (blocked.length > 0) return { issues: [issue('E_ENDPOINT_ENERGY', { image: label }, where), ...blocked] };
  if (image.structure === undefined || stated.structure === undefined) {
    return { calculation: stated, source: 'stated', issues: [] };
  }
  if (distance === undefined) return { issues: [issue('E_ENDPOINT_ATOMS', { image: label }, where)] };
  if (distance > GEOMETRY_TOLERANCE_ANGSTROM) {
    return { issues: [issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom: distance }, where)] };
  }
  return { calculation: stated, source: 'stated', displacementAngstrom: distance, issues: [] };
}

interface Neighbour {
  readonly calculation: Calculation;
  readonly displacementAngstrom: number;
}

function byDistance(structure: Structure | undefined, relaxations: readonly Calculation[]): Neighbour[] {
  return relaxations
    .flatMap((calculation) => {
      const displacementAngstrom = distanceTo(structure, calculation);
      return displacementAngstrom === undefined ? [] : [{ calculation, displacementAngstrom }];
    })
    .sort(
      (left, right) =>
        left.displacementAngstrom - right.displacementAngstrom ||
        compareText(left.calculation.id, right.calculation.id),
    );
}

/** Largest displacement, Å; undefined when atom order or cell differ. */
function distanceTo(structure: Structure | undefined, calculation: Calculation): number | undefined {
  const other = calculation.structure;
  if (structure === undefined || other === undefined) return undefined;
  if (!sameAtoms(structure.species, other.species)) return undefined;
  if (cellDeviation(structure.latticeAngstrom, other.latticeAngstrom) !== undefined) return undefined;
  return largestDisplacement(structure, other);
}

/** Looked at for every relaxation of a tree: most have another number of atoms. */
function sameAtoms(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((element, atom) => element === right[atom]);
}
