/**
 * Descriptors that a profile defines as expressions over others, such as `deltaE_dep - deltaG_H`.
 *
 * They are computed beside the ranking, from the values under whatever name they go by, so one set of candidates serves
 * any number of profiles. A value is missing when one of its terms is, with the reasons of that term; its 1σ is that of
 * its terms, taken as independent: for terms that share an error (two adsorption energies of one functional) state an
 * uncertainty.
 */
import { DESCRIPTORS } from '../descriptors/index.ts';
import type { DescriptorAlias } from '../model/descriptor.ts';
import { AdatomError } from '../model/errors.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { DefinedDescriptor, Profile } from '../model/profile.ts';
import type { DefinedValue, RankableCandidate, RankableValue } from '../model/ranking.ts';
import { type DescriptorNames, descriptorNames } from '../ranking/index.ts';
import { compileExpression, type DerivedQuantity, type ExpressionName, statedUnit } from './derived-quantity.ts';

export interface ProfileDescriptors {
  /** Every name a profile or a table may use, the defined ones among them, with the profile's uncertainties. */
  readonly names: DescriptorNames;
  /** The candidate with the values that the profile defines. */
  readonly complete: (candidate: RankableCandidate) => RankableCandidate;
}

/** Of the definitions alone, without any profile. */
export function allDescriptorNames(): DescriptorNames {
  return descriptorNames(DESCRIPTORS);
}

interface Definition extends DefinedDescriptor {
  readonly quantity: DerivedQuantity;
}

/** Throws `AdatomError('request')` that names the profile, the definition and the place in its expression. */
export function profileDescriptors(profile: Profile): ProfileDescriptors {
  const definitions = compiled(profile);
  const catalogue = [
    ...DESCRIPTORS,
    ...definitions.map(({ identifier, unit, uncertainty }) => ({
      identifier,
      symbol: identifier,
      unit,
      ...(uncertainty !== undefined && { defaultUncertainty: uncertainty }),
      aliases: [] as readonly DescriptorAlias[],
    })),
  ];
  const plain = descriptorNames(catalogue);
  const stated = statedUncertainties(profile, plain);
  return {
    names: descriptorNames(catalogue.map((entry) => ({ ...entry, ...stated.get(entry.identifier) }))),
    complete: (candidate) => definitions.reduce(withDefined, candidate),
  };
}

function compiled(profile: Profile): Definition[] {
  const names: ExpressionName[] = DESCRIPTORS.flatMap(({ identifier, symbol, unit, aliases }) => [
    { identifier, symbol, unit },
    ...aliases.map((alias) => ({ identifier: alias.identifier, symbol: alias.symbol, unit })),
  ]);
  return profile.descriptors.map((defined, index) => {
    const place = `profile ${profile.name}, descriptors[${index}]`;
    if (names.some(({ identifier }) => identifier === defined.identifier)) {
      throw new AdatomError('request', `${place}.identifier: there is a descriptor ${defined.identifier} already`);
    }
    const definition = placed(place, () => {
      const quantity = compileExpression(defined.expression, names);
      return { ...defined, unit: statedUnit(quantity, defined.unit), quantity };
    });
    names.push({ identifier: defined.identifier, unit: definition.unit });
    return definition;
  });
}

function placed<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof AdatomError)) throw error;
    throw new AdatomError(error.class, `${place}: ${error.message}`, { cause: error });
  }
}

/** By identifier; the unit is that of the descriptor, whichever of its names the profile uses. */
function statedUncertainties(profile: Profile, names: DescriptorNames) {
  return new Map(
    Object.entries(profile.uncertainties).map(([name, value]) => {
      const descriptor = names.resolve(name);
      if (descriptor === undefined) {
        throw new AdatomError('request', `profile ${profile.name}, uncertainties: unknown descriptor "${name}"`);
      }
      return [descriptor.identifier, { defaultUncertainty: value / Math.abs(descriptor.factor) }] as const;
    }),
  );
}

function withDefined(candidate: RankableCandidate, definition: Definition): RankableCandidate {
  const { identifier, unit, quantity } = definition;
  const terms = quantity.uses.flatMap((name) => {
    const value = candidate.values[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const values = Object.fromEntries(terms.map(([name, { value }]) => [name, value]));
  const found = quantity.evaluate(values);
  if (!found.available) {
    const behind = found.missing.flatMap((name) => candidate.missing[name] ?? []);
    const reasons: Issue[] = [...behind, issue('E_DEFINED', { descriptor: identifier, reason: found.reason })];
    return { ...candidate, missing: { ...candidate.missing, [identifier]: distinctIssues(reasons) } };
  }
  const value: DefinedValue = {
    value: found.value,
    unit,
    uncertainty: definition.uncertainty ?? propagatedUncertainty(quantity, terms),
    quality: worst(terms.map(([, term]) => term.quality)),
  };
  return {
    ...candidate,
    values: { ...candidate.values, [identifier]: value },
    defined: { ...candidate.defined, [identifier]: value },
  };
}

/** Half the change of the value when a term goes from μ − σ to μ + σ, over all terms in quadrature. */
function propagatedUncertainty(
  quantity: DerivedQuantity,
  terms: readonly (readonly [string, RankableValue])[],
): number {
  const middle = Object.fromEntries(terms.map(([name, { value }]) => [name, value]));
  const halves = terms.map(([name, { value, uncertainty }]) => {
    const [above, below] = [value + uncertainty, value - uncertainty].map((moved) =>
      quantity.evaluate({ ...middle, [name]: moved }),
    );
    // At the edge of what a function takes, such as a logarithm near zero, nothing can be told from that term.
    if (above?.available !== true || below?.available !== true) return 0;
    return (above.value - below.value) / 2;
  });
  return Math.hypot(...halves);
}

function worst(qualities: readonly RankableValue['quality'][]): RankableValue['quality'] {
  return (['unreliable', 'degraded'] as const).find((quality) => qualities.includes(quality)) ?? 'ok';
}
