/**
 * What two profiles state differently, one statement at a time, with the cause it belongs to.
 *
 * Objectives are paired by their descriptor, constraints by descriptor and turn. An objective or a constraint that only
 * one of them has is one statement. The mistake avoided here: a weight alone says nothing, its share of the whole does;
 * both are told.
 */
import type { Constraint, DefinedDescriptor, Objective, Profile } from '../../model/profile.ts';
import type { ProfileChange } from '../../model/ranking-change.ts';
import type { ProfilePair } from './mixed-profile.ts';

export function profileChanges({ before, after, same }: ProfilePair): ProfileChange[] {
  const olds = new Map(statementsOf(before, same));
  const news = new Map(statementsOf(after, same));
  const changes = [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const old = olds.get(key);
    const now = news.get(key);
    const shown = now ?? old;
    if (shown === undefined || old?.value === now?.value) return [];
    const { value: _, partOf, share, ...head } = shown;
    // What goes with an objective or a constraint that came or went is told by that alone.
    if (partOf !== undefined && !(olds.has(partOf) && news.has(partOf))) return [];
    return [
      {
        ...head,
        ...(old?.value !== undefined && { before: old.value }),
        ...(now?.value !== undefined && { after: now.value }),
        ...(old?.share !== undefined && share !== undefined && { shareBefore: old.share, shareAfter: share }),
      },
    ];
  });
  const all = [...changes, ...orderChange({ before, after, same })];
  const turns = new Map(all.map(({ descriptor = '' }, at) => [descriptor, at] as const).reverse());
  const turn = ({ descriptor = '' }: ProfileChange) => turns.get(descriptor) ?? 0;
  return all.sort((a, b) => CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause) || turn(a) - turn(b));
}

const CAUSES: readonly ProfileChange['cause'][] = ['rules', 'weights', 'method', 'probabilities', 'computation'];

interface Statement extends Pick<ProfileChange, 'cause' | 'statement' | 'descriptor' | 'unit'> {
  readonly value: ProfileChange['after'];
  /** Key of the objective or constraint that it is stated of. */
  readonly partOf?: string;
  readonly share?: number;
}

/** The key pairs those of two profiles. */
type Keyed = readonly [key: string, statement: Statement];

function statementsOf(profile: Profile, same: ProfilePair['same']): Keyed[] {
  const { draws, seed, correlations } = profile.monteCarlo;
  const total = profile.objectives.reduce((sum, { weight }) => sum + weight, 0);
  const { terminationPolicy: policy } = profile;
  const policyText = typeof policy === 'string' ? policy : `explicit ${policy.explicit}`;
  const turns = new Map<string, number>();
  const probability = (statement: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([descriptor, value]): Keyed => {
      return [`${statement} ${same(descriptor)}`, { cause: 'probabilities', statement, descriptor, value }];
    });
  return [
    ['method', { cause: 'method', statement: 'method', value: profile.method }],
    ['normalisation', { cause: 'method', statement: 'normalisation', value: profile.normalisation }],
    ...profile.objectives.flatMap((objective) =>
      objectiveStatements(objective, `objective ${same(objective.descriptor)}`, objective.weight / total),
    ),
    ...profile.constraints.flatMap((constraint) => {
      const name = same(constraint.descriptor);
      const turn = (turns.get(name) ?? 0) + 1;
      turns.set(name, turn);
      return constraintStatements(constraint, `constraint ${name} ${turn}`);
    }),
    ...profile.descriptors.flatMap(definedStatements),
    ...probability('stated uncertainty', profile.uncertainties),
    ...probability('correlation', correlations),
    ['draws', { cause: 'probabilities', statement: 'draws', value: draws }],
    ['seed', { cause: 'probabilities', statement: 'seed', value: seed }],
    ['temperature', { cause: 'computation', statement: 'temperature', unit: 'K', value: profile.temperatureKelvin }],
    ['terminations', { cause: 'computation', statement: 'termination policy', value: policyText }],
  ];
}

function objectiveStatements(objective: Objective, key: string, share: number): Keyed[] {
  const { descriptor, unit, weight, desirability, missing, tolerance } = objective;
  const { kind, ...bounds } = desirability;
  const part = (statement: Pick<Statement, 'cause' | 'statement' | 'value' | 'unit' | 'share'>): Keyed => [
    `${key} ${statement.statement}`,
    { ...statement, descriptor, partOf: key },
  ];
  return [
    [key, { cause: 'rules', statement: 'objective', descriptor, value: kind }],
    part({ cause: 'weights', statement: 'weight', value: weight, share }),
    ...Object.entries(bounds).map(([name, value]) => {
      const isExponent = name.toLowerCase().endsWith('exponent');
      return part({ cause: 'rules', statement: `desirability ${name}`, value, ...(!isExponent && { unit }) });
    }),
    part({ cause: 'rules', statement: 'missing values', value: missing }),
    part({ cause: 'method', statement: 'tolerance', value: tolerance, unit }),
  ];
}

function constraintStatements({ descriptor, unit, minimum, maximum, required }: Constraint, key: string): Keyed[] {
  const limits = [minimum === undefined ? '' : `> ${minimum}`, maximum === undefined ? '' : `< ${maximum}`];
  const value = limits.filter((limit) => limit !== '').join(' and ');
  return [
    [key, { cause: 'rules', statement: 'constraint', descriptor, unit, value }],
    [`${key} required`, { cause: 'rules', statement: 'constraint required', descriptor, value: required, partOf: key }],
  ];
}

function definedStatements({ identifier, unit, expression, uncertainty }: DefinedDescriptor): Keyed[] {
  const key = `defined ${identifier}`;
  const about = { descriptor: identifier, unit };
  return [
    [key, { cause: 'rules', statement: 'defined as', ...about, value: expression }],
    [
      `${key} uncertainty`,
      { cause: 'probabilities', statement: 'stated uncertainty', ...about, value: uncertainty, partOf: key },
    ],
  ];
}

/** Of the objectives that both have; only the lexicographic method asks for it. */
function orderChange({ before, after, same }: ProfilePair): ProfileChange[] {
  if (before.method !== 'lexicographic' && after.method !== 'lexicographic') return [];
  const [olds, news] = [before, after].map(({ objectives }) => objectives.map(({ descriptor }) => same(descriptor)));
  const text = (names: readonly string[] = [], others: readonly string[] = [], { objectives }: Profile) =>
    names.flatMap((name, at) => (others.includes(name) ? [objectives[at]?.descriptor ?? name] : [])).join(', ');
  const [then, now] = [text(olds, news, before), text(news, olds, after)];
  const keys = (names: readonly string[] = [], others: readonly string[] = []) =>
    names.filter((name) => others.includes(name)).join(' ');
  if (keys(olds, news) === keys(news, olds)) return [];
  return [{ cause: 'rules', statement: 'order of the objectives', before: then, after: now }];
}
