/**
 * Published claims held against the candidates of a screening, where references, facets and the cohesive energy of its
 * own calculations are known.
 */
import type { CheckedClaims } from '../model/claim-check.ts';
import type { ClaimSet } from '../model/claims.ts';
import type { ReferenceSet } from '../model/reference-data.ts';
import type { ScreeningResult } from '../model/screening.ts';
import { checkClaims } from './check-claims.ts';
import { allDescriptorNames } from './defined-descriptors.ts';
import { rankableCandidate } from './rankable-candidate.ts';

/** `cohesive`: the reference set cohesive-energies. */
export function screenedClaims(result: ScreeningResult, set: ClaimSet, cohesive: ReferenceSet): CheckedClaims {
  const names = allDescriptorNames();
  const candidates = result.candidates.map((candidate) => rankableCandidate(candidate, names));
  return checkClaims(set, { candidates, document: result }, cohesive);
}
