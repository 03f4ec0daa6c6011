import { describe, expect, it } from 'vitest';
import type { DescriptorResult } from '../../model/descriptor.ts';
import type { PathDomain } from '../../model/path-domain.ts';
import type { Candidate, System } from '../../model/system.ts';
import { bestAlternative } from '../../pipeline/best-alternative.ts';
import { domainsApart } from '../../pipeline/domains-apart.ts';
import { calculationOf, codes } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { bandOf, treeOf } from './read-runs.ts';
import { descriptor, screened } from './screening.ts';
import { basal, example, HOP_ENERGIES, hop, hopBand, hopEnd, hopImages, prism, renamed, slab } from './trees.ts';

const withHop = [...example, hopEnd, ...hopImages];

describe('a facet with a migration path', () => {
  const result = screened(treeOf(withHop, [hopBand]));

  it('has the rate of the hop', () => {
    const rate = descriptor(result, 'basal', 'hop-rate');
    if (!rate.available) throw new Error('no rate');
    // By hand (Python): 1e13·exp(−0.142345/(8.617333262e-5·298.15)).
    expectNear(rate.value / 39252873493.2, 1, 1e-6);
    // By hand: σ_E/kT = 0.05/0.02569258.
    expectNear(Number(rate.uncertainty) / rate.value, 1.946087, 1e-5);
    expect(rate.parts).toMatchObject({ path: 'basal/neb', domain: 'surface' });
    const barrier = descriptor(result, 'basal', 'migration-barrier');
    expect(rate.inputs).toEqual(barrier.available && barrier.inputs);
    expect(rate.quality).toBe(barrier.available && barrier.quality);
  });

  it('has the diffusion coefficient from the way between the ends, with m and d', () => {
    const diffusion = descriptor(result, 'basal', 'diffusion-coefficient');
    if (!diffusion.available) throw new Error('no diffusion coefficient');
    expect(diffusion.parts).toMatchObject({ equivalentHops: 1, dimensionality: 2, migratingAtoms: [17] });
    expectNear(diffusion.parts.hopLengthAngstrom, 3.2, 1e-9); // 4 · 0.8 Å
    expectNear(diffusion.value / ((39252873493.2 * 3.2e-8 ** 2) / 4), 1, 1e-6); // by hand
    expectNear(Number(diffusion.uncertainty) / diffusion.value, 1.946087, 1e-5);
  });

  it('says that its path runs over the surface', () => {
    expect(descriptor(result, 'basal', 'migration-barrier').parts.domain).toBe('surface');
    expect(result.paths[0]?.barrier.parts.domain).toBe('surface');
  });
});

describe('a facet without a migration path', () => {
  it('has no rate, and no word about one', () => {
    const { candidates } = screened(treeOf([...example, renamed({ ...slab, structure: prism }, 'prism/slab/OUTCAR')]));
    for (const { descriptors } of candidates) {
      expect(descriptors).not.toHaveProperty('hop-rate');
      expect(descriptors).not.toHaveProperty('diffusion-coefficient');
    }
  });
});

describe('a path without a barrier', () => {
  it('gives no rate, for the same reasons', () => {
    const [first, , third] = hopImages;
    const result = screened(
      treeOf([...example, hopEnd, first!, third!], [bandOf('basal/neb', [hop(0), first!, hop(2), third!, hop(4)])]),
    );
    const barrier = descriptor(result, 'basal', 'migration-barrier');
    for (const name of ['hop-rate', 'diffusion-coefficient']) {
      const found = descriptor(result, 'basal', name);
      expect(found.available).toBe(false);
      expect(codes(found.available ? [] : found.reasons)).toEqual(codes(barrier.available ? [] : barrier.reasons));
    }
  });
});

