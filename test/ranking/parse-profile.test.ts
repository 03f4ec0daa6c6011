import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DESCRIPTORS } from '../../descriptors/index.ts';
import { checkProfile } from '../../pipeline/rank-screening.ts';
import { checkProfileDescriptors, descriptorNames, parseProfile, profileDescriptorNames } from '../../ranking/index.ts';
import { catalogue } from './descriptor-catalogue.ts';

function shipped(name: string) {
  return parseProfile(readFileSync(new URL(`../../profiles/${name}.yaml`, import.meta.url), 'utf8'), `${name}.yaml`);
}

const valid = [
  'name: mine', //                                                        1
  'version: 1', //                                                        2
  'description: a test', //                                               3
  'reference: none', //                                                   4
  'ion: Zn', //                                                           5
  'constraints:', //                                                      6
  '  - { descriptor: E_f, unit: eV, maximum: 1.0 }', //                   7
  'objectives:', //                                                       8
  '  - descriptor: E_f', //                                               9
  '    unit: eV', //                                                      10
  '    desirability: { kind: min, target: 0.1, upper: 0.6 }', //          11
  '  - descriptor: γ', //                                                 12
  '    unit: J/m^2', //                                                   13
  '    weight: 2', //                                                     14
  '    desirability: { kind: max, lower: 0.2, target: 1 }', //            15
];

