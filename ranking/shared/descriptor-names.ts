/**
 * Every name a descriptor goes by: identifier, symbol, and aliases that show the same value times a factor
 * (binding-energy E_b = −1 × adsorption-energy).
 *
 * The mistake avoided here: a table column `E_b` and a profile that says `adsorption-energy` mean one quantity with
 * two signs. Whatever name a value came under, it is kept under all of them, each with its own factor.
 */
import type { DescriptorDefinition } from '../../model/descriptor.ts';
import type { RankableValue } from '../../model/ranking.ts';

/** What ranking needs to know of a descriptor definition. */
type DescriptorNaming = Pick<DescriptorDefinition, 'identifier' | 'symbol' | 'unit' | 'aliases'> & {
  readonly defaultUncertainty?: number;
};

/** The number shown under `name` is `factor` × the descriptor's value. */
export interface NameFactor {
  readonly name: string;
  readonly factor: number;
}

/** A descriptor, as one of its names means it. */
export interface ResolvedName {
  readonly identifier: string;
  /** The number shown under the resolved name is `factor` × the descriptor's value. */
  readonly factor: number;
  readonly unit: string;
  /** 1σ in `unit`, when none is given; 0 for a quantity that has no error of its own. */
  readonly defaultUncertainty: number;
  /** All names of the descriptor, the identifier first. */
  readonly names: readonly NameFactor[];
}

export type ResolveName = (name: string) => ResolvedName | undefined;

export interface DescriptorNames {
  readonly resolve: ResolveName;
  readonly all: readonly string[];
}

export function descriptorNames(definitions: readonly DescriptorNaming[]): DescriptorNames {
  const resolved = new Map<string, ResolvedName>();
  for (const { identifier, symbol, unit, defaultUncertainty = 0, aliases } of definitions) {
    const names = distinctNames([
      { name: identifier, factor: 1 },
      { name: symbol, factor: 1 },
      ...aliases.flatMap((alias) => [
        { name: alias.identifier, factor: alias.factor },
        { name: alias.symbol, factor: alias.factor },
      ]),
    ]);
    for (const { name, factor } of names) {
      // An identifier is unique; a symbol that two descriptors share belongs to the first.
      if (resolved.has(name) && name !== identifier) continue;
      resolved.set(name, { identifier, factor, unit, defaultUncertainty, names });
    }
  }
  return { resolve: (name) => resolved.get(name), all: [...resolved.keys()] };
}

/** The value of a descriptor under every name it goes by. */
export function underAllNames(names: readonly NameFactor[], value: RankableValue): Record<string, RankableValue> {
  return Object.fromEntries(
    names.map(({ name, factor }) => [
      name,
      // + 0 turns the −0 of a negated zero into 0.
      { ...value, value: factor * value.value + 0, uncertainty: Math.abs(factor) * value.uncertainty },
    ]),
  );
}

function distinctNames(names: readonly NameFactor[]): NameFactor[] {
  return names.filter((entry, index) => names.findIndex((other) => other.name === entry.name) === index);
}
