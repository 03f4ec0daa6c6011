/**
 * Energies of the two ends of a band: folders 00 and NN normally hold only a POSCAR.
 *
 * An endpoint takes its own output if that has the geometry of the image, else the relaxation whose geometry agrees
 * within 0.05 Å, else it has no energy and so the path has no barrier (SCIENCE §3.1). Of several relaxations of one
 * geometry the one that was run like the images counts. The order of the atoms does not matter to an energy: a
 * relaxation that counts them otherwise is taken, and its evidence says so.
 */
import type { BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { bestLink } from './link-candidates.ts';
import {
  GEOMETRY_TOLERANCE_ANGSTROM,
  type NearCalculation,
  nearCalculations,
  nearness,
  type RelaxationIndex,
} from './relaxation-index.ts';
import { imageName } from './shared/image-name.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

export interface Endpoint {
  readonly calculation?: Calculation;
  /** `own`: output in the image folder; `linked`: a relaxation elsewhere; `stated`: named by the user. */
  readonly source?: 'own' | 'linked' | 'stated';
  readonly displacementAngstrom?: number;
  readonly atomOrder?: NearCalculation['atomOrder'];
  /** Relaxations that would have fitted too. */
  readonly others?: readonly string[];
  readonly issues: readonly Issue[];
}

export interface EndpointSearch {
  /** Calculations outside the band. */
  readonly relaxations: RelaxationIndex;
  /** Named by the user or the manifest; its geometry is checked all the same. */
  readonly stated?: Calculation;
  /** A run of the band, whose settings an endpoint should share. */
  readonly image?: Calculation;
}

export function linkEndpoint(image: BandImage, search: EndpointSearch): Endpoint {
  const label = imageName(image.index);
  if (search.stated !== undefined) return statedEndpoint(image, search.stated, label);
  const own = image.calculation;
  const contradiction = own === undefined ? undefined : ownContradiction(image, own);
  if (own !== undefined && usableEnergy(own) !== undefined && contradiction === undefined) {
    return { calculation: own, source: 'own', issues: [] };
  }
  const near = image.structure === undefined ? [] : nearCalculations(image.structure, search.relaxations);
  const linked = linkedEndpoint(near, search, label);
  if (linked !== undefined) return linked;
  const missing = issue('E_ENDPOINT_ENERGY', { image: label }, { file: image.folder });
  const ownFaults = own === undefined ? [] : [...blockingIssues(own), ...(contradiction ?? [])];
  return { issues: [missing, ...ownFaults, ...(contradiction === undefined ? whyNone(near, label) : [])] };
}

/** Output in the folder of an end that has the atoms and the cell of the image, but not its geometry. */
function ownContradiction({ structure, index }: BandImage, own: Calculation): Issue[] | undefined {
  // An OSZICAR tells no geometry: that of its calculation is the POSCAR beside it.
  if (structure === undefined || own.structure === undefined || own.source === 'oszicar') return undefined;
  const near = nearness(structure, own);
  if (near === undefined) return [issue('E_ENDPOINT_ATOMS', { image: imageName(index) }, { file: own.id })];
  const { displacementAngstrom } = near;
  if (displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM) return undefined;
  return [issue('E_ENDPOINT_GEOMETRY', { image: imageName(index), displacementAngstrom }, { file: own.id })];
}

/** As far as an adsorbate may move without being on another site (SCIENCE §2.6): farther off it is another state. */
const ANOTHER_STATE_ANGSTROM = 1;

/** What keeps the nearest relaxation from being the endpoint: its own faults, or its geometry. */
function whyNone([nearest]: readonly NearCalculation[], label: string): Issue[] {
  if (nearest === undefined) return [];
  const { calculation, displacementAngstrom } = nearest;
  if (displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM) return blockingIssues(calculation);
  if (displacementAngstrom > ANOTHER_STATE_ANGSTROM) return [];
  return [issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom }, { file: calculation.id })];
}

function linkedEndpoint(
  near: readonly NearCalculation[],
  { image, relaxations }: EndpointSearch,
  label: string,
): Endpoint | undefined {
  const usable = near.filter(
    ({ calculation, displacementAngstrom }) =>
      displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM && usableEnergy(calculation) !== undefined,
  );
  // After an exchange of two atoms both ends are one geometry: then the names tell which relaxation is whose.
  const sameOrder = usable.filter(({ atomOrder }) => atomOrder === 'same');
  const fitting = sameOrder.length > 0 ? sameOrder : usable;
  const [nearest] = fitting;
  if (nearest === undefined || image === undefined || fitting.length === 1) {
    return nearest && { ...nearest, source: 'linked', issues: [] };
  }
  const distances = new Map(fitting.map((one) => [one.calculation, one.displacementAngstrom]));
  const link = bestLink({
    kind: 'migration-path',
    pair: 'path-image',
    from: image,
    role: `relaxation of image ${label}`,
    partners: [...distances.keys()],
    evidence: () => [],
    distanceAngstrom: (partner) => distances.get(partner) ?? 0,
    comparer: relaxations.comparer,
  });
  const chosen = fitting.find((one) => one.calculation.id === link?.to) ?? nearest;
  const ambiguity = (link?.issues ?? []).filter((entry) => entry.code === 'W_AMBIGUOUS_LINK');
  return { ...chosen, source: 'linked', others: link?.others ?? [], issues: ambiguity };
}

function statedEndpoint({ structure }: BandImage, stated: Calculation, label: string): Endpoint {
  const where = { file: stated.id };
  const blocked = blockingIssues(stated);
  if (blocked.length > 0) return { issues: [issue('E_ENDPOINT_ENERGY', { image: label }, where), ...blocked] };
  if (structure === undefined || stated.structure === undefined) {
    return { calculation: stated, source: 'stated', issues: [] };
  }
  const near = nearness(structure, stated);
  if (near === undefined) return { issues: [issue('E_ENDPOINT_ATOMS', { image: label }, where)] };
  const { displacementAngstrom } = near;
  if (displacementAngstrom > GEOMETRY_TOLERANCE_ANGSTROM) {
    return { issues: [issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom }, where)] };
  }
  return { ...near, source: 'stated', issues: [] };
}
