import { describe, expect, it } from 'vitest';
import type { RankableCandidate } from '../../model/ranking.ts';
import { joinReference } from '../../pipeline/join-reference.ts';
import { loadReference } from '../../reading/find-reference.ts';
import { available } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';

const facet = (id: string, bindingEv: number): RankableCandidate => ({
  id,
  values: { 'binding-energy': { value: bindingEv, uncertainty: 0.1, quality: 'ok' } },
  missing: {},
});

describe('candidates beside published figures', () => {
  const candidates = [facet('zno (002)', 3.4), facet('ZnO(020)', 1.61), facet('ZnO(202)', 4.32), facet('MgO(001)', 1)];
  const found = joinReference(candidates, loadReference('zno-facets'), ['binding-energy', 'migration-barrier']);

  it('are those of the same name, whatever its case and blanks', () => {
    expect(found.joined.map(({ id }) => id)).toEqual(['zno (002)', 'ZnO(020)', 'ZnO(202)']);
    expect(found.candidatesAlone).toEqual(['MgO(001)']);
    expect(found.rowsAlone).toContain('bare carbon paper');
  });

  it('are correlated where both have numbers, with a warning for few of them', () => {
    const efficiency = found.correlations.find(({ figure }) => figure === 'aurbachEfficiencyPercent');
    if (efficiency === undefined) throw new Error('no correlation with the efficiency');
    const result = available(efficiency.result);
    expectNear(result.value, 0.5, 1e-12); // SCIENCE §12.2
    expect(result.issues.map(({ code }) => code)).toEqual(['W_SMALL_N']);
    expect(found.correlations.some(({ descriptor }) => descriptor === 'migration-barrier')).toBe(false);
    expect(found.correlations.some(({ figure }) => figure === 'migrationBarrierEv')).toBe(false);
  });
});
