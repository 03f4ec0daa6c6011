/** Checks of claims as text: every number with the digits that its 1σ leaves it. */
import { describe, expect, test } from 'vitest';
import { checksText } from '../../cli/shared/claims-text.ts';
import { claimsSection } from '../../cli/shared/report/claims-section.ts';
import { paintFor } from '../../cli/shared/terminal.ts';
import type { Claim } from '../../model/claims.ts';
import { candidate, checksOf } from '../pipeline/claims.ts';
import { readText } from './markup-reading.ts';

const HEAD = { name: 'set', version: 1, title: 't', source: 's' };
const SMALL: Claim = { id: 'm', of: 'a', quantity: 'lattice-mismatch', value: '0.0038', unit: '1', source: 'a paper' };

function textOf(claim: Claim, ...candidates: ReturnType<typeof candidate>[]): string {
  const checks = checksOf([claim], candidates);
  return checksText({ ...HEAD, checks }, [], paintFor({ isTTY: false })).join('\n');
}

describe('a check as text', () => {
  test('shows half of a last digit that is smaller than three decimals, and no unit of a pure number', () => {
    const text = textOf(SMALL, candidate('a', { 'lattice-mismatch': [0.0036, 0.001] }));
    expect(text).toContain('claimed   0.0038, held against lattice-mismatch');
    expect(text).toContain('computed  0.00360 ± 0.00100; 1σ: 0.00100 the computed value, 0.00005 the printed digits');
    // √(0.001² + 0.00005²) = 0.00100125
    expect(text).toContain('as stated: 0.0038; difference −0.00020, 0.2 σ');
  });

  test('keeps three decimals where they tell everything', () => {
    const barrier: Claim = { ...SMALL, quantity: 'E_f', value: '0.12', unit: 'eV' };
    const text = textOf(barrier, candidate('a', { E_f: [0.1, 0.05] }));
    expect(text).toContain('computed  0.100 ± 0.050 eV; 1σ: 0.050 the computed value, 0.005 the printed digits');
  });

  test('says ? of a 1σ that nobody knows, on the page as well', () => {
    const centres: Claim = { id: 'o', quantity: 'd-band-centre', lower: ['a'], higher: ['b'], source: 'a paper' };
    const both = [candidate('a', { 'd-band-centre': [-2, 0] }), candidate('b', { 'd-band-centre': [-1, 0] })];
    const line = 'b − a = 1.000 ± ? eV: ambiguous';
    expect(textOf(centres, ...both)).toContain(line);
    const centre: Claim = { ...SMALL, quantity: 'd-band-centre', value: '-1.0', unit: 'eV' };
    expect(textOf(centre, ...both)).toContain('computed  −2.000 ± ? eV; 1σ: 0.050 the printed digits');
    const checks = checksOf([centres, centre], both);
    const page = readText(claimsSection({ claims: { ...HEAD, checks } })?.markup ?? '');
    expect(page).toContain(line);
    expect(page).toContain('−2.000 ± ? eV');
  });
});
