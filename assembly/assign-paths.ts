/**
 * Which system a migration path belongs to: the one whose adsorbed slab is its endpoint, else the one whose clean slab
 * is the path's slab without the ion.
 */
import type { SystemDraft } from './assemble-systems.ts';
import { compareText } from './link-candidates.ts';
import { distanceToSlab } from './link-clean-slab.ts';
import type { AssembledPath } from './migration-path.ts';
import type { SlabIndex } from './slab-index.ts';

export interface PathOwners {
  readonly paths: readonly AssembledPath[];
  readonly index: SlabIndex;
  readonly ion: string;
}

export function assignPaths(drafts: readonly SystemDraft[], { paths, index, ion }: PathOwners): SystemDraft[] {
  const bySlab = new Map(drafts.map((draft) => [draft.slab?.id, draft]));
  const byAdsorbed = new Map(
    drafts.flatMap((draft) => draft.adsorbed.map(({ calculation }) => [calculation.id, draft] as const)),
  );
  const byStatement = new Map(drafts.flatMap((draft) => draft.stated?.paths.map((id) => [id, draft] as const) ?? []));
  const owned = new Map<SystemDraft, string[]>();
  for (const path of paths) {
    const ends = [path.images[0]?.calculation, path.images.at(-1)?.calculation];
    const draft =
      byStatement.get(path.id) ??
      ends.map((end) => byAdsorbed.get(end?.id ?? '')).find((owner) => owner !== undefined) ??
      bySlab.get(closestSlab(path, index, ion));
    if (draft === undefined) continue;
    const others = owned.get(draft);
    if (others === undefined) owned.set(draft, [path.id]);
    else others.push(path.id);
  }
  return drafts.map((draft) => ({ ...draft, paths: owned.get(draft) ?? [] }));
}

/** The clean slab that the images stand on. */
function closestSlab(path: AssembledPath, index: SlabIndex, ion: string): string | undefined {
  const first = path.images.find((image) => image.calculation?.structure !== undefined)?.calculation?.structure;
  if (first === undefined) return undefined;
  return index
    .hostsOf(first)
    .filter(({ adsorbate }) => adsorbate.formula === ion)
    .flatMap(({ groups }) => groups.filter(({ adsorbate }) => adsorbate !== ion))
    .flatMap((group) => {
      const distance = distanceToSlab(first, group, ion);
      return distance === undefined ? [] : group.members.map(({ id }) => ({ id, distance }));
    })
    .sort((left, right) => left.distance - right.distance || compareText(left.id, right.id))[0]?.id;
}
