/**
 * A file of claims. Beyond its schema it must make sense: quantities that exist, units that convert, and for every
 * adsorption energy its adsorbate, its sign and its reference, be it that the source does not state them.
 *
 * The mistake avoided here: an energy without a word on its sign, whose check would then be the opinion of the program.
 */
import { type Claim, type ClaimSet, claimSetSchema, isOrder, type ValueClaim } from '../model/claims.ts';
import { nearest } from '../model/schema-wording.ts';
import { parseYamlDocument } from '../model/yaml-document.ts';
import { type DescriptorNames, type ResolvedName, unitConverter } from '../ranking/index.ts';
import { allDescriptorNames } from './defined-descriptors.ts';

/** Adsorption energies of the working ion, and what they are relative to. */
export const ADSORPTION_REFERENCES: Readonly<Record<string, 'atom' | 'bulk'>> = {
  'adsorption-energy': 'atom',
  'facet-adsorption-energy': 'atom',
  'nucleation-driving-force': 'bulk',
};

/** Throws `AdatomError('request')` with one line per fault, `claims.yaml line 12, claims[0].quantity: …`. */
export function parseClaims(text: string, fileName: string): ClaimSet {
  const names = allDescriptorNames();
  const schema = claimSetSchema.superRefine(({ claims }, context) => {
    claims.forEach((claim, at) => {
      for (const { key, message } of faultsOf(claim, names)) {
        context.addIssue({ code: 'custom', path: ['claims', at, key], message });
      }
    });
  });
  return parseYamlDocument(text, fileName, schema);
}

interface Fault {
  readonly key: string;
  readonly message: string;
}

function faultsOf(claim: Claim, names: DescriptorNames): Fault[] {
  const descriptor = names.resolve(claim.quantity);
  if (descriptor === undefined) {
    const near = nearest(claim.quantity, names.all);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return [{ key: 'quantity', message: `expected a descriptor${hint}` }];
  }
  return isOrder(claim) ? [] : [...unitFaults(claim, descriptor), ...adsorptionFaults(claim, descriptor)];
}

function unitFaults({ unit }: ValueClaim, descriptor: ResolvedName): Fault[] {
  if (unitConverter(descriptor.unit, unit) !== undefined) return [];
  return [{ key: 'unit', message: `expected a unit that converts to ${descriptor.unit}` }];
}

function adsorptionFaults(claim: ValueClaim, { identifier }: ResolvedName): Fault[] {
  const reference = ADSORPTION_REFERENCES[identifier];
  const faults: Fault[] = [];
  if (reference === undefined) {
    if (claim.sign === 'positive-bound' || claim.sign === 'negative-bound') {
      faults.push({ key: 'sign', message: 'expected not-stated, or nothing: no quantity of binding' });
    }
    if (claim.reference !== undefined)
      faults.push({ key: 'reference', message: 'expected only of adsorption energies' });
    return faults;
  }
  for (const key of ['sign', 'reference', 'adsorbate'] as const) {
    const unless = key === 'adsorbate' ? '' : ' (not-stated where the source does not say)';
    if (claim[key] === undefined) faults.push({ key, message: `expected beside an adsorption energy${unless}` });
  }
  if (reference === 'bulk' && claim.reference === 'atom') {
    faults.push({ key: 'reference', message: `expected bulk: ${identifier} is relative to the bulk` });
  }
  return faults;
}
