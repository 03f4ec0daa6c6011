/**
 * The campaign in examples/zno-lithium from bytes to ranking, and what one bad file does to it. Expected values: the
 * binding energies of H. Shen et al. (2025) and the inputs listed in the example's README.
 */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { changed, exampleFiles, type Files, readTree, without } from './example-tree.ts';
import { descriptor, reasonsOf, screened, valueFor } from './screening.ts';

const files = exampleFiles();
const whole = screened(readTree(files));
const screenedWith = (other: Files) => screened(readTree(other));

describe('Li on ZnO', () => {
  it('is best on (002), and (202) is not ranked because its barrier is missing', () => {
    expect(whole.ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ['zno-002', 1],
      ['zno-020', 2],
    ]);
    expect(whole.unranked.map(({ id }) => id)).toEqual(['zno-202']);
    expect(whole.unranked[0]?.reasons[0]?.code).toBe('E_DESCRIPTOR_MISSING');
    expect(reasonsOf(whole, 'zno-202', 'migration-barrier')).toEqual([
      'E_REFERENCE_MISSING reference missing: a migration path (NEB folder) of Li on zno-202 ()',
    ]);
  });

  // H. Shen et al., Nature Communications (2025): E_b = −E_ads; E_coh = −0.2971 + 1.9056 = 1.6085 eV.
  it.each([
    ['zno-002', -3.4, -1.7915, 'lithiophilic'],
    ['zno-020', -1.61, -0.0015, 'borderline'],
    ['zno-202', -4.32, -2.7115, 'lithiophilic'],
  ])('%s binds Li with the published energy and wets as it must', (facet, adsorptionEv, nucleationEv, wetting) => {
    expectNear(valueFor(whole, facet, 'adsorption-energy'), adsorptionEv, 1e-7);
    expectNear(valueFor(whole, facet, 'nucleation-driving-force'), nucleationEv, 1e-7);
    expectNear(descriptor(whole, facet, 'adsorption-energy').parts.cohesiveEnergyEv, 1.6085, 1e-9);
    expect(whole.candidates.find((candidate) => candidate.id === facet)?.wetting).toBe(wetting);
  });

  it.each([
    ['zno-002', 0.12],
    ['zno-020', 0.35],
  ])('%s has the barrier %d eV, from the converged climbing image', (facet, barrierEv) => {
    expectNear(valueFor(whole, facet, 'migration-barrier'), barrierEv, 1e-7);
    expect(descriptor(whole, facet, 'migration-barrier').parts.method).toBe('climbing');
  });

  it.each([
    ['zno-002', 3.2],
    ['zno-020', 2.3],
    ['zno-202', 3.7],
  ])('%s has one face held, so only its cleavage energy %d J/m² is told', (facet, cleavage) => {
    expectNear(descriptor(whole, facet, 'surface-energy').parts.cleavageEnergyJPerM2, cleavage, 1e-6);
    expect(reasonsOf(whole, facet, 'surface-energy')[0]).toMatch(/^E_POLAR_SINGLE_GAMMA/);
  });

  it('uses every calculation, and every number leads back to its bytes', () => {
    expect(whole.unused).toEqual([]);
    expect(whole.calculations).toEqual({ found: 19, parsed: 19, unreadable: 0 });
    const adsorption = descriptor(whole, 'zno-002', 'adsorption-energy');
    const inputs = adsorption.available ? adsorption.inputs : [];
    expect(inputs.map(({ name }) => name)).toEqual(['E(slab+nLi)', 'E(slab)', 'E(Li atom)', 'E(bulk Li)']);
    for (const { file, byteOffset = 0, byteLength = 0, value } of inputs) {
      // ASCII files: a byte is a character.
      expect(Number(files.get(file)?.slice(byteOffset, byteOffset + byteLength)), file).toBe(value);
    }
  });
});

