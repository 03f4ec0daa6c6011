/** What a screening's output tells of a candidate beyond its values. */
import { describe, expect, it } from 'vitest';
import { claimCandidates } from '../../pipeline/claim-candidates.ts';
import { expectNear } from '../near.ts';
import { BINDING, candidate, checksOf, codesOf } from './claims.ts';

function document(reference: string, cohesiveEnergyEv?: number) {
  const parts = cohesiveEnergyEv === undefined ? {} : { cohesiveEnergyEv };
  const adsorption = {
    available: true,
    convention: `reference: ${reference}; energy: sigma0; negative = bound`,
    parts,
  };
  return {
    systems: [{ id: 's', formula: 'OZn', facet: [0, 0, 2] }],
    candidates: [
      { id: 'a', label: 'ZnO (002)', ion: 'Li', system: 's', descriptors: { 'adsorption-energy': adsorption } },
    ],
  };
}

describe('candidates of a screening', () => {
  const [screened] = claimCandidates([candidate('a', {})], document('atom', 1.6085));

  it('bring their ion, material, facet, reference and cohesive energy along', () => {
    expect(screened).toMatchObject({
      label: 'ZnO (002)',
      ion: 'Li',
      formula: 'OZn',
      stated: [0, 0, 2],
      reference: 'atom',
      cohesiveEnergyEv: 1.6085,
    });
  });

  it('are those of a table where the JSON is no screening', () => {
    const [plain] = claimCandidates([candidate('a', {})], { candidates: [{ id: 'a', ion: 'Li' }] });
    expect(plain).toEqual(candidate('a', {}));
  });

  it('that state the bulk as their reference have a claim relative to the atom converted, not shifted', () => {
    // −3.40 + 1.6085 = −1.7915
    const values = candidate('a', { 'adsorption-energy': [-1.79, 0.1] });
    const [check] = checksOf([BINDING], [values], document('bulk', 1.6085));
    expect(check?.verdict).toBe('reproduced');
    expectNear(check?.hypotheses[0]?.expected, -1.7915, 1e-12);
    expect(check?.hypotheses.map(({ assumed }) => assumed)).not.toContain('the computed value is relative to the atom');
  });

  it('that state another reference are not held against the atom', () => {
    const values = candidate('a', { 'adsorption-energy': [-3.4, 0.1] });
    const [check] = checksOf([BINDING], [values], document('ion'));
    expect(check?.verdict).toBe('not-checked');
    expect(codesOf(check ?? { issues: [] })).toEqual(['E_CLAIM_REFERENCE']);
  });

  it('without an own cohesive energy are shifted by the measured one', () => {
    const values = candidate('a', { 'adsorption-energy': [-5.03, 0.1] });
    const [check] = checksOf([BINDING], [values], document('atom'));
    // −3.40 − 1.63 = −5.03
    expect(check?.verdict).toBe('reference-shifted');
    expect(check?.cohesiveEnergy?.from).toContain('Kittel');
  });
});
