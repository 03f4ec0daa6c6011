/**
 * A profile made of two: rules of one, weights of another, so that each can be seen to act by itself.
 *
 * Rules are constraints, objectives with their shapes and missing-data policy, the profile's own descriptors, and how it
 * wants values computed (temperature, policy over terminations); the method is also normalisation and tolerances. The
 * mistake avoided here: weights are shares of a whole, so an objective that only one profile has brings its own share with
 * it, and what is left is divided in the ratios of the other profile. A method that compares complete candidates takes
 * `exclude` for a missing value, as a profile file must.
 */
import type { Objective, Profile } from '../../model/profile.ts';
import { isMadeOfDesirabilities } from './scoring-method.ts';

/** The two profiles, the one before first; `same` gives equal texts for two names of one quantity. */
export interface ProfilePair {
  readonly before: Profile;
  readonly after: Profile;
  readonly same: (descriptor: string) => string;
}

type Side = 'before' | 'after';

/** Whose piece is taken. */
export interface ProfilePieces {
  readonly rules: Side;
  readonly weights: Side;
  readonly method: Side;
}

/** All pieces from one profile give that profile. */
export function mixedProfile(pair: ProfilePair, from: ProfilePieces): Profile {
  const { normalisation: _, ...rules } = pair[from.rules];
  const { method, normalisation } = pair[from.method];
  const weights = weightsOf(pair, from);
  const tolerances = byQuantity(pair, pair[from.method]);
  const isBounded = isMadeOfDesirabilities(method, normalisation);
  return {
    ...rules,
    method,
    ...(normalisation !== undefined && { normalisation }),
    objectives: rules.objectives.map((objective, at) => ({
      ...objective,
      weight: weights[at] ?? objective.weight,
      tolerance: (tolerances.get(pair.same(objective.descriptor)) ?? objective).tolerance,
      missing: isBounded ? objective.missing : 'exclude',
    })),
  };
}

/** Which pieces differ. What differs may still change nothing, such as weights that are all doubled. */
export function differingPieces({ before, after, same }: ProfilePair): readonly (keyof ProfilePieces)[] {
  const pieces = {
    rules: (profile: Profile) => rulesOf(profile, same),
    weights: ({ objectives }: Profile) => shared(objectives).map(([name, { weight }]) => [name, weight]),
    method: ({ method, normalisation, objectives }: Profile) => [
      method,
      normalisation ?? '',
      shared(objectives).map(([name, { tolerance }]) => [name, tolerance]),
    ],
  };
  const common = new Set(after.objectives.map(({ descriptor }) => same(descriptor)));
  const both = new Set(before.objectives.map(({ descriptor }) => same(descriptor)).filter((name) => common.has(name)));
  function shared(objectives: readonly Objective[]): (readonly [string, Objective])[] {
    const named = objectives.map((objective) => [same(objective.descriptor), objective] as const);
    return named.filter(([name]) => both.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  }
  return (['rules', 'weights', 'method'] as const).filter(
    (piece) => JSON.stringify(pieces[piece](before)) !== JSON.stringify(pieces[piece](after)),
  );
}

/** Words that explain a constraint are no part of it. */
function rulesOf(profile: Profile, same: ProfilePair['same']): unknown {
  const { constraints, objectives, descriptors, terminationPolicy, temperatureKelvin } = profile;
  return [
    [terminationPolicy, temperatureKelvin],
    constraints.map(({ descriptor, minimum, maximum, required }) => [same(descriptor), { minimum, maximum, required }]),
    objectives.map(({ descriptor, desirability, missing }) => [same(descriptor), desirability, missing]),
    descriptors.map(({ identifier, unit, expression }) => [identifier, unit, expression]),
  ];
}

function weightsOf(pair: ProfilePair, from: ProfilePieces): number[] {
  const others = byQuantity(pair, pair[from.weights]);
  const { objectives } = pair[from.rules];
  const paired = objectives.map((objective) => [objective, others.get(pair.same(objective.descriptor))] as const);
  let own = 0;
  let taken = 0;
  for (const [objective, other] of paired) {
    if (other === undefined) continue;
    own += objective.weight;
    taken += other.weight;
  }
  // Without an objective that keeps its own weight the ratios are all: a factor would only round them.
  const scale = paired.every(([, other]) => other !== undefined) ? 1 : own / taken;
  return paired.map(([objective, other]) => (other === undefined ? objective.weight : other.weight * scale));
}

function byQuantity({ same }: ProfilePair, { objectives }: Profile): ReadonlyMap<string, Objective> {
  return new Map(objectives.map((objective) => [same(objective.descriptor), objective]));
}
