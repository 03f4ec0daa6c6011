/**
 * Quantities that a user defines: what they give, in which unit, and what is refused. Expected numbers are worked by
 * hand beside them.
 */
import { describe, expect, it } from 'vitest';
import { AdatomError } from '../../model/errors.ts';
import { compileExpression, type ExpressionName } from '../../pipeline/derived-quantity.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { expectNear } from '../near.ts';

const NAMES: readonly ExpressionName[] = [...descriptorDescriptions(), { identifier: 'rank' }];
const VALUES = {
  'adsorption-energy': -1.7,
  'migration-barrier': 0.25,
  'nucleation-driving-force': -0.1,
  'surface-energy': 1.5,
  rank: 3,
};

function given(expression: string, values: Readonly<Record<string, number>> = VALUES): number | string {
  const result = compileExpression(expression, NAMES).evaluate(values);
  return result.available ? result.value : result.reason;
}

function refusalOf(expression: string): string {
  try {
    compileExpression(expression, NAMES);
  } catch (error) {
    if (error instanceof AdatomError && error.class === 'request') return error.message;
    throw error;
  }
  throw new Error(`${expression.slice(0, 60)} was not refused`);
}

describe('a derived quantity', () => {
  it.each<readonly [string, number]>([
    ['adsorption_energy + 0.5 * max(0, migration_barrier)', -1.575],
    ['-adsorption_energy ^ 2', -2.89],
    ['(-adsorption_energy) ^ 2', 2.89],
    ['2 ^ 3 ^ 2', 512],
    ['2 ^ -1', 0.5],
    ['6 / 2 / 3', 1],
    ['1 - 2 - 3', -4],
    ['abs(adsorption_energy) > 1.5 ? 1 : 0', 1],
    ['rank <= 3 and not (migration_barrier > 0.3) ? 10 : 20', 10],
    ['rank < 3 or migration_barrier >= 0.25 ? 10 : 20', 10],
    ['rank == 3 ? (rank != 4 ? 7 : 8) : 9', 7],
    ['min(adsorption_energy, migration_barrier, -2.5)', -2.5],
    ['round(-2.5) + round(2.4) + floor(-0.5) + ceil(0.2)', -1],
    ['sqrt(16) + cbrt(-27) + pow(2, 10) + log10(1000) + log2(8)', 1031],
    ['sign(nucleation_driving_force) * 1e2', -100],
    ['.5 + 1.', 1.5],
  ])('%s is %d', (expression, expected) => {
    expectNear(given(expression), expected, 1e-12);
  });

  it('of a Boltzmann factor is written with the unit of its numbers', () => {
    // exp(−0.25 / 0.0257) = exp(−9.727626459…) = 5.961e-5, worked with bc.
    const rate = compileExpression('exp(-migration_barrier / (0.0257 * eV))', NAMES);
    expect(rate.unit).toBe('1');
    const result = rate.evaluate(VALUES);
    expectNear(result.available && result.value, 5.9613e-5, 1e-8);
  });

  it.each([
    ['adsorption_energy', 'eV'],
    ['2 * adsorption_energy - 1', 'eV'],
    ['adsorption_energy / surface_energy', 'eV·m²/J'],
    ['adsorption_energy * migration_barrier', 'eV²'],
    ['sqrt(adsorption_energy ^ 2 + migration_barrier ^ 2)', 'eV'],
    ['1 / migration_barrier', '1/eV'],
    ['1 / (migration_barrier * surface_energy)', 'm²/(eV·J)'],
    ['surface_energy * m^2 / J', '1'],
    ['rank + 1', '1'],
    ['3', '1'],
  ])('%s is in %s', (expression, unit) => {
    expect(compileExpression(expression, NAMES).unit).toBe(unit);
  });

  it('names the identifiers that it uses, each once', () => {
    const { uses } = compileExpression('migration_barrier * rank + rank * migration_barrier', NAMES);
    expect(uses).toEqual(['migration-barrier', 'rank']);
  });

  it('has no value where one of its inputs has none, and says which', () => {
    const { 'migration-barrier': _, ...values } = VALUES;
    const result = compileExpression('adsorption_energy + migration_barrier', NAMES).evaluate(values);
    expect(result).toEqual({
      available: false,
      reason: 'no value of migration-barrier',
      missing: ['migration-barrier'],
    });
    expect(given('rank', { rank: Number.NaN })).toBe('no value of rank');
    // A value of Object.prototype is no value of the candidate.
    const named = compileExpression('valueOf', [{ identifier: 'valueOf' }]);
    expect(named.evaluate({})).toMatchObject({ available: false, missing: ['valueOf'] });
  });

  it.each([
    '1 / (rank - 3)',
    '0 / (rank - 3)',
    'log(rank - 4)',
    '(rank - 4) ^ 0.5',
    '10 ^ 308 * 100',
    '9 ^ 9 ^ 9 ^ rank',
  ])('%s has no finite value and gives none', (expression) => {
    expect(given(expression)).toMatch(/^the result is no finite number/);
  });
});

