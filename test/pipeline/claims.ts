/** Small sets of claims and candidates, as the tests of claims want them. */
import type { ClaimCheck } from '../../model/claim-check.ts';
import type { Claim, ClaimSet, ClaimSubject } from '../../model/claims.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';
import { checkClaims } from '../../pipeline/check-claims.ts';
import { allDescriptorNames } from '../../pipeline/defined-descriptors.ts';
import { underAllNames } from '../../ranking/index.ts';
import { loadReference } from '../../reading/find-reference.ts';

/** A claim on Li at a facet `a`: 3.40 eV, positive = bound, relative to the isolated atom. */
export const BINDING = {
  id: 'binding',
  of: 'a',
  quantity: 'binding-energy',
  value: '3.40',
  unit: 'eV',
  sign: 'positive-bound',
  reference: 'atom',
  adsorbate: 'Li',
  source: 'a paper',
} as const satisfies Claim;

export function claimSet(claims: readonly Claim[], subjects: Readonly<Record<string, ClaimSubject>> = {}): ClaimSet {
  const plain = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { names: [name] }]));
  return { name: 'set', version: 1, title: 't', source: 's', subjects: { ...plain, ...subjects }, claims };
}

/** Values with their 1σ, by identifier or alias; `undefined` is missing. */
export function candidate(id: string, values: Readonly<Record<string, readonly [number, number]>>): RankableCandidate {
  const { resolve } = allDescriptorNames();
  const named = Object.entries(values).map(([name, [shown, uncertainty]]): Record<string, RankableValue> => {
    const descriptor = resolve(name);
    if (descriptor === undefined) throw new Error(`no descriptor ${name}`);
    const value = shown / descriptor.factor;
    return underAllNames(descriptor.names, { value, uncertainty, quality: 'ok' });
  });
  return { id, values: Object.assign({}, ...named), missing: {} };
}

export function checksOf(
  claims: readonly Claim[],
  candidates: readonly RankableCandidate[],
  document?: unknown,
): readonly ClaimCheck[] {
  return checkClaims(claimSet(claims), { candidates, document }, loadReference('cohesive-energies')).checks;
}

/** The only check of one claim. */
export function checkOf(claim: Claim, ...candidates: readonly RankableCandidate[]): ClaimCheck {
  const [check, ...others] = checksOf([claim], candidates);
  if (check === undefined || others.length > 0) throw new Error(`${others.length + 1} checks of ${claim.id}`);
  return check;
}

export const codesOf = ({ issues }: Pick<ClaimCheck, 'issues'>): string[] => issues.map(({ code }) => code);
