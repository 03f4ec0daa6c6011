/**
 * Elastic moduli of the bulk of a candidate from the run that computed its elastic tensor, and how its stiffness stands to
 * that of the metal.
 *
 * The mistake avoided here: moduli per volume of the slab itself. They shrink with the vacuum and are told as such.
 */
import { elasticModuli } from '../descriptors/elastic-moduli.ts';
import { monroeNewman } from '../descriptors/monroe-newman.ts';
import { shearModulus } from '../descriptors/shear-modulus.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';
import { type Described, describerOfBulk, rememberedOfInput } from './remembered-of-input.ts';
import { runOfMaterial } from './run-of-material.ts';

export interface WithTensor {
  readonly calculation: Calculation;
  readonly moduliKbar: NonNullable<Calculation['elasticModuliKbar']>;
}

const tensorsIn = rememberedOfInput(({ calculations }): readonly WithTensor[] =>
  [...calculations.values()].flatMap((calculation) => {
    const { elasticModuliKbar: moduliKbar } = calculation;
    return moduliKbar === undefined ? [] : [{ calculation, moduliKbar }];
  }),
);

const describeBulk = describerOfBulk((bulk, input): Described => {
  const found = tensorOf(bulk, input);
  if (found === undefined) return {};
  const given = { vaspKbar: found.moduliKbar };
  const inputs = componentsOf(found);
  const issues = distinctIssues(memberIssues(found.calculation, input));
  return {
    'elastic-moduli': describedResult(elasticModuli.compute(elasticModuli.inputs.parse(given)), inputs, issues),
    'shear-modulus': describedResult(shearModulus.compute(shearModulus.inputs.parse(given)), inputs, issues),
  };
});

export const describeElasticity: Describer = (system, input) => {
  if (tensorsIn(input).length === 0) return {};
  const ofBulk = describeBulk(system, input);
  const shear = ofBulk['shear-modulus'];
  if (shear !== undefined) return { ...ofBulk, ...stiffnessAgainst(system.ion, shear) };
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  if (slab === undefined || tensorOf(slab, input) === undefined) return {};
  const refused: DescriptorResult = { available: false, reasons: [issue('E_ELASTIC_SLAB', {})], parts: {} };
  return { 'elastic-moduli': refused, 'shear-modulus': refused };
};

function stiffnessAgainst(ion: string, shear: DescriptorResult): Described {
  if (ion !== 'Li' && ion !== 'Zn') return {};
  if (!shear.available) return { 'monroe-newman': { available: false, reasons: shear.reasons, parts: {} } };
  const { pughRatio } = shear.parts;
  const result = monroeNewman.compute(
    monroeNewman.inputs.parse({
      coatingShearGpa: shear.value,
      coatingUncertaintyGpa: shear.uncertainty,
      metal: ion,
      ...(typeof pughRatio === 'number' && { pughRatio }),
    }),
  );
  return { 'monroe-newman': describedResult(result, shear.inputs, warningsOf(shear.issues)) };
}

function warningsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter(({ severity }) => severity === 'warning');
}

/** The run itself, one that took its structure, or one of the same atoms in the same cell. */
export function tensorOf(of: Calculation, input: CandidateInput): WithTensor | undefined {
  return runOfMaterial(of, input, tensorsIn(input));
}

/** The block of the tensor, told by its first component. */
export function componentsOf({ calculation, moduliKbar }: WithTensor): InputReference[] {
  const { file: placedFile, dataset: _, ...place } = calculation.places['response.elasticModuliKbar'] ?? {};
  const path = placedFile ?? calculation.valueSources?.elasticModuliKbar ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  const value = moduliKbar[0]?.[0];
  if (file?.sha256 === undefined || value === undefined) return [];
  const name = 'C_XXXX of TOTAL ELASTIC MODULI';
  return [{ name, value, unit: 'kBar', calculation: calculation.id, file: file.path, sha256: file.sha256, ...place }];
}