/** The valid profile with one line replaced (counting from 1), as message lines of the error. */
function faultsWithLine(line: number, text: string): string[] {
  try {
    parseProfile(valid.with(line - 1, text).join('\n'), 'mine.yaml');
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
  return [];
}

describe('profiles', () => {
  test.each(readdirSync(new URL('../../profiles/', import.meta.url)).filter((name) => name.endsWith('.yaml')))(
    '%s names itself, descriptors and units that exist, and what its bounds rest on',
    (file) => {
      const name = file.replace(/\.yaml$/, '');
      const profile = shipped(name);
      expect(profile.name).toBe(name);
      expect(() => checkProfile(profile)).not.toThrow();
      expect(profile.description).toMatch(/assumption|calibrated/);
      expect(profile.reference.length).toBeGreaterThan(40);
    },
  );

  test.each(['li-moderate', 'zn-philic', 'zn-weak'])(
    '%s is a valid profile whose descriptors and units exist',
    (name) => {
      const profile = shipped(name);
      expect([profile.name, profile.version]).toEqual([name, 1]);
      expect(() => checkProfileDescriptors(profile, catalogue)).not.toThrow();
      // SCIENCE §10.8, default constraints.
      expect(profile.constraints.map(({ descriptor, maximum }) => [descriptor, maximum])).toEqual([
        ['nucleation-driving-force', 0.1],
        ['migration-barrier', 1],
      ]);
      // SCIENCE §10.2: E_f min T 0.10, U 0.60, weights 1:1.
      expect(profile.objectives[1]).toEqual({
        descriptor: 'migration-barrier',
        unit: 'eV',
        weight: 1,
        desirability: { kind: 'min', target: 0.1, upper: 0.6, exponent: 1 },
        missing: 'exclude',
        tolerance: 0,
      });
      expect(profile.objectives[0]?.weight).toBe(1);
    },
  );

  test('the three directions of the literature are three profiles', () => {
    // SCIENCE §10.2 and §13.1.
    expect(shipped('li-moderate').objectives[0]).toMatchObject({
      descriptor: 'binding-energy',
      desirability: { kind: 'target', lower: 1.63, target: 3.4, upper: 4.6, lowerExponent: 1, upperExponent: 1 },
    });
    expect(shipped('zn-philic').objectives[0]?.desirability).toEqual({
      kind: 'min',
      target: -1,
      upper: 0.1,
      exponent: 1,
    });
    expect(shipped('zn-weak').objectives[0]?.desirability.kind).toBe('max');
  });

  test('texture is a matter of lattices: binding only forbids, and only where it was calculated', () => {
    const profile = shipped('zn-texture');
    expect(() => checkProfileDescriptors(profile, descriptorNames(DESCRIPTORS))).not.toThrow();
    expect(profile.constraints).toMatchObject([
      { descriptor: 'nucleation-driving-force', maximum: 0.1, required: false },
    ]);
    // Vermiculite, 0.38 % (SCIENCE §5.2), is as good as it gets; 3 % is the tolerance of §5.4.
    expect(profile.objectives).toMatchObject([
      {
        descriptor: 'coincidence-mismatch',
        weight: 2,
        desirability: { kind: 'min', target: 0.004, upper: 0.03 },
        missing: 'exclude',
      },
      { descriptor: 'texture-preference', weight: 1, desirability: { kind: 'max' }, missing: 'renormalise' },
    ]);
  });

  test('the names a profile uses are listed once each', () => {
    expect(profileDescriptorNames(shipped('li-moderate'))).toEqual([
      'binding-energy',
      'migration-barrier',
      'nucleation-driving-force',
    ]);
  });

  test('a valid profile of a user takes the defaults', () => {
    const profile = parseProfile(valid.join('\n'), 'mine.yaml');
    expect(profile.monteCarlo).toEqual({ draws: 10_000, correlations: {} });
    expect(profile.objectives[0]).toMatchObject({ weight: 1, missing: 'exclude' });
    expect(profile.constraints[0]?.required).toBe(true);
  });

  test.each([
    [2, 'versoin: 1', 'mine.yaml line 2, versoin: unknown key; did you mean "version"?'],
    [5, 'ion: 3', 'mine.yaml line 5, ion: expected text, found 3'],
    [
      7,
      '  - { descriptor: E_f, unit: eV }',
      'mine.yaml line 7, constraints[0]: a constraint needs a minimum or a maximum; found {"descriptor":"E_f","unit":"eV"}',
    ],
    [
      7,
      '  - { descriptor: E_f, unit: eV, minimum: 2, maximum: 1 }',
      'mine.yaml line 7, constraints[0].maximum: expected maximum above minimum (2); found 1',
    ],
    [
      11,
      '    desirability: { kind: least, target: 0.1, upper: 0.6 }',
      'mine.yaml line 11, objectives[0].desirability.kind: expected one of "max", "min", "target", found "least"',
    ],
    [
      11,
      '    desirability: { kind: min, target: 0.6, upper: 0.1 }',
      'mine.yaml line 11, objectives[0].desirability.upper: expected upper above target (0.6); found 0.1',
    ],
    [
      12,
      '  - descriptor: E_f',
      'mine.yaml line 12, objectives[1].descriptor: expected each descriptor in one objective; found "E_f"',
    ],
    [14, '    weight: heavy', 'mine.yaml line 14, objectives[1].weight: expected a finite number, found "heavy"'],
    [
      15,
      '    desirability: { kind: max, lower: 0.2, taget: 1 }',
      'mine.yaml line 15, objectives[1].desirability.taget: unknown key; did you mean "target"?',
    ],
  ])('a fault in line %i is told with that line: %s', (line, text, message) => {
    expect(faultsWithLine(line, text)).toContain(message);
  });

  test('a correlation belongs to a descriptor that is drawn', () => {
    expect(faultsWithLine(15, `${valid[14]}\nmonteCarlo:\n  correlations:\n    E_ads: 0.5`)).toEqual([
      'mine.yaml line 18, monteCarlo.correlations.E_ads: expected the descriptor of an objective (E_f, γ); found 0.5',
    ]);
  });

  test('a name no descriptor has, or another unit, is refused before anything is ranked', () => {
    const profile = parseProfile(valid.with(11, '  - descriptor: surface-enrgy').join('\n'), 'mine.yaml');
    expect(() => checkProfileDescriptors(profile, catalogue)).toThrow(
      'profile mine, objectives[1]: unknown descriptor "surface-enrgy"; did you mean "surface-energy"?',
    );
    const milli = parseProfile(valid.with(9, '    unit: meV').join('\n'), 'mine.yaml');
    expect(() => checkProfileDescriptors(milli, catalogue)).toThrow(
      'profile mine, objectives[0]: E_f is in eV, found unit meV',
    );
    expect(() => checkProfileDescriptors(parseProfile(valid.join('\n'), 'mine.yaml'), descriptorNames([]))).toThrow(
      /unknown descriptor "E_f"/,
    );
  });

  test('what a method cannot use is refused with its line', () => {
    const profile = (lines: readonly string[], objective: readonly string[] = []): string =>
      [
        'name: p',
        'version: 1',
        'description: d',
        'reference: r',
        'ion: Li',
        ...lines,
        'objectives:',
        '  - descriptor: migration-barrier',
        '    unit: eV',
        '    desirability: { kind: min, target: 0, upper: 1 }',
        ...objective.map((line) => `    ${line}`),
      ].join('\n');
    expect(() => parseProfile(profile(['method: topsis'], ['missing: interval']), 'p.yaml')).toThrow(
      'p.yaml line 11, objectives[0].missing: expected exclude: the method topsis compares complete candidates',
    );
    expect(() => parseProfile(profile(['normalisation: vector']), 'p.yaml')).toThrow(
      'p.yaml line 6, normalisation: expected only beside method: weighted-sum',
    );
    expect(() => parseProfile(profile([], ['tolerance: 0.05']), 'p.yaml')).toThrow(
      'p.yaml line 10, objectives[0].tolerance: expected only with method: lexicographic',
    );
    expect(parseProfile(profile(['method: weighted-sum'], ['missing: interval']), 'p.yaml').method).toBe(
      'weighted-sum',
    );
  });
});
