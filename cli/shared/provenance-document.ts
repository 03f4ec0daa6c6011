/**
 * Where the values of a record stand, under the names that they have in the document of `adatom parse`.
 *
 * The mistake avoided here: a place whose name leads to no value. The cell and the positions of the last step are printed
 * as the structure, its forces as the largest of them, and a group (`bandGap`) may have a place of its own beside those
 * of its parts.
 */
import type { Place } from '../../model/calculation.ts';
import type { ReadRecord } from '../../reading/read-record.ts';

export interface ProvenanceNode {
  [name: string]: ProvenanceNode | Place[keyof Place];
}

interface Printed {
  readonly structure?: object | undefined;
  readonly final?: object | undefined;
}

const FORCES = 'final.maxForceEvPerAngstrom';
const PRINTED_AS: Readonly<Record<string, readonly string[]>> = {
  version: ['program.version'],
  'final.latticeAngstrom': ['structure.latticeAngstrom', 'final.volumeAngstrom3'],
  'final.cartesianAngstrom': ['structure.cartesianAngstrom'],
  'final.forces': [FORCES],
  'final.forcesEvPerAngstrom': [FORCES],
};

export function provenanceDocument(record: ReadRecord, printed: Printed): ProvenanceNode {
  const root: ProvenanceNode = {};
  for (const [name, place] of Object.entries(record.places)) {
    const names = PRINTED_AS[name] ?? [name];
    for (const other of names) {
      const told = other !== name && record.places[other] !== undefined;
      if (!told && isPrinted(other, printed)) Object.assign(nodeAt(root, other.split('.')), place);
    }
  }
  return root;
}

function isPrinted(name: string, { structure, final }: Printed): boolean {
  const [group, key = ''] = name.split('.');
  if (group === 'structure') return structure !== undefined;
  return group !== 'final' || (final !== undefined && key in final);
}

/** The part of the document that is called so, made where there is none. */
function nodeAt(root: ProvenanceNode, path: readonly string[]): ProvenanceNode {
  let node = root;
  for (const key of path) {
    const next = node[key];
    const inner = typeof next === 'object' ? next : {};
    node[key] = inner;
    node = inner;
  }
  return node;
}
