/**
 * Which system a migration path belongs to: the one whose adsorbed slab is its endpoint, else the one whose clean slab
 * is the path's slab without the ion.
 */
import type { SystemDraft } from './assemble-systems.ts';
import { linkCleanSlab } from './link-clean-slab.ts';
import type { AssembledPath } from './migration-path.ts';
import type { Comparer } from './partner-groups.ts';
import type { SlabIndex } from './slab-index.ts';

export interface PathOwners {
  readonly paths: readonly AssembledPath[];
  readonly index: SlabIndex;
  readonly ion: string;
  readonly comparer: Comparer;
}

export function assignPaths(drafts: readonly SystemDraft[], owners: PathOwners): SystemDraft[] {
  const { paths, ion } = owners;
  const bySlab = new Map(
    drafts.flatMap((draft) => (draft.slab === undefined ? [] : [[draft.slab.id, draft] as const])),
  );
  const byAdsorbed = new Map(
    drafts.flatMap((draft) => draft.adsorbed.map(({ calculation }) => [calculation.id, draft] as const)),
  );
  const byStatement = new Map(drafts.flatMap((draft) => draft.stated?.paths.map((id) => [id, draft] as const) ?? []));
  const owned = new Map<SystemDraft, string[]>();
  for (const path of paths) {
    const ends = [path.images[0]?.calculation, path.images.at(-1)?.calculation];
    const shown = (): SystemDraft | undefined =>
      ends.map((end) => byAdsorbed.get(end?.id ?? '')).find((owner) => owner !== undefined) ??
      bySlab.get(closestSlab(path, owners) ?? '');
    const draft = byStatement.get(path.id) ?? (isOfIon(path, ion) ? shown() : undefined);
    if (draft === undefined) continue;
    const others = owned.get(draft);
    if (others === undefined) owned.set(draft, [path.id]);
    else others.push(path.id);
  }
  return drafts.map((draft) => ({ ...draft, paths: owned.get(draft) ?? [] }));
}

/** The clean slab that the images stand on, as for an adsorbed slab: its settings count too. */
function closestSlab(path: AssembledPath, { index, ion, comparer }: PathOwners): string | undefined {
  const first = path.images.find((image) => image.calculation?.structure !== undefined)?.calculation;
  if (first?.structure === undefined) return undefined;
  const hosts = index
    .hostsOf(first.structure)
    .filter(({ adsorbate }) => adsorbate.formula === ion)
    .map((host) => ({ ...host, groups: host.groups.filter(({ adsorbate }) => adsorbate !== ion) }));
  return linkCleanSlab(first, { hosts, comparer })?.link.to;
}

/** The hop of another atom is no migration of the ion; where nothing is known of the atoms, the ends decide. */
function isOfIon({ migrating }: AssembledPath, ion: string): boolean {
  return migrating === undefined || migrating.atoms.some(({ element }) => element === ion);
}
