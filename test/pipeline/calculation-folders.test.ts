/** Where the calculations belong that are worth running next. */
import { expect, it } from 'vitest';
import type { DescriptorResult, InputReference } from '../../model/descriptor.ts';
import { issue } from '../../model/issues.ts';
import type { NextCalculation } from '../../model/ranking.ts';
import type { Candidate } from '../../model/system.ts';
import { withFolders } from '../../pipeline/calculation-folders.ts';
import { allDescriptorNames } from '../../pipeline/defined-descriptors.ts';

const input = (name: string, file: string): InputReference => ({
  name,
  value: -1,
  unit: 'eV',
  calculation: file,
  file,
  sha256: '',
});
const energy = (...files: readonly string[]): DescriptorResult => ({
  available: true,
  value: -3.4,
  uncertainty: 0.1,
  unit: 'eV',
  convention: '',
  quality: 'ok',
  parts: {},
  inputs: [
    ...files.map((file) => input('E(slab)', file)),
    input('E(slab {0001})', 'other/slab/OUTCAR'),
    input('E(Li atom)', 'li-atom/OUTCAR'),
  ],
  issues: [],
});
const missing = (reason: ReturnType<typeof issue>): DescriptorResult => ({
  available: false,
  reasons: [reason],
  parts: {},
});
const noPath = missing(issue('E_REFERENCE_MISSING', { needed: 'a migration path' }));

function foldersFor(descriptors: Candidate['descriptors'], wanted: readonly string[]) {
  const candidate: Candidate = { id: 'c', label: 'set/c', ion: 'Li', system: 'c', descriptors, issues: [] };
  const next: NextCalculation = {
    candidate: 'c',
    descriptors: wanted,
    firstProbability: 0.5,
    expectedRankChange: 1,
    assumed: '',
  };
  return withFolders([next], [candidate], allDescriptorNames())[0]?.folders?.map(({ folder, run }) => [folder, run]);
}

it('a path that nobody calculated gets a folder beside the slabs of its candidate', () => {
  const descriptors = { 'adsorption-energy': energy('set/c/slab-li/OUTCAR', 'set/c/slab/OUTCAR') };
  expect(foldersFor({ ...descriptors, 'migration-barrier': noPath }, ['E_f'])).toEqual([['set/c/neb', 'new']]);
});

it('a run that gave no value is repeated where it lies', () => {
  const where = { file: 'set/c/neb/03/OUTCAR' };
  const broken = missing(issue('E_REFERENCE_MISSING', { needed: 'an energy' }, where));
  expect(foldersFor({ 'migration-barrier': broken }, ['migration-barrier'])).toEqual([['set/c/neb/03', 'again']]);
});

it('of a single run the folder above it is taken, of none the name of the candidate', () => {
  const single = { 'adsorption-energy': energy('set/c/slab/OUTCAR'), 'migration-barrier': noPath };
  expect(foldersFor(single, ['migration-barrier'])).toEqual([['set/c/neb', 'new']]);
  expect(foldersFor({}, ['migration-barrier', 'hydrogen-adsorption-energy'])).toEqual([
    ['set/c/neb', 'new'],
    ['set/c/hydrogen-adsorption-energy', 'new'],
  ]);
});

it('candidates whose slabs lie side by side get a folder each', () => {
  const candidateOf = (name: string, root: string): Candidate => ({
    id: name,
    label: `${root}${name}`,
    ion: 'Li',
    system: name,
    descriptors: {
      'adsorption-energy': energy(`${root}slab-${name}/OUTCAR`, `${root}slab-${name}-li/OUTCAR`),
      'migration-barrier': noPath,
    },
    issues: [],
  });
  for (const root of ['', 'set/']) {
    const candidates = ['a', 'b'].map((name) => candidateOf(name, root));
    const next = candidates.map(({ id }) => ({
      candidate: id,
      descriptors: ['migration-barrier'],
      firstProbability: 0.5,
      expectedRankChange: 1,
      assumed: '',
    }));
    const found = withFolders(next, candidates, allDescriptorNames()).flatMap(({ folders }) => folders ?? []);
    expect(found.map(({ folder }) => folder)).toEqual([`${root}a/neb`, `${root}b/neb`]);
  }
});
