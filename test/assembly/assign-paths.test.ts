import { describe, expect, it } from 'vitest';
import type { SystemDraft } from '../../assembly/assemble-systems.ts';
import { assignPaths } from '../../assembly/assign-paths.ts';
import type { AssembledPath } from '../../assembly/migration-path.ts';
import { openComparer } from '../../assembly/partner-groups.ts';
import { slabIndex } from '../../assembly/slab-index.ts';
import type { Calculation } from '../../model/calculation.ts';
import { basal, li, slab, slabLi } from './campaign.ts';
import { bccLi, calculationOf, withAtoms } from './fixtures.ts';

const image = calculationOf('basal/neb/01/OUTCAR', { structure: withAtoms(basal, [li(1.2, 1.9)]), energyEv: -143.2 });
const pathOf = (id: string, first: Calculation, element: string): AssembledPath => ({
  id,
  images: [{ index: 1, folder: `${id}/01`, calculation: first, climbing: false }],
  migrating: { atoms: [{ atom: 16, element, pathLengthAngstrom: 3, straightAngstrom: 3 }] },
  links: [],
  issues: [],
});

function ownersOf(paths: readonly AssembledPath[], drafts: readonly SystemDraft[], slabs = [slab]): string[][] {
  const index = slabIndex();
  for (const one of slabs) index.add(one);
  return assignPaths(drafts, { paths, index, ion: 'Li', comparer: openComparer() }).map((draft) => [...draft.paths]);
}

const clean: SystemDraft = { slab, adsorbed: [], otherAdsorbed: [], paths: [] };
const orphan: SystemDraft = {
  adsorbed: [{ calculation: slabLi, adsorbate: 'Li', issues: [] }],
  otherAdsorbed: [],
  paths: [],
};

describe('a path belongs to', () => {
  it('the system on whose clean slab its images stand', () => {
    expect(ownersOf([pathOf('basal/neb', image, 'Li')], [orphan, clean])).toEqual([[], ['basal/neb']]);
  });

  it('the slab that it may be subtracted from, not to a copy with another cutoff that comes first by name', () => {
    const coarse = { ...slab, id: 'aaa/OUTCAR', settings: { ...slab.settings, ENCUT: 400 } };
    const drafts = [{ ...clean, slab: coarse }, clean];
    expect(ownersOf([pathOf('basal/neb', image, 'Li')], drafts, [coarse, slab])).toEqual([[], ['basal/neb']]);
  });

  it('no system when another atom than the ion migrates', () => {
    expect(ownersOf([pathOf('basal/neb', image, 'H')], [clean])).toEqual([[]]);
  });

  it('no system when it stands on no slab, also where a system has none', () => {
    const elsewhere = calculationOf('bulk/neb/01/OUTCAR', { structure: bccLi() });
    expect(ownersOf([pathOf('bulk/neb', elsewhere, 'Li')], [orphan, clean])).toEqual([[], []]);
  });
});
