/**
 * What the electrons of a candidate tell: the gap of its material and the work function of its clean slab (SCIENCE §7).
 *
 * The mistake avoided here: the gap of a slab, which its surface states close, where the bulk was calculated too.
 */
import { functionalOf } from '../assembly/shared/functional.ts';
import { told } from '../assembly/shared/told-settings.ts';
import { bandGap } from '../descriptors/band-gap.ts';
import { workFunction } from '../descriptors/work-function.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference, valueReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { completed } from './slab-pair.ts';

type Results = Readonly<Record<string, DescriptorResult>>;

export function describeElectrons(system: System, input: CandidateInput): Results {
  const slab = calculationOf(system.slab, input);
  const material = [calculationOf(system.bulk, input), slab].find((found) => found?.bandGap !== undefined);
  return {
    ...(material !== undefined && { 'band-gap': gapOf(material, { input, isSlab: material === slab }) }),
    ...(slab?.vacuumLevelsEv !== undefined && { 'work-function': workFunctionOf(slab, input) }),
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

const NAMES: Readonly<Record<string, string>> = { PE: 'PBE', PS: 'PBEsol', RP: 'RPBE', '91': 'PW91', CA: 'LDA' };

function functionalText(calculation: Calculation): string {
  if (told(calculation, 'LHFCALC') === true) return 'a hybrid functional';
  const meta = told(calculation, 'METAGGA');
  if (typeof meta === 'string' && /[A-Za-z]/.test(meta)) return meta;
  const { name } = functionalOf(calculation);
  return name === undefined ? 'the functional' : (NAMES[name] ?? name);
}

function workFunctionOf(slab: Calculation, input: CandidateInput): DescriptorResult {
  const { vacuumLevelsEv, final } = slab;
  const issues = memberIssues(slab, input);
  if (final?.fermiEnergyEv === undefined) {
    issues.push(
      issue('E_REFERENCE_MISSING', { needed: 'the Fermi energy beside the vacuum levels' }, { file: slab.id }),
    );
  }
  if (vacuumLevelsEv === undefined || final?.fermiEnergyEv === undefined || hasError(issues)) {
    return unavailable(issues);
  }
  const { upper, lower } = vacuumLevelsEv;
  const result = workFunction.compute(
    workFunction.inputs.parse({ vacuumUpperEv: upper, vacuumLowerEv: lower, fermiEnergyEv: final.fermiEnergyEv }),
  );
  const source = { block: 'vacuumLevelsEv', field: 'vacuumLevelsEv' };
  const references = [
    valueReference({ name: 'V(upper side)', value: upper, unit: 'eV' }, slab, source),
    valueReference({ name: 'V(lower side)', value: lower, unit: 'eV' }, slab, source),
    inputReference('E_F', slab, 'fermiEnergyEv'),
  ];
  return completed(result, { references, issues });
}

function unavailable(issues: readonly Issue[]): DescriptorResult {
  return { available: false, reasons: distinctIssues(issues), parts: {} };
}
