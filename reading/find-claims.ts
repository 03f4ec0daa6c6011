/** The published claims that come with the program (claims/), and files of the user's own in the same form. */
import type { ClaimSet } from '../model/claims.ts';
import { parseClaims } from '../pipeline/parse-claims.ts';
import { find, namesOn, type Shelf } from './shelf.ts';

const CLAIMS: Shelf = { kind: 'set of claims', folder: 'claims/' };

/** Throws `AdatomError('request')`: unknown name with those there are, or every fault of the file with its line. */
export function loadClaims(nameOrFile: string): ClaimSet {
  const { text, shownName } = find(nameOrFile, CLAIMS);
  return parseClaims(text, shownName);
}

export function claimSetNames(): string[] {
  return namesOn(CLAIMS);
}
