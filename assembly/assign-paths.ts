/**
 * Which system a migration path belongs to: the one whose adsorbed slab is its endpoint, else the one whose clean slab
 * is the path's slab without the ion.
 */
import type { AssemblyInput, SystemDraft } from './assemble-systems.ts';
import { compareText } from './link-candidates.ts';
import { distanceToSlab } from './link-clean-slab.ts';
import type { AssembledPath } from './migration-path.ts';

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
      const { slab } = draft;
      const distance = slab === undefined ? undefined : distanceToSlab(first, slab, ion);
      return slab === undefined || distance === undefined ? [] : [{ draft, id: slab.id, distance }];
    })
    .sort((left, right) => left.distance - right.distance || compareText(left.id, right.id))[0]?.draft;
}
