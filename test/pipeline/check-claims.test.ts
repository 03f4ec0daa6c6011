/**
 * Verdicts by hand. Cohesive energies: Li 1.63 eV (Kittel, SCIENCE §1.9) with 0.1 eV, or the 1.60 eV that a candidate
 * brings along.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim, OrderClaim } from '../../model/claims.ts';
import { expectNear } from '../near.ts';
import { BINDING, candidate, checkOf, checksOf, codesOf } from './claims.ts';

const claimed = (changes: Partial<Record<string, unknown>>): Claim => ({ ...BINDING, ...changes }) as Claim; // keys of a claim
const expectedOf = (check: ReturnType<typeof checkOf>) =>
  check.hypotheses.map(({ hypothesis, expected, fits }) => [hypothesis, Number(expected.toFixed(4)), fits]);

describe('a claimed value', () => {
  it('is reproduced when both say the same under two conventions: E_b = +3.40 is E_ads = −3.40', () => {
    const check = checkOf(BINDING, candidate('a', { 'adsorption-energy': [-3.25, 0.1] }));
    expect(check.verdict).toBe('reproduced');
    const [asStated] = check.hypotheses;
    expectNear(asStated?.expected, -3.4, 1e-12);
    expectNear(asStated?.difference, 0.15, 1e-12);
    // √(0.1² + 0.005²): 3.40 is printed to 0.01
    expectNear(asStated?.sigma, Math.sqrt(0.010025), 1e-12);
    expect(check.alsoFits).toEqual([]);
  });

  it('is reproduced up to two σ and not beyond', () => {
    // σ = √(0.10² + 0.005²) = 0.100125: limits −3.40 ± 0.20025
    expect(checkOf(BINDING, candidate('a', { E_b: [3.2, 0.1] })).verdict).toBe('reproduced');
    expect(checkOf(BINDING, candidate('a', { E_b: [3.199, 0.1] })).verdict).toBe('not-reproduced');
  });

  it('has its sign flipped when only the other sign fits', () => {
    const check = checkOf(BINDING, candidate('a', { E_b: [-3.35, 0.1] }));
    expect(check.verdict).toBe('sign-flipped');
    expect(codesOf(check)).toEqual([]);
  });

  it('has a flipped sign that the source does not state told as such', () => {
    const unstated = claimed({ quantity: 'adsorption-energy', value: '3.40', sign: 'not-stated' });
    const check = checkOf(unstated, candidate('a', { 'adsorption-energy': [-3.4, 0.1] }));
    expect(check.verdict).toBe('sign-flipped');
    expect(codesOf(check)).toEqual(['I_CLAIM_UNSTATED']);
  });

  it('is reference-shifted when the computed value is relative to the bulk, which a table cannot tell', () => {
    const check = checkOf(claimed({ value: '4.32' }), candidate('a', { 'adsorption-energy': [-2.6, 0.1] }));
    expect(check.verdict).toBe('reference-shifted');
    // −4.32 + 1.63 = −2.69; Δ 0.09; σ = √(0.1² + 0.005² + 0.1²)
    const fitting = check.hypotheses.find(({ fits }) => fits);
    expectNear(fitting?.expected, -2.69, 1e-9);
    expectNear(fitting?.sigma, Math.sqrt(0.020025), 1e-12);
    expect(fitting?.arithmetic).toBe('−4.32 + 1.63 = −2.69');
    expect(check.cohesiveEnergy).toMatchObject({ value: 1.63, sigma: 0.1 });
  });

  it('is shifted by the cohesive energy of the same table, without an error of its own', () => {
    // E_coh = ΔE_nuc − E_ads = −0.30 + 1.90 = 1.60; claimed −0.30 relative to the atom: −0.30 − 1.60 = −1.90
    const values = { 'adsorption-energy': [-1.9, 0.1], 'nucleation-driving-force': [-0.3, 0.1] } as const;
    const check = checkOf(claimed({ value: '0.30' }), candidate('a', values));
    expect(check.verdict).toBe('reference-shifted');
    const fitting = check.hypotheses.find(({ fits }) => fits);
    expect(fitting?.assumed).toBe('the claim is relative to the bulk');
    expect(fitting?.arithmetic).toBe('−0.30 − 1.6 = −1.90');
    expectNear(fitting?.sigma, Math.sqrt(0.010025), 1e-12);
  });

  it('that is stated relative to the bulk is converted first', () => {
    // −1.77 relative to the bulk is −1.77 − 1.63 = −3.40 relative to the atom
    const stated = claimed({ value: '-1.77', sign: 'negative-bound', reference: 'bulk' });
    expect(checkOf(stated, candidate('a', { 'adsorption-energy': [-3.4, 0.1] })).verdict).toBe('reproduced');
    expect(checkOf(stated, candidate('a', { 'adsorption-energy': [-1.77, 0.1] })).verdict).toBe('reference-shifted');
  });

  it('may be flipped and shifted', () => {
    // 4.32 − 1.63 = 2.69
    const check = checkOf(claimed({ value: '4.32' }), candidate('a', { 'adsorption-energy': [2.69, 0.1] }));
    expect(check.verdict).toBe('flipped-and-shifted');
  });

  it('prefers one change to two, and tells the other: 1.61 eV is nearly the cohesive energy of Li', () => {
    // −1.61 + 1.63 = 0.02; 1.61 − 1.63 = −0.02
    const check = checkOf(claimed({ value: '1.61' }), candidate('a', { 'adsorption-energy': [-0.0015, 0.1] }));
    expect(check.verdict).toBe('reference-shifted');
    expect(check.alsoFits).toEqual(['flipped-and-shifted']);
    expect(codesOf(check)).toEqual(['W_CLAIM_WEAK']);
  });

  it('is ambiguous when its sign makes no difference', () => {
    const check = checkOf(claimed({ value: '0.05' }), candidate('a', { 'adsorption-energy': [0.02, 0.1] }));
    expect(check.verdict).toBe('ambiguous');
    expect(check.alsoFits).toEqual(['reproduced', 'sign-flipped']);
  });

  it('is ambiguous when the error is as large as the value: nothing could contradict it', () => {
    const check = checkOf(BINDING, candidate('a', { 'adsorption-energy': [-1, 5] }));
    expect(check.verdict).toBe('ambiguous');
    expect(codesOf(check)).toContain('W_CLAIM_WEAK');
  });

  it('of a barrier has no other sign and no reference; one within its error of zero is a weak check', () => {
    const barrier: Claim = { id: 'b', of: 'a', quantity: 'E_f', value: '17', unit: 'meV', source: 'a paper' };
    const check = checkOf(barrier, candidate('a', { 'migration-barrier': [0.03, 0.05] }));
    // 30 − 17 = 13 meV; σ = √(50² + 0.5²)
    expect(expectedOf(check)).toEqual([['reproduced', 17, true]]);
    expectNear(check.hypotheses[0]?.difference, 13, 1e-9);
    expectNear(check.hypotheses[0]?.sigma, Math.sqrt(2500.25), 1e-9);
    expect(codesOf(check)).toEqual(['W_CLAIM_WEAK']);
  });

  it('is not checked where the candidate, its value or its counterpart is missing', () => {
    expect(codesOf(checkOf(BINDING, candidate('z', {})))).toEqual(['E_CLAIM_NO_CANDIDATE']);
    expect(codesOf(checkOf(BINDING, candidate('a', {})))).toEqual(['E_DESCRIPTOR_MISSING']);
    const charged = claimed({ adsorbate: 'Zn(OH)4', charge: -2 });
    expect(codesOf(checkOf(charged, candidate('a', { E_b: [3.4, 0.1] })))).toEqual(['E_CLAIM_CHARGED']);
    const solvated = claimed({ reference: 'other', referenceInWords: 'the solvated ion' });
    expect(codesOf(checkOf(solvated, candidate('a', { E_b: [3.4, 0.1] })))).toEqual(['E_CLAIM_REFERENCE']);
    const sodium = claimed({ adsorbate: 'Na', reference: 'bulk' });
    expect(codesOf(checkOf(sodium, candidate('a', { E_b: [3.4, 0.1] })))).toEqual(['E_REFERENCE_MISSING']);
  });

  it('of a metal without a known cohesive energy is held against its reference as stated, and that is told', () => {
    const check = checkOf(claimed({ adsorbate: 'Na' }), candidate('a', { E_b: [3.4, 0.1] }));
    expect(check.verdict).toBe('reproduced');
    expect(codesOf(check)).toEqual(['W_CLAIM_NOT_TESTED']);
  });

  it('is not contradicted by a value whose error nobody knows, only confirmed', () => {
    // As printed −1.0 ± 0.05 eV: up to 0.1 eV beside it the digits alone agree.
    const centre: Claim = { id: 'd', of: 'a', quantity: 'd-band-centre', value: '-1.0', unit: 'eV', source: 'a paper' };
    const beside = checkOf(centre, candidate('a', { 'd-band-centre': [-1.2, 0] }));
    expect(beside.verdict).toBe('not-checked');
    expect(codesOf(beside)).toEqual(['W_CLAIM_NO_SIGMA']);
    expect(beside.computed).toEqual({ value: -1.2 });
    expectNear(beside.hypotheses[0]?.difference, -0.2, 1e-12);
    expect(checkOf(centre, candidate('a', { 'd-band-centre': [-1.05, 0] })).verdict).toBe('reproduced');
    expect(checkOf(centre, candidate('a', { 'd-band-centre': [-1.2, 0.01] })).verdict).toBe('not-reproduced');
  });

  it('counts an uncertainty that is printed when it is larger than half of the last digit', () => {
    const check = checkOf(claimed({ uncertainty: 0.3 }), candidate('a', { E_b: [2.9, 0.1] }));
    expect(check.verdict).toBe('reproduced'); // 0.5 ≤ 2·√(0.3² + 0.1²) = 0.632
    expect(check.sigmas?.map(({ value }) => value)).toEqual([0.1, 0.3]);
  });
});

describe('a claimed order', () => {
  const order: OrderClaim = { id: 'o', quantity: 'E_f', lower: ['a'], higher: ['b', 'c'], source: 'a paper' };
  const barrier = (id: string, value: number, sigma = 0.05) => candidate(id, { 'migration-barrier': [value, sigma] });

  it('is reproduced when every pair is two σ apart', () => {
    // σ = 0.05·√2 = 0.0707: 0.23 is 3.3 σ
    const check = checkOf(order, barrier('a', 0.12), barrier('b', 0.35), barrier('c', 0.4));
    expect(check.verdict).toBe('reproduced');
    expect(check.pairs.map(({ lower, higher }) => [lower, higher])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('is ambiguous within the error, and not reproduced when one pair is the other way round', () => {
    expect(checkOf(order, barrier('a', 0.12), barrier('b', 0.2), barrier('c', 0.4)).verdict).toBe('ambiguous');
    expect(checkOf(order, barrier('a', 0.4), barrier('b', 0.2), barrier('c', 0.9)).verdict).toBe('not-reproduced');
  });

  it('is not checked while one of its values is missing, unless another contradicts it', () => {
    const check = checkOf(order, barrier('a', 0.12), barrier('b', 0.35), candidate('c', {}));
    expect(check.verdict).toBe('not-checked');
    expect(check.pairs.map(({ verdict }) => verdict)).toEqual(['reproduced']);
    expect(codesOf(check)).toEqual(['E_DESCRIPTOR_MISSING']);
    expect(checkOf(order, barrier('a', 0.4), barrier('b', 0.2), candidate('c', {})).verdict).toBe('not-reproduced');
  });

  it('of an alias is the order of its own numbers: the larger E_b is the more negative E_ads', () => {
    const bound: OrderClaim = { id: 'o', quantity: 'binding-energy', lower: ['a'], higher: ['b'], source: 'a paper' };
    const [weak, strong] = [candidate('a', { E_ads: [-1.6, 0.1] }), candidate('b', { E_ads: [-3.4, 0.1] })];
    const check = checkOf(bound, weak, strong);
    expect(check.verdict).toBe('reproduced');
    // E_b 3.4 − 1.6; of E_ads it would be −1.8.
    expect(check.quantity).toBe('binding-energy');
    expectNear(check.pairs[0]?.difference, 1.8, 1e-12);
  });

  it('is sign-flipped where all of it holds with the other sign, of quantities that have two conventions', () => {
    // SCIENCE §2.8: −0.51 eV is called lower than −0.74 eV; 0.23 eV are 3.3 σ of 0.05·√2.
    const energies: OrderClaim = { ...order, quantity: 'adsorption-energy' };
    const of = (id: string, value: number) => candidate(id, { 'adsorption-energy': [value, 0.05] });
    const flipped = checkOf(energies, of('a', -0.51), of('b', -0.74), of('c', -0.9));
    expect(flipped.verdict).toBe('sign-flipped');
    expect(codesOf(flipped)).toEqual(['I_CLAIM_UNSTATED']);
    expectNear(flipped.pairs[0]?.difference, -0.23, 1e-12);
    // With −0.55 eV one pair is 0.6 σ apart: neither sign makes the whole claim true.
    expect(checkOf(energies, of('a', -0.51), of('b', -0.74), of('c', -0.55)).verdict).toBe('not-reproduced');
    expect(checkOf(energies, of('a', -0.51), of('b', -0.74), candidate('c', {})).verdict).toBe('not-reproduced');
    expect(checkOf(order, barrier('a', 0.4), barrier('b', 0.2), barrier('c', 0.1)).verdict).toBe('not-reproduced');
  });

  it('is not settled by values whose error nobody knows, however far apart', () => {
    const centres: OrderClaim = { ...order, quantity: 'd-band-centre', higher: ['b'] };
    for (const sigma of [0, 0.1]) {
      const [low, high] = [
        candidate('a', { 'd-band-centre': [-2, sigma] }),
        candidate('b', { 'd-band-centre': [-1, 0] }),
      ];
      const check = checkOf(centres, low, high);
      expect(check.verdict).toBe('ambiguous');
      expect(check.pairs).toEqual([{ lower: 'a', higher: 'b', difference: 1, verdict: 'ambiguous' }]);
      expect(codesOf(check)).toEqual(['W_CLAIM_NO_SIGMA']);
    }
  });

  it('by a factor counts orders of magnitude, one printed as "1" with half an order', () => {
    const factor: OrderClaim = { ...order, higher: ['b'], ordersOfMagnitude: '1' };
    // log10(0.40/0.05) = 0.903
    const near = checkOf(factor, barrier('a', 0.05, 0.005), barrier('b', 0.4, 0.01));
    expect(near.verdict).toBe('reproduced');
    expectNear(near.pairs[0]?.ordersOfMagnitude?.value, Math.log10(8), 1e-12);
    // σ(log10) = √(0.1² + 0.025²)/ln 10
    expectNear(near.pairs[0]?.ordersOfMagnitude?.sigma, Math.sqrt(0.010625) / Math.LN10, 1e-12);
    // log10(50/0.05) = 3: two orders too many, 2·√(0.5² + 0.04²) = 1.004
    expect(checkOf(factor, barrier('a', 0.05, 0.005), barrier('b', 50, 0.01)).verdict).toBe('not-reproduced');
  });

  it('by a factor is not settled by a value within its error of zero', () => {
    const factor: OrderClaim = { ...order, higher: ['b'], ordersOfMagnitude: '1' };
    const check = checkOf(factor, barrier('a', 0.05), barrier('b', 0.4));
    expect(check.verdict).toBe('ambiguous');
    expect(codesOf(check)).toEqual(['W_CLAIM_RATIO']);
  });
});

describe('claims', () => {
  const energy = fc.double({ min: -5, max: 5, noNaN: true });

  it('are judged alike whatever the order of the candidates', () => {
    const candidates = ['a', 'b', 'c'].map((id, at) => candidate(id, { E_b: [at, 0.1], E_f: [at / 10, 0.05] }));
    const order: OrderClaim = { id: 'o', quantity: 'E_f', lower: ['a'], higher: ['b', 'c'], source: 's' };
    expect(checksOf([BINDING, order], [...candidates].reverse())).toEqual(checksOf([BINDING, order], candidates));
  });

  it('with the other convention stated for the other sign are the same claims', () => {
    fc.assert(
      fc.property(energy, energy, (value, computed) => {
        const text = value.toFixed(2);
        const negated = (-Number(text)).toFixed(2);
        const where = candidate('a', { 'adsorption-energy': [computed, 0.1] });
        const [left, right] = [
          checkOf(claimed({ value: text }), where),
          checkOf(claimed({ value: negated, sign: 'negative-bound' }), where),
        ];
        expect(right.verdict).toBe(left.verdict);
        expect(expectedOf(right)).toEqual(expectedOf(left));
      }),
    );
  });

  it('are never more than reproduced, flipped or shifted at once without saying so', () => {
    fc.assert(
      fc.property(energy, energy, fc.double({ min: 0.001, max: 3, noNaN: true }), (value, computed, sigma) => {
        const where = candidate('a', { 'adsorption-energy': [computed, sigma] });
        const check = checkOf(claimed({ value: value.toFixed(2) }), where);
        const fitting = check.hypotheses.filter(({ fits }) => fits).map(({ hypothesis }) => hypothesis);
        const told = check.verdict === 'ambiguous' ? check.alsoFits : [check.verdict, ...check.alsoFits];
        expect(new Set(told)).toEqual(new Set(fitting.length === 0 ? ['not-reproduced'] : fitting));
      }),
    );
  });
});