describe('a path through the slab', () => {
  // The same hop 0.9 Å above the lower of two double planes: under the upper one.
  const inside = (at: number) => {
    const image = hop(at);
    const cartesianAngstrom = image.cartesianAngstrom.slice();
    cartesianAngstrom[cartesianAngstrom.length - 1] = 2.6;
    return { ...image, cartesianAngstrom };
  };
  const runs = HOP_ENERGIES.map((energyEv, at) =>
    calculationOf(`basal/in/0${at}/OUTCAR`, {
      structure: inside(at),
      energyEv: energyEv - (at === 2 ? 0.1 : 0),
      settings: { LCLIMB: true, SPRING: -5, IBRION: 3 },
      final: { forcesEvPerAngstrom: new Float64Array(3 * 17) },
    }),
  );
  const both = screened(treeOf([...withHop, ...runs], [hopBand, bandOf('basal/in', runs)]), {
    manifest: { version: 1, systems: { basal: { slab: 'basal/slab', paths: ['basal/neb', 'basal/in'] } } },
  });

  it('is no alternative of one over its face, however low it is', () => {
    expect(basal.species.length).toBe(16);
    const domains = new Map(both.paths.map(({ id, barrier }) => [id, barrier.parts.domain]));
    expect(domains.get('basal/in')).toBe('bulk');
    expect(domains.get('basal/neb')).toBe('surface');
    const barrier = descriptor(both, 'basal', 'migration-barrier');
    expect(barrier.available && barrier.parts.domain).toBe('surface');
    expect(barrier.parts.paths).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          calculation: 'basal/in',
          domain: 'bulk',
          reasons: ['a barrier of the domain bulk is not comparable with one of the domain surface'],
        }),
      ]),
    );
  });
});

const system: System = {
  id: 's',
  label: 'S',
  ion: 'Li',
  formula: 'OZn',
  adsorbed: [],
  otherAdsorbed: [],
  paths: [],
  links: [],
  issues: [],
};

const barrierIn = (domain: PathDomain | undefined, value: number): DescriptorResult => ({
  available: true,
  value,
  unit: 'eV',
  convention: '',
  uncertainty: 0.05,
  quality: 'ok',
  parts: domain === undefined ? {} : { domain },
  inputs: [],
  issues: [],
});
const noBarrierIn = (domain: PathDomain): DescriptorResult => ({ available: false, reasons: [], parts: { domain } });

describe('of several paths', () => {
  it('the lowest of the first domain counts, and one without a value is not replaced by another domain', () => {
    const paths = [
      { id: 'a', result: barrierIn('bulk', 0.1) },
      { id: 'b', result: barrierIn('surface', 0.4) },
      { id: 'c', result: barrierIn('surface', 0.3) },
    ];
    expect(bestAlternative(paths, 'paths', system).id).toBe('c');
    const failed = [paths[0]!, { id: 'b', result: noBarrierIn('surface') }];
    expect(bestAlternative(failed, 'paths', system).result.available).toBe(false);
  });

  it('one of unknown domain is compared with all', () => {
    const paths = [
      { id: 'a', result: barrierIn(undefined, 0.1) },
      { id: 'b', result: barrierIn('surface', 0.4) },
    ];
    expect(bestAlternative(paths, 'paths', system).id).toBe('a');
  });
});

describe('candidates beside each other', () => {
  const candidate = (id: string, domain: PathDomain | undefined, value = 0.2): Candidate => ({
    id,
    label: id,
    ion: 'Li',
    system: id,
    descriptors: { 'migration-barrier': barrierIn(domain, value), 'hop-rate': barrierIn(domain, 1e9) },
    issues: [],
  });

  it('keep their barriers when all are of one domain, or none is known', () => {
    const same = [candidate('a', 'vacancy'), candidate('b', 'vacancy'), candidate('c', undefined)];
    expect(domainsApart(same)).toBe(same);
  });

  it('lose those of another domain, with the reason and what was found', () => {
    const [surface, bulk, unknown] = domainsApart([
      candidate('a', 'surface'),
      candidate('b', 'bulk'),
      candidate('c', undefined),
    ]);
    expect(surface?.descriptors['migration-barrier']?.available).toBe(true);
    expect(unknown?.descriptors['migration-barrier']?.available).toBe(true);
    for (const name of ['migration-barrier', 'hop-rate']) {
      const found = bulk?.descriptors[name];
      expect(found).toMatchObject({ available: false, parts: { domain: 'bulk' } });
      expect(found !== undefined && !found.available && codes(found.reasons)).toEqual(['E_DOMAIN_MIXED']);
    }
  });
});
