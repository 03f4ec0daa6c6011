/**
 * What the electrons of a candidate tell: the gap of its material (SCIENCE §7).
 *
 * The mistake avoided here: the gap of a slab, which its surface states close, where the bulk was calculated too.
 */
import { bandGap } from '../descriptors/band-gap.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { functionalText } from './functional-text.ts';
import { valueReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { completed } from './slab-pair.ts';

type Results = Readonly<Record<string, DescriptorResult>>;

export function describeElectrons(system: System, input: CandidateInput): Results {
  const slab = calculationOf(system.slab, input);
  const material = [calculationOf(system.bulk, input), slab].find((found) => found?.bandGap !== undefined);
  return {
    ...(material !== undefined && { 'band-gap': gapOf(material, { input, isSlab: material === slab }) }),
  };
}

function calculationOf(id: string | undefined, { calculations }: CandidateInput): Calculation | undefined {
  return id === undefined ? undefined : calculations.get(id);
}

function gapOf(
  calculation: Calculation,
  { input, isSlab }: { readonly input: CandidateInput; readonly isSlab: boolean },
): DescriptorResult {
  const { bandGap: found } = calculation;
  const issues = memberIssues(calculation, input);
  if (found === undefined || hasError(issues)) return unavailable(issues);
  const edges = {
    valenceBandMaximumEv: found.valenceBandMaximum.energyEv,
    conductionBandMinimumEv: found.conductionBandMinimum.energyEv,
  };
  const result = bandGap.compute(bandGap.inputs.parse({ ...edges, functional: functionalText(calculation) }));
  const source = { block: 'bandGap', field: 'bandGap' };
  const references = [
    valueReference({ name: 'VBM', value: edges.valenceBandMaximumEv, unit: 'eV' }, calculation, source),
    valueReference({ name: 'CBM', value: edges.conductionBandMinimumEv, unit: 'eV' }, calculation, source),
  ];
  const parts = { ...result.parts, isDirect: found.isDirect, material: isSlab ? 'slab' : 'bulk' };
  return completed({ ...result, parts }, { references, issues });
}

function unavailable(issues: readonly Issue[]): DescriptorResult {
  return { available: false, reasons: distinctIssues(issues), parts: {} };
}
