import { describe, expect, test } from 'vitest';
import { explainChange } from '../../ranking/index.ts';
import { objective, profileOf, stand } from './change-stands.ts';

describe('two profiles, statement by statement', () => {
  test('every statement of the profile that differs has its cause', () => {
    const before = profileOf([objective('x'), objective('y', { weight: 3 })], {
      constraints: [{ descriptor: 'z', unit: 'eV', maximum: 1 }],
      uncertainties: { x: 0.1 },
    });
    const after = profileOf(
      [objective('x', { desirability: { kind: 'min', target: 0, upper: 8 }, tolerance: 0.5 }), objective('w')],
      {
        version: 2,
        method: 'lexicographic',
        constraints: [{ descriptor: 'z', unit: 'eV', maximum: 2, required: false }],
        uncertainties: { x: 0.2 },
        terminationPolicy: 'mean',
        temperatureKelvin: 330,
      },
    );
    const { profileChanges: told } = explainChange(stand({}, before), stand({}, after));
    expect(
      told.map(({ cause, descriptor, statement, before: old, after: now }) => [cause, descriptor, statement, old, now]),
    ).toEqual([
      ['rules', 'x', 'objective', 'max', 'min'],
      ['rules', 'x', 'desirability lower', 0, undefined],
      ['rules', 'x', 'desirability target', 10, 0],
      ['rules', 'x', 'desirability upper', undefined, 8],
      ['rules', 'y', 'objective', 'max', undefined],
      ['rules', 'z', 'constraint', '< 1', '< 2'],
      ['rules', 'z', 'constraint required', true, false],
      ['rules', 'w', 'objective', undefined, 'max'],
      ['method', undefined, 'method', 'desirability', 'lexicographic'],
      ['method', 'x', 'tolerance', 0, 0.5],
      ['probabilities', 'x', 'stated uncertainty', 0.1, 0.2],
      ['computation', undefined, 'temperature', 298.15, 330],
      ['computation', undefined, 'termination policy', 'best', 'mean'],
    ]);
  });

  test('the order of the objectives is told where a method asks for it', () => {
    const of = (method: string, names: readonly string[]) =>
      profileOf(
        names.map((name) => objective(name)),
        { method },
      );
    const told = (method: string) =>
      explainChange(stand({}, of(method, ['x', 'y', 'v'])), stand({}, of(method, ['y', 'w', 'x']))).profileChanges.map(
        ({ cause, statement, before, after }) => [cause, statement, before, after],
      );
    expect(told('lexicographic')).toContainEqual(['rules', 'order of the objectives', 'x, y', 'y, x']);
    expect(told('desirability').map(([, statement]) => statement)).toEqual(['objective', 'objective']);
  });

  test('an own descriptor with another expression is another rule, with another uncertainty none', () => {
    const of = (expression: string, uncertainty: number) =>
      profileOf([objective('x')], { descriptors: [{ identifier: 'ratio', unit: 'eV', expression, uncertainty }] });
    const { profileChanges: told } = explainChange(stand({}, of('a - b', 0.1)), stand({}, of('b - a', 0.2)));
    expect(told).toEqual([
      { cause: 'rules', statement: 'defined as', descriptor: 'ratio', unit: 'eV', before: 'a - b', after: 'b - a' },
      {
        cause: 'probabilities',
        statement: 'stated uncertainty',
        descriptor: 'ratio',
        unit: 'eV',
        before: 0.1,
        after: 0.2,
      },
    ]);
  });
});
