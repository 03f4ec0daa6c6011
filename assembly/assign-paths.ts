/**
 * Which system a migration path belongs to: the one whose adsorbed slab is its endpoint, else the one whose clean slab
 * is the path's slab without the ion.
 */
import type { Calculation } from '../model/calculation.ts';
import type { AssemblyInput, SystemDraft } from './assemble-systems.ts';
import type { AssembledPath } from './migration-path.ts';
import { matchAdsorbate } from './shared/adsorbate.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { extraAtoms } from './shared/composition-difference.ts';

const LARGEST_RECONSTRUCTION_ANGSTROM = 1.5;

export function assignPaths(drafts: readonly SystemDraft[], input: AssemblyInput): SystemDraft[] {
  const owner = new Map<string, SystemDraft>();
  for (const path of input.paths) {
    const draft =
      drafts.find((candidate) => candidate.stated?.paths.includes(path.id)) ??
      drafts.find((candidate) => sharesEndpoint(candidate, path)) ??
      closestBySlab(drafts, path, input.ion);
    if (draft !== undefined) owner.set(path.id, draft);
  }
  return drafts.map((draft) => ({
    ...draft,
    paths: input.paths.filter((path) => owner.get(path.id) === draft).map((path) => path.id),
  }));
}

function sharesEndpoint(draft: SystemDraft, path: AssembledPath): boolean {
  const ends = [path.images[0]?.calculation, path.images.at(-1)?.calculation];
  return draft.adsorbed.some((adsorbed) => ends.includes(adsorbed));
}

function closestBySlab(drafts: readonly SystemDraft[], path: AssembledPath, ion: string): SystemDraft | undefined {
  const first = path.images.find((image) => image.calculation?.structure !== undefined)?.calculation;
  if (first === undefined) return undefined;
  return drafts
    .flatMap((draft) => {
      const distance = draft.slab === undefined ? undefined : distanceToSlab(first, draft.slab, ion);
      return distance === undefined ? [] : [{ draft, distance }];
    })
    .sort((left, right) => left.distance - right.distance)[0]?.draft;
}

function distanceToSlab(image: Calculation, slab: Calculation, ion: string): number | undefined {
  if (image.structure === undefined || slab.structure === undefined) return undefined;
  if (extraAtoms(image.structure.species, slab.structure.species, ion) === undefined) return undefined;
  if (cellDeviation(image.structure.latticeAngstrom, slab.structure.latticeAngstrom) !== undefined) return undefined;
  const distance = matchAdsorbate(image.structure, slab.structure, ion).largestDisplacementAngstrom;
  return distance <= LARGEST_RECONSTRUCTION_ANGSTROM ? distance : undefined;
}
