/**
 * Energies of the two ends of a band: folders 00 and NN normally hold only a POSCAR.
 *
 * An endpoint takes its own output if it has one, else the relaxation whose geometry agrees within 0.05 Å, else it has
 * no energy and so the path has no barrier (SCIENCE §3.1).
 */
import type { BandImage } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import { compareText } from './link-candidates.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { largestDisplacement } from './shared/path-geometry.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

export interface Endpoint {
  readonly calculation?: Calculation;
  /** `own`: output in the image folder; `linked`: a relaxation elsewhere; `stated`: named by the user. */
  readonly source?: 'own' | 'linked' | 'stated';
  readonly displacementAngstrom?: number;
  readonly issues: readonly Issue[];
}

const GEOMETRY_TOLERANCE_ANGSTROM = 0.05;

/** `stated` is a calculation named by the user or the manifest; its geometry is checked all the same. */
export function linkEndpoint(image: BandImage, relaxations: readonly Calculation[], stated?: Calculation): Endpoint {
  const label = String(image.index).padStart(2, '0');
  if (stated !== undefined) return statedEndpoint(image, stated, label);
  const own = image.calculation;
  if (own !== undefined && usableEnergy(own) !== undefined) return { calculation: own, source: 'own', issues: [] };
  const nearest = nearestRelaxation(image.structure, relaxations);
  if (nearest !== undefined && nearest.displacementAngstrom <= GEOMETRY_TOLERANCE_ANGSTROM) {
    return { ...nearest, source: 'linked', issues: [] };
  }
  const issues: Issue[] = [issue('E_ENDPOINT_ENERGY', { image: label }, { file: image.folder })];
  if (own !== undefined) issues.push(...blockingIssues(own));
  if (nearest !== undefined) {
    const { displacementAngstrom } = nearest;
    const where = { file: nearest.calculation.id };
    issues.push(issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom }, where));
  }
  return { issues };
}

function statedEndpoint(image: BandImage, stated: Calculation, label: string): Endpoint {
  const distance = distanceTo(image.structure, stated);
  const where = { file: stated.id };
  const blocked = blockingIssues(stated);
  if (blocked.length > 0) return { issues: [issue('E_ENDPOINT_ENERGY', { image: label }, where), ...blocked] };
  if (image.structure === undefined || stated.structure === undefined) {
    return { calculation: stated, source: 'stated', issues: [] };
  }
  if (distance === undefined) return { issues: [issue('E_ATOM_ORDER', { image: label }, where)] };
  if (distance > GEOMETRY_TOLERANCE_ANGSTROM) {
    return { issues: [issue('E_ENDPOINT_GEOMETRY', { image: label, displacementAngstrom: distance }, where)] };
  }
  return { calculation: stated, source: 'stated', displacementAngstrom: distance, issues: [] };
}

function nearestRelaxation(structure: Structure | undefined, relaxations: readonly Calculation[]) {
  return relaxations
    .filter((relaxation) => usableEnergy(relaxation) !== undefined)
    .flatMap((calculation) => {
      const displacementAngstrom = distanceTo(structure, calculation);
      return displacementAngstrom === undefined ? [] : [{ calculation, displacementAngstrom }];
    })
    .sort(
      (left, right) =>
        left.displacementAngstrom - right.displacementAngstrom ||
        compareText(left.calculation.id, right.calculation.id),
    )[0];
}

/** Largest displacement, Å; undefined when atom order or cell differ. */
function distanceTo(structure: Structure | undefined, calculation: Calculation): number | undefined {
  const other = calculation.structure;
  if (structure === undefined || other === undefined) return undefined;
  if (structure.species.join() !== other.species.join()) return undefined;
  if (cellDeviation(structure.latticeAngstrom, other.latticeAngstrom) !== undefined) return undefined;
  return largestDisplacement(structure, other);
}
