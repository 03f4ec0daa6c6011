/**
 * Where lattice constants are from belongs to every mismatch (SCIENCE §5.2): those of PBE and PBE-D3 differ by more than
 * the mismatches that coatings are chosen for.
 */
import { type Issue, issue } from '../../../model/issues.ts';

export interface LatticeSources {
  readonly filmSource?: string | undefined;
  readonly substrateSource?: string | undefined;
}

export function sourceIssues({ filmSource, substrateSource }: LatticeSources): Issue[] {
  const missing = [
    ...(filmSource === undefined ? ['film'] : []),
    ...(substrateSource === undefined ? ['substrate'] : []),
  ];
  return missing.length === 0 ? [] : [issue('I_LATTICE_SOURCE', { of: missing.join(' and ') })];
}
