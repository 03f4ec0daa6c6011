/** The published figures that come with the program (reference/), and sets of the user's own in the same form. */
import { type ReferenceSet, referenceSetSchema } from '../model/reference-data.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';
import { find, namesOn, type Shelf } from './shelf.ts';

const REFERENCES: Shelf = { kind: 'reference', folder: 'reference/' };

/** Throws `AdatomError('request')`: unknown name with those there are, or every fault of the file with its line. */
export function loadReference(nameOrFile: string): ReferenceSet {
  const { text, shownName } = find(nameOrFile, REFERENCES);
  return parseYamlDocument(text, shownName, referenceSetSchema);
}

export function referenceNames(): string[] {
  return namesOn(REFERENCES);
}