describe('an expression is refused', () => {
  it.each([
    ['adsorption_energy + surface_energy', /^expression, character 21: \+ of different units: eV and J\/m²$/],
    ['max(migration_barrier, surface_energy)', /character 24: max of different units: eV and J\/m²/],
    ['rank > 1 ? surface_energy : migration_barrier', /character 29: \? : of different units/],
    ['exp(migration_barrier)', /character 5: exp of a quantity in eV: divide it by one of that unit first/],
    ['2 ^ migration_barrier', /character 5: an exponent is a number without unit/],
    ['migration_barrier ^ rank', /character 21: the exponent of a quantity in eV is a plain number/],
  ])('with the units of its names when they do not fit: %s', (expression, message) => {
    expect(refusalOf(expression)).toMatch(message);
  });

  it.each([
    ['adsorption-energy * 2', /character 1: write adsorption_energy: a hyphen in an expression is a minus/],
    ['adsorbtion_energy', /character 1: unknown name "adsorbtion_energy". Did you mean "adsorption_energy"\?/],
    ['1 + sqr(2)', /character 5: unknown function "sqr"\. Did you mean "sqrt"\?/],
    ['2 rank', /character 3: expected an operator between "2" and "rank"/],
    ['rank > 2', /character 1: a comparison is no number/],
    ['1 < rank < 5 ? 1 : 2', /write a < b < c as a < b and b < c/],
    ['rank ? 1 : 2', /expected a comparison/],
    ['1 +', /character 4: Unexpected end of expression/],
    ['(1', /Parenthesis \) expected/],
    ['', /the expression is empty/],
    ['   ', /the expression is empty/],
    ['sqrt(1, 2)', /sqrt takes one value, found 2/],
    ['max()', /max takes values, found 0/],
    ['1e999', /expected a finite number/],
  ])('with the place and what to write instead: %s', (expression, message) => {
    expect(refusalOf(expression)).toMatch(message);
  });

  const HOSTILE = [
    'cons.constructor("return process")()',
    'rank.constructor',
    'rank["constructor"]',
    'constructor',
    'constructor(1)',
    '__proto__',
    'toString',
    'hasOwnProperty(1)',
    'import({}, {})',
    'import(1)',
    'createUnit(1)',
    'evaluate(1)',
    'evaluate("1")',
    'parse(1)',
    'compile(1)',
    'simplify(1)',
    'derivative(rank, rank)',
    'resolve(rank)',
    'parser()',
    'chain(3)',
    'typed(1)',
    'config(1)',
    'help(sqrt)',
    'f(x) = x',
    'rank = 4',
    'rank == 1 ; rank',
    'rank\nrank',
    'rank # comment',
    '"text"',
    "'text'",
    '`text`',
    '[1, 2, 3]',
    '{a: 1}',
    '1:1000000000',
    '1:2:3',
    '170!',
    'factorial(1e9)',
    'gamma(1e9)',
    'zeros(1e9)',
    'ones(1e5, 1e5)',
    'range(1, 1e9)',
    'bignumber(1)',
    'fraction(1, 3)',
    'complex(1, 2)',
    'random()',
    '1i',
    'i',
    '0x10',
    'rank to m',
    'rank in eV',
    'rank % 2',
    'rank mod 2',
    '5%',
    'rank | 1',
    '~rank',
    'rank << 40',
    'rank ?? 1',
    'rank?.a',
    "rank'",
    '2.*rank',
    'true',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    'process',
    'globalThis',
    'this',
    'rank\u0000',
    'rank\u2028',
    '\u202erank',
    'r\\u0061nk',
    'sqrt(1)(2)',
    '(sqrt)(2)',
    'sqrt',
    'pow',
    '@rank',
    '$rank',
    '😀',
    '+'.repeat(999),
    '('.repeat(500),
    `${'('.repeat(40)}1${')'.repeat(40)}`,
    `${'-'.repeat(399)}1`,
    Array.from({ length: 300 }, () => '1').join('+'),
    `${'abs('.repeat(60)}rank${')'.repeat(60)}`,
    `${'rank > 1 ? '.repeat(60)}1${' : 2'.repeat(60)}`,
    'a'.repeat(1001),
    `1${' '.repeat(1000)}`,
  ];
  it.each(HOSTILE.map((text) => [text.slice(0, 60), text] as const))('without being run: %s', (_, text) => {
    expect(refusalOf(text)).toMatch(/^expression, character \d+: ./);
  });

  it('within 50 ms, whatever it is, and an allowed one is evaluated 10,000 times a second', () => {
    for (const text of HOSTILE) {
      const start = performance.now();
      refusalOf(text);
      expect(performance.now() - start, text.slice(0, 60)).toBeLessThan(50);
    }
    const largest = compileExpression(Array.from({ length: 99 }, () => 'rank').join('+'), NAMES);
    const start = performance.now();
    for (let round = 0; round < 1000; round += 1) largest.evaluate({ rank: 1.0001 });
    expect(performance.now() - start).toBeLessThan(100);
  });
});
