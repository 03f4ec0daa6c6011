/**
 * What is computed from a structure once and asked for many times: its gaps, its heights, its planes.
 *
 * A slab is read by its role, its links, its facet, its dipole and its sites, each by itself. The answer depends on the
 * structure alone, which never changes; it is forgotten together with it, and nobody sees whether it was remembered.
 */
import { formula, type Structure } from '../../model/structure.ts';

type AlongAxis<Value> = (structure: Structure, axis: 0 | 1 | 2) => Value;

export function rememberedAlong<Value extends object | boolean>(compute: AlongAxis<Value>): AlongAxis<Value> {
  const known = new WeakMap<Structure, Value[]>();
  return (structure, axis) => {
    const ofStructure = known.get(structure) ?? [];
    if (ofStructure.length === 0) known.set(structure, ofStructure);
    ofStructure[axis] ??= compute(structure, axis);
    return ofStructure[axis];
  };
}

/** The formula of a structure, which every look-up by composition asks for. */
export function formulaOf(structure: Structure): string {
  const known = FORMULAS.get(structure);
  if (known !== undefined) return known;
  const found = formula(structure.species);
  FORMULAS.set(structure, found);
  return found;
}

const FORMULAS = new WeakMap<Structure, string>();
