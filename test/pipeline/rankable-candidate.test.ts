import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../model/system.ts';
import { rankableCandidate } from '../../pipeline/rankable-candidate.ts';

/** 1σ that ranking takes for a band gap with this one, when the profile states 0.3 eV. */
function taken(uncertainty: number, uncertaintyOrigin: string): number | undefined {
  const gap = { available: true, value: 0.7, uncertainty, quality: 'ok', parts: { uncertaintyOrigin } };
  const candidate = { id: 'a', descriptors: { 'band-gap': gap } };
  const names = { resolve: () => ({ names: [{ name: 'band-gap', factor: 1 }], defaultUncertainty: 0.3 }) };
  const profile = { uncertainties: { 'band-gap': 0.3 } };
  // Only what is read of the three.
  const ranked = rankableCandidate(
    candidate as unknown as Candidate,
    names as unknown as Parameters<typeof rankableCandidate>[1],
    profile,
  );
  return ranked.values['band-gap']?.uncertainty;
}

describe('the 1σ of a profile', () => {
  it('stands for a default, and for the 0 of inputs without any', () => {
    expect([taken(0.1, 'default'), taken(0, 'propagated')]).toEqual([0.3, 0.3]);
  });

  it('does not replace one that was given or propagated', () => {
    expect([taken(0.05, 'given'), taken(0.05, 'propagated')]).toEqual([0.05, 0.05]);
  });
});
