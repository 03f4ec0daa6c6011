import { describe, expect, it } from 'vitest';
import { coincidenceMismatch } from '../../descriptors/coincidence-mismatch.ts';
import { texturePreference } from '../../descriptors/texture-preference.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

const SOURCES = { filmSource: 'Wyckoff', substrateSource: 'test' };
const mismatch = (inputs: object) =>
  coincidenceMismatch.compute(coincidenceMismatch.inputs.parse({ film: 'hex:2.665', ...SOURCES, ...inputs }));
const texture = (inputs: object) =>
  texturePreference.compute(texturePreference.inputs.parse({ ...ZINC, ...SOURCES, ...inputs }));
const ZINC = {
  film: 'hex:2.665',
  facet: 'Zn(0001)',
  others: [
    { facet: 'Zn(10-10)', film: 'rect:2.665,4.947' },
    { facet: 'Zn(11-20)', film: 'rect:4.61591,4.947' },
  ],
};

describe('the coincidence mismatch', () => {
  it('is that of the smallest cell; the least strain stands beside it with its area', () => {
    const result = available(mismatch({ substrate: 'hex:2.461' }));
    // SCIENCE §5.4: graphene.
    expectNear(result.value, 0.0244782, 5e-8);
    expectNear(result.parts.filmAreaAngstrom2, 79.95919, 5e-6);
    expect(result.parts).toMatchObject({ filmMultiple: 13, substrateMultiple: 16, filmSource: 'Wyckoff' });
    expect(result.parts.leastStrain).toMatchObject({ filmMultiple: 31, substrateMultiple: 36 });
    expect(codes(result)).toEqual([]);
    expect(result.uncertainty).toBe(0.001);
  });

  it('is one for one lattice in several ways to write it', () => {
    const value = (substrate: string) => available(mismatch({ substrate })).value;
    expectNear(value('oblique:5.35,5.35,60'), value('hex:5.35'), 1e-12);
    expectNear(value('centred:5.35,9.266471820493493'), value('hex:5.35'), 1e-9);
    expectNear(value('oblique: 3, 4, 90'), value('rect:3,4'), 1e-12);
    expectNear(value('rect:3,3'), value('square:3'), 1e-12);
  });

  it('has no value without a match, and says up to which area was searched', () => {
    const result = unavailable(mismatch({ substrate: 'square:3.3', maxAreaAngstrom2: 12, lengthTolerance: 0.001 }));
    expect(codes(result)).toEqual(['W_NO_COINCIDENCE', 'E_NO_COINCIDENCE_STRAIN']);
    expect(result.parts).toMatchObject({ matchCount: 0 });
  });

  it('has no value of what is no lattice', () => {
    expect(codes(unavailable(mismatch({ substrate: 'oblique:3,3,1e-9' })))).toEqual(['E_LATTICE']);
    expect(codes(unavailable(mismatch({ film: 'hex:1e-9', substrate: 'hex:3' })))).toEqual(['E_LATTICE']);
  });

  it('says when the search was ended before its limit', () => {
    const result = available(mismatch({ substrate: 'oblique:2.6,2.7,100', maxAreaAngstrom2: 1e6 }));
    expect([codes(result), result.quality]).toEqual([['W_COINCIDENCE_BOUNDED'], 'degraded']);
  });

  it.each([
    'hex',
    'hex:',
    'hex:2.665,2.665',
    'rect:3',
    'oblique:3,4',
    'hex:0x10',
    'hex:-3',
    'oblique:3,4,180',
    'hcp:3',
    '',
  ])('refuses the lattice "%s"', (substrate) => {
    expect(() => mismatch({ substrate })).toThrow(/expected|positive|less than/);
  });

  it('is typed as it is said', () => {
    expectNear(available(typed('coincidence-mismatch', 'film=hex:2.665', 'substrate=hex:5.35')).value, 0.0037523, 1e-7);
    expect(codes(typed('coincidence-mismatch', 'film=hex:2.665', 'substrate=hex:5.35'))).toEqual(['I_LATTICE_SOURCE']);
  });
});

describe('the texture that a substrate prefers', () => {
  // Least principal strains up to 200 Å² by pymatgen 2022.11.7 (ZSLGenerator).
  it('is (0001) of zinc on TiN(111)', () => {
    const result = available(texture({ substrate: 'hex:2.999547' }));
    expectNear(result.value, 0.0138577837 - 0.0073726819, 1e-9);
    expect(result.parts).toMatchObject({ favouredFacet: 'Zn(0001)', bestOtherFacet: 'Zn(10-10)' });
    // Zn(11-20) has no match there: said in the parts, and no fault of the difference.
    expect([codes(result), result.quality]).toEqual([[], 'ok']);
    expect(result.parts.facets).toMatchObject([{ issues: [] }, { issues: [] }, { issues: ['W_NO_COINCIDENCE'] }]);
  });

  it('is (10-10) on TiN(001)', () => {
    const result = available(texture({ substrate: 'square:2.99954696' }));
    expectNear(result.value, 0.00670783 - 0.015189107, 1e-7);
    expect(result.parts).toMatchObject({ favouredFacet: 'Zn(10-10)' });
    expect(codes(result)).toEqual([]);
  });

  it('has no number where only one facet fits, but is told', () => {
    const result = unavailable(texture({ substrate: 'hex:5.35' }));
    expect(codes(result)).toEqual(['W_NO_COINCIDENCE', 'W_NO_COINCIDENCE', 'E_NO_COINCIDENCE_STRAIN']);
    expect(result.parts).toMatchObject({ favouredFacet: 'Zn(0001)' });
    expectNear(result.parts.wantedStrainFraction, 0.0037523, 1e-7);
  });

  it('changes sign when two facets change places, and is 0 between equal ones', () => {
    const [first, second] = ['hex:2.665', 'rect:2.665,4.947'];
    const one = texture({ film: first, others: [{ facet: 'B', film: second }], substrate: 'hex:2.461' });
    const two = texture({ film: second, others: [{ facet: 'A', film: first }], substrate: 'hex:2.461' });
    expectNear(available(one).value, -available(two).value, 1e-15);
    // pymatgen 2022.11.7: graphene, as above.
    expectNear(available(one).value, 0.005053567818879778 - 0.004858577963468447, 1e-9);
    const same = texture({ film: first, others: [{ facet: 'A', film: first }], substrate: 'hex:2.461' });
    expect(available(same).value).toBe(0);
  });
});
