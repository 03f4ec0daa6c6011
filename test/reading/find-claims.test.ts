import { describe, expect, it } from 'vitest';
import { isOrder, printedNumber } from '../../model/claims.ts';
import { claimSetNames, loadClaims } from '../../reading/find-claims.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

const HEAD = 'name: own\nversion: 1\ntitle: t\nsource: s\nsubjects:\n  a: { names: [a] }\nclaims:\n';
function faultsOf(claims: string, head = HEAD): string {
  const folder = temporaryFolder({ 'own.yaml': head + claims });
  try {
    loadClaims(`${folder}/own.yaml`);
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : '';
  }
  return 'no fault';
}

describe('published claims', () => {
  it('come in two sets, every claim with its place', () => {
    expect(claimSetNames()).toEqual(['zinc-review', 'zno-facets']);
    for (const set of claimSetNames().map(loadClaims)) {
      expect(set.claims.every(({ source }) => source.length > 10)).toBe(true);
    }
  });

  it('are those of the papers', () => {
    const values = (name: string) =>
      loadClaims(name).claims.flatMap((claim) => (isOrder(claim) ? [] : [[claim.id, `${claim.value} ${claim.unit}`]]));
    // SCIENCE §12.2, §5.2
    expect(values('zno-facets')).toEqual([
      ['binding-002', '3.40 eV'],
      ['binding-020', '1.61 eV'],
      ['binding-202', '4.32 eV'],
      ['barrier-lizn-220', '0.017 eV'],
    ]);
    expect(values('zinc-review')).toEqual([
      ['zincate-zno-zns', '-3.40 eV'],
      ['zn-cmx-002', '-0.51 eV'],
      ['zn-cmx-100', '-0.74 eV'],
      ['mismatch-vermiculite', '0.38 %'],
    ]);
  });

  it('keep the digits that were printed: 3.40 is known to ± 0.005, 3.4 to ± 0.05', () => {
    expect(printedNumber('3.40')).toEqual({ value: 3.4, halfDigit: 0.005 });
    expect(printedNumber('−3.4')).toEqual({ value: -3.4, halfDigit: 0.05 });
    expect(printedNumber('4')).toEqual({ value: 4, halfDigit: 0.5 });
  });
});

describe('a file of claims with a fault', () => {
  const barrier = "  - { id: x, of: a, quantity: E_f, value: '0.2', unit: eV, source: s }\n";

  it('is read when there is none', () => {
    expect(faultsOf(barrier)).toBe('no fault');
  });

  it('names line and field: a number without quotes has lost its digits', () => {
    expect(faultsOf('  - { id: x, of: a, quantity: E_f, value: 0.20, unit: eV, source: s }\n')).toBe(
      'own.yaml line 8, claims[0].value: expected text, found 0.2',
    );
  });

  it('names subjects and quantities that nobody knows, and units that do not convert', () => {
    expect(faultsOf(barrier.replace('of: a', 'of: z'))).toContain(
      'line 8, claims[0].of: expected a subject of this file (a)',
    );
    expect(faultsOf(barrier.replace('E_f', 'migration-barier'))).toContain('did you mean "migration-barrier"?');
    expect(faultsOf(barrier.replace('unit: eV', 'unit: Å'))).toContain('expected a unit that converts to eV');
    expect(faultsOf(barrier + barrier)).toContain('line 9, claims[1].id: expected each id once');
  });

  it('asks adsorption energies for adsorbate, sign and reference, and only them', () => {
    const energy = barrier.replace('E_f', 'E_b');
    for (const key of ['sign', 'reference', 'adsorbate'])
      expect(faultsOf(energy)).toContain(`claims[0].${key}: expected`);
    expect(faultsOf(barrier.replace('source', 'reference: atom, source'))).toContain(
      'expected only of adsorption energies',
    );
    expect(faultsOf(barrier.replace('source', 'sign: positive-bound, source'))).toContain('no quantity of binding');
    const relative = energy
      .replace('E_b', 'ΔE_nuc')
      .replace('source', 'sign: negative-bound, reference: atom, adsorbate: Li, source');
    expect(faultsOf(relative)).toContain('relative to the bulk');
  });

  it('asks for formula, plane and symmetry of a subject together', () => {
    const head = HEAD.replace('names: [a]', 'names: [a], formula: ZnO');
    expect(faultsOf(barrier, head)).toContain('formula, plane and laueClass belong together');
  });

  it('refuses indices that are no plane: (10-10) is one, (1010) and (000) are none', () => {
    const plane = (indices: string, laue = '6/mmm') =>
      faultsOf(barrier, HEAD.replace('[a]', `[a], formula: ZnO, plane: [${indices}], laueClass: ${laue}`));
    expect(plane('1, 0, -1, 0')).toBe('no fault');
    expect(plane('1, 0, 1, 0')).toContain('own.yaml line 6, subjects.a.plane: expected h + k + i = 0');
    expect(plane('0, 0, 0')).toContain('not all indices are 0');
    expect(plane('0, 0, 0, 0')).toContain('not all indices are 0');
    expect(plane('1, 0, -1, 0', 'm-3m')).toContain('four are of hexagonal axes');
  });

  it('refuses an order of a thing with itself', () => {
    expect(faultsOf('  - { id: x, quantity: E_f, lower: [a], higher: [a], source: s }\n')).toContain(
      'a stands on both sides',
    );
  });
});
