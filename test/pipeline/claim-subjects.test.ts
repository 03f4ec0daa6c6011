import { describe, expect, it } from 'vitest';
import type { ClaimSubject } from '../../model/claims.ts';
import type { ClaimCandidate } from '../../pipeline/claim-candidates.ts';
import { comparableName, findSubject } from '../../pipeline/claim-subjects.ts';
import { familyOfPlane, planeFamilyText } from '../../pipeline/plane-family.ts';

describe('the family of a printed plane', () => {
  // SCIENCE §4.6
  it.each([
    [
      [0, 2, 0],
      [1, 0, 0],
    ],
    [
      [2, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, -2, 0],
      [1, 0, 0],
    ],
    [
      [-2, 2, 0],
      [1, 0, 0],
    ],
    [
      [1, 0, -1, 0],
      [1, 0, 0],
    ],
    [
      [2, 0, 2],
      [1, 0, 1],
    ],
    [
      [1, 1, 2],
      [2, -1, 2],
    ],
    [
      [0, 0, 2],
      [0, 0, 1],
    ],
    [
      [0, 0, 0, -2],
      [0, 0, 1],
    ],
  ])('of hexagonal axes (%j) has the key %j', (plane, key) => {
    expect(familyOfPlane(plane, '6/mmm').map((index) => index + 0)).toEqual(key);
  });

  it('of cubic axes is made by permutations and signs', () => {
    expect(planeFamilyText(familyOfPlane([2, -2, 0], 'm-3m'), 'm-3m')).toBe('{110}');
    expect(planeFamilyText(familyOfPlane([0, 1, -2], 'm-3m'), 'm-3m')).toBe('{210}');
    expect(planeFamilyText(familyOfPlane([0, 2, 0], '6/mmm'), '6/mmm')).toBe('{10-10}');
  });
});

describe('names of facets', () => {
  it.each([
    ['ZnO (002)', 'zno-002'],
    ['ZnO(0 0 2)', 'ZnO_002'],
    ['ZnO(10-10)', 'ZnO (101\u03050)'],
    ['ZnO(10-10)', 'ZnO(10−10)'],
    ['Zn(002)@ZPO', 'zn (002)@zpo'],
  ])('%s and %s are one', (left, right) => {
    expect(comparableName(left)).toBe(comparableName(right));
  });

  it.each([
    ['ZnO(10-10)', 'ZnO(1010)'],
    ['ZnO(110)', 'ZnO(1-10)'],
    ['ZnO(002)', 'ZnS(002)'],
    ['ZnO(002)', 'ZnO(020)'],
  ])('%s and %s are two', (left, right) => {
    expect(comparableName(left)).not.toBe(comparableName(right));
  });
});

describe('the candidates that a claim is about', () => {
  const basal: ClaimSubject = { names: ['ZnO(002)'], formula: 'ZnO', plane: [0, 0, 2], laueClass: '6/mmm' };
  const prism: ClaimSubject = { names: ['ZnO(020)'], formula: 'ZnO', plane: [0, 2, 0], laueClass: '6/mmm' };
  const slab = (id: string, more: Partial<ClaimCandidate>): ClaimCandidate => ({
    id,
    values: {},
    missing: {},
    ...more,
  });
  const oxygenSide = { family: [0, 0, 1], label: '{0001}', termination: '-' } as const;
  const found = (subject: ClaimSubject, candidate: ClaimCandidate) => findSubject(subject, [candidate]);

  it('are found by formula and plane, whatever they are called, with the face that is told', () => {
    const { found: subjects } = found(basal, slab('run-17', { formula: 'OZn', exposed: oxygenSide }));
    expect(subjects.map(({ evidence }) => evidence)).toEqual(['run-17: ZnO {0001}, face −, by its atoms']);
    const stated = slab('run-18', { formula: 'O2Zn2', stated: [1, 0, -1, 0] });
    expect(found(prism, stated).found[0]?.evidence).toBe('run-18: ZnO (1 0 -1 0), by the manifest');
  });

  it('are not those of another material, or of cubic axes with the same indices', () => {
    expect(found(basal, slab('x', { formula: 'SZn', exposed: oxygenSide })).found).toEqual([]);
    const cubic = { family: [1, 0, 0], label: '{100}' } as const;
    expect(found(prism, slab('x', { formula: 'OZn', exposed: cubic })).found).toEqual([]);
  });

  it('are refused where the atoms contradict the name', () => {
    const { found: subjects, issues } = found(prism, slab('zno-020', { formula: 'OZn', exposed: oxygenSide }));
    expect(subjects).toEqual([]);
    expect(issues.map(({ message }) => message)).toEqual([
      'no candidate is called ZnO(020), or is known to be ZnO {10-10}',
      "zno-020 is called like the claim's ZnO(020), but is another surface: ZnO {0001}, face −, by its atoms",
    ]);
  });

  it('are found by name where nothing is known of the plane; another formula of the slab is told', () => {
    expect(found(basal, slab('zno-002', {})).found[0]?.evidence).toBe('zno-002: called ZnO(002)');
    const passivated = slab('zno-002', { formula: 'HO2Zn2' });
    expect(found(basal, passivated).found[0]?.evidence).toBe('zno-002: called ZnO(002), its slab is HO2Zn2');
    expect(found(basal, slab('run-1', { label: 'ZnO (002)' })).found).toHaveLength(1);
  });
});