describe('a missing calculation', () => {
  it('of bulk Li leaves ΔE_nuc without value and E_ads as it was', () => {
    const result = screenedWith(without(files, 'li-bcc'));
    expectNear(valueFor(result, 'zno-002', 'adsorption-energy'), -3.4, 1e-7);
    expect(reasonsOf(result, 'zno-002', 'nucleation-driving-force')).toEqual([
      'E_REFERENCE_MISSING reference missing: bulk Li ()',
    ]);
    expect(descriptor(result, 'zno-002', 'adsorption-energy').parts).not.toHaveProperty('cohesiveEnergyEv');
  });

  it('of the Li atom leaves E_ads without value and ΔE_nuc as it was', () => {
    const result = screenedWith(without(files, 'li-atom'));
    expect(reasonsOf(result, 'zno-020', 'adsorption-energy')).toEqual([
      'E_REFERENCE_MISSING reference missing: isolated Li atom ()',
    ]);
    expectNear(valueFor(result, 'zno-020', 'nucleation-driving-force'), -0.0015, 1e-7);
    // By hand: −4.32 + 1.6085.
    expectNear(descriptor(result, 'zno-202', 'adsorption-energy').parts.adsorptionEnergyBulkEv, -2.7115, 1e-7);
  });

  it('of a clean slab leaves its candidate in the list, with the reason', () => {
    const result = screenedWith(without(files, 'zno-202/slab'));
    const [candidate] = result.candidates.filter(({ id }) => id.startsWith('zno-202'));
    expect(reasonsOf(result, candidate?.id ?? '', 'adsorption-energy')[0]).toMatch(
      /^E_REFERENCE_MISSING reference missing: the clean slab/,
    );
    expectNear(valueFor(result, 'zno-002', 'adsorption-energy'), -3.4, 1e-7);
  });

  it('of an image leaves the band with a gap, and the candidate unranked', () => {
    const result = screenedWith(without(files, 'zno-002/neb/02'));
    expect(reasonsOf(result, 'zno-002', 'migration-barrier')[0]).toMatch(/^E_IMAGE_GAP .*00, 01, 03, 04/);
    expect(result.ranked.map(({ id }) => id)).toEqual(['zno-020']);
    expectNear(valueFor(result, 'zno-002', 'adsorption-energy'), -3.4, 1e-7);
  });

  it('of the last image is noticed too: the band would end one image early', () => {
    const result = screenedWith(without(files, 'zno-002/neb/04'));
    expect(reasonsOf(result, 'zno-002', 'migration-barrier')[0]).toMatch(/^E_IMAGE_GAP .*00, 01, 02, 03/);
  });
});

describe('a calculation with other settings', () => {
  const coarse = (path: string) =>
    changed(files, path, (text) => text.replace(/ENCUT {2}= +520\.0 eV/, 'ENCUT  =  400.0 eV'));

  it('is not subtracted: a clean slab with 400 eV blocks E_ads, both values named', () => {
    const result = screenedWith(coarse('zno-002/slab/OUTCAR'));
    expect(reasonsOf(result, 'zno-002', 'adsorption-energy')).toEqual([
      'E_ENCUT plane-wave cutoff: ENCUT is 520 eV in one calculation and 400 eV in the other (zno-002/slab/OUTCAR)',
    ]);
    expectNear(valueFor(result, 'zno-020', 'adsorption-energy'), -1.61, 1e-7);
  });

  it('as the reference of all blocks what needs it and nothing else', () => {
    const result = screenedWith(coarse('li-bcc/OUTCAR'));
    for (const facet of ['zno-002', 'zno-020', 'zno-202']) {
      expect(reasonsOf(result, facet, 'nucleation-driving-force')[0]).toMatch(
        /^E_ENCUT .* 400 eV .*\(li-bcc\/OUTCAR\)$/,
      );
      expect(valueFor(result, facet, 'adsorption-energy')).toBeDefined();
    }
  });

  it('with another POTCAR is named with both titles', () => {
    const result = screenedWith(
      changed(files, 'li-atom/OUTCAR', (text) => text.replaceAll('PAW_PBE Li_sv 10Sep2004', 'PAW_PBE Li 17Jan2003   ')),
    );
    expect(reasonsOf(result, 'zno-002', 'adsorption-energy')[0]).toBe(
      'E_POTCAR POTCAR: Li is PAW_PBE Li_sv 10Sep2004 in one calculation and PAW_PBE Li 17Jan2003 in the other (li-atom/OUTCAR)',
    );
  });

  it('in the band forbids its barrier', () => {
    const result = screenedWith(coarse('zno-002/neb/01/OUTCAR'));
    expect(reasonsOf(result, 'zno-002', 'migration-barrier')[0]).toMatch(/^E_ENCUT/);
  });
});

