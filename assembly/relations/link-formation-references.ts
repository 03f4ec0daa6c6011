/**
 * Bulk compound → the elements it forms from: bulk metals, and O2, N2, … as molecules. All of them, or none: a formation
 * energy with an element left out is no energy (SCIENCE §8).
 */
import type { Calculation } from '../../model/calculation.ts';
import type { Relation, RoleAssignment } from '../../model/system.ts';
import { formulaInOrder } from '../shared/composition-difference.ts';
import { bestRelation, type Partners, partnersOf } from './relation.ts';

/** Elements whose stable form at room temperature is a molecule of two atoms, or is computed as one. */
const DIATOMIC: ReadonlySet<string> = new Set(['H', 'N', 'O', 'F', 'Cl', 'Br', 'I']);

export function linkFormationReferences(
  calculations: readonly Calculation[],
  roles: ReadonlyMap<string, RoleAssignment>,
): Relation[] {
  const elements = new Map<string, Calculation[]>();
  const compounds: Calculation[] = [];
  for (const calculation of calculations) {
    const species = calculation.structure?.species ?? [];
    const distinct = new Set(species);
    const [element = ''] = distinct;
    const role = roles.get(calculation.id)?.role;
    const isMolecule = role === 'isolated-molecule' && species.length === 2 && DIATOMIC.has(element);
    if (role === 'bulk' && distinct.size > 1) compounds.push(calculation);
    if (distinct.size !== 1 || !(isMolecule || (role === 'bulk' && !DIATOMIC.has(element)))) continue;
    const known = elements.get(element);
    if (known === undefined) elements.set(element, [calculation]);
    else known.push(calculation);
  }
  const partners = new Map([...elements].map(([element, members]) => [element, partnersOf(members)]));
  return compounds.flatMap((compound) => referencesOf(compound, partners));
}

function referencesOf(compound: Calculation, elements: ReadonlyMap<string, Partners>): Relation[] {
  const species = compound.structure?.species ?? [];
  const relations: Relation[] = [];
  for (const element of [...new Set(species)].sort()) {
    const isMolecule = DIATOMIC.has(element);
    const partners = elements.get(element);
    if (partners === undefined) return [];
    const relation = bestRelation({
      kind: 'formation-reference',
      pair: isMolecule ? 'atom-reference' : 'bulk-reference',
      from: compound,
      role: isMolecule ? `molecule ${element}2` : `bulk ${element}`,
      partners,
      evidence: () => [
        `${formulaInOrder(species)} forms from ${isMolecule ? `${element}2` : `bulk ${element}`} and the others of its elements`,
      ],
    });
    if (relation === undefined) return [];
    relations.push(relation);
  }
  return relations;
}
