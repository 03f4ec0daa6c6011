/** A 1σ that nobody stated is told as not known, in the result and in every file of it (SCIENCE §10.5). */
import { expect, it } from 'vitest';
import type { AvailableDescriptor } from '../../model/descriptor.ts';
import type { Profile } from '../../model/profile.ts';
import { descriptorResultSchema } from '../../model/screening-schema.ts';
import type { Candidate } from '../../model/system.ts';
import { rankableCandidates } from '../../pipeline/rank-screening.ts';
import { withUntoldUncertainties } from '../../pipeline/untold-uncertainties.ts';
import { bulkZno, calculationOf, cubic, structureOf } from '../assembly/fixtures.ts';
import { available } from '../descriptors/descriptor-cases.ts';
import { described } from './described.ts';
import { profile } from './screening.ts';

const MESH: [number, number, number] = [6, 6, 6];
const bulk = (id: string, structure: Parameters<typeof calculationOf>[1]['structure'], energyEv: number) =>
  calculationOf(id, { ...(structure !== undefined && { structure }), energyEv, mesh: MESH });
const tree = [
  bulk('zno/OUTCAR', bulkZno(), -18.1),
  bulk('zn/OUTCAR', structureOf(cubic(3.2), [['Zn', [0, 0, 0]]]), -1.26),
  bulk(
    'zno2/OUTCAR',
    structureOf(cubic(3.3), [
      ['Zn', [0, 0, 0]],
      ['O', [1.4, 1.4, 1.1]],
      ['O', [1.9, 1.9, 2.2]],
    ]),
    -13.4,
  ),
  calculationOf('o2/OUTCAR', {
    structure: structureOf(cubic(15), [
      ['O', [1, 2, 3]],
      ['O', [1, 2, 4.23]],
    ]),
    energyEv: -9.86,
    mesh: [1, 1, 1],
  }),
];

it('the distance from the hull has no known 1σ, the formation energy that of published comparisons', () => {
  const found = described(tree, { bulk: 'zno2/OUTCAR' });
  const hull = available(found['energy-above-hull']!);
  expect(hull).not.toHaveProperty('uncertainty');
  expect(hull.parts.uncertaintyOrigin).toBe('not known');
  expect(descriptorResultSchema.safeParse(hull).success).toBe(true);
  const formation = available(found['formation-energy']!);
  // 0.096 eV per atom of Kirklin et al. (2015) times √(π/2), by hand 0.1203.
  expect([formation.uncertainty, formation.parts.uncertaintyOrigin]).toEqual([0.12, 'default']);
});

const resultOf = (uncertainty: number, uncertaintyOrigin: string): AvailableDescriptor => ({
  available: true,
  value: 0.2,
  unit: 'eV/atom',
  convention: '',
  uncertainty,
  quality: 'ok',
  parts: { uncertaintyOrigin },
  inputs: [],
  issues: [],
});
const candidateOf = (result: AvailableDescriptor): Candidate => ({
  id: 'a',
  label: 'a',
  ion: 'Li',
  system: 'a',
  descriptors: { 'energy-above-hull': result },
  issues: [],
});

it('a 1σ that was given or propagated stays', () => {
  for (const result of [resultOf(0.02, 'propagated'), resultOf(0.1, 'default'), resultOf(0.3, 'given')]) {
    expect(withUntoldUncertainties([candidateOf(result)])).toEqual([candidateOf(result)]);
  }
});

it('a profile states what is not known; without it the value is drawn as it is', () => {
  const [candidate] = withUntoldUncertainties([candidateOf(resultOf(0, 'propagated'))]);
  const stated = { ...profile(), uncertainties: { 'energy-above-hull': 0.03 } };
  const drawn = (by: Profile) => rankableCandidates([candidate!], by)[0]?.values['energy-above-hull']?.uncertainty;
  expect(drawn(stated)).toBe(0.03);
  expect(drawn(profile())).toBe(0);
});