describe('a damaged file', () => {
  it('cut in its last step is truncated, and what needs it says so', () => {
    const result = screenedWith(
      changed(files, 'zno-020/slab-li/OUTCAR', (text) => text.slice(0, text.indexOf('General timing') - 40)),
    );
    expect(
      reasonsOf(result, 'zno-020', 'migration-barrier').some((reason) => /^E_TRUNCATED .*slab-li\/OUTCAR/.test(reason)),
    ).toBe(true);
    const sites = descriptor(result, 'zno-020', 'adsorption-energy').parts.sites as {
      calculation: string;
      reasons?: string[];
    }[];
    // The other end of the hop is a relaxed site too, 0.7 meV higher; the torn one stays in the list with its reason.
    expectNear(valueFor(result, 'zno-020', 'adsorption-energy'), -1.61, 1e-3);
    expect(sites.find(({ calculation }) => calculation === 'zno-020/slab-li/OUTCAR')?.reasons?.[0]).toMatch(
      /ends early/,
    );
    expectNear(valueFor(result, 'zno-002', 'migration-barrier'), 0.12, 1e-7);
  });

  it('with stars for an energy has none: the clean slab blocks its candidate only', () => {
    const result = screenedWith(
      changed(files, 'zno-002/slab/OUTCAR', (text) => {
        const at = text.lastIndexOf('energy(sigma->0) =');
        return text.slice(0, at) + text.slice(at).replace(/= +-[\d.]+/, '=   **************');
      }),
    );
    expect(reasonsOf(result, 'zno-002', 'adsorption-energy')[0]).toMatch(/^E_UNPARSEABLE .*zno-002\/slab\/OUTCAR/);
    expectNear(valueFor(result, 'zno-202', 'adsorption-energy'), -4.32, 1e-7);
  });

  it('that is empty or no text is unreadable: its inputs still show what it was for', () => {
    for (const text of ['', '\0\x01\x02PK']) {
      const result = screenedWith(changed(files, 'zno-202/slab-li/OUTCAR', () => text));
      expect(result.calculations).toEqual({ found: 19, parsed: 18, unreadable: 1 });
      expect(reasonsOf(result, 'zno-202', 'adsorption-energy')[0]).toMatch(/^E_UNREADABLE .*zno-202\/slab-li\/OUTCAR/);
      expectNear(valueFor(result, 'zno-002', 'adsorption-energy'), -3.4, 1e-7);
    }
  });
});

describe('the same tree', () => {
  it('with a run of which nothing is left lists that run', () => {
    const result = screenedWith(new Map([...files, ['broken/OUTCAR', 'no OUTCAR']]));
    expect(result.unused).toMatchObject([
      { calculation: 'broken/OUTCAR', role: 'unreadable', reasons: [{ code: 'E_UNREADABLE' }] },
    ]);
    expect(result.ranked).toEqual(whole.ranked);
  });

  it('in another order of folders is the same result, to the byte', () => {
    const tree = readTree(files);
    const backwards = { ...tree, runs: [...tree.runs].reverse(), bands: [...tree.bands].reverse() };
    expect(JSON.stringify(screened(backwards))).toBe(JSON.stringify(whole));
  });
});
