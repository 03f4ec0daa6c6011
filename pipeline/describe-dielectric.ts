/**
 * Static dielectric constant of the bulk of a candidate, from the run that computed its tensor (LEPSILON, LCALCEPS).
 *
 * The mistakes avoided here: the tensor of a slab cell, which the vacuum dilutes; a constant of a metal; and an ε∞ of a
 * functional that closes the gap too far, without a word.
 */
import { dielectricConstant } from '../descriptors/dielectric-constant.ts';
import { isBeyondSemilocal } from '../descriptors/shared/beyond-semilocal.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { functionalText } from './functional-text.ts';
import { valueReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { describerOfBulk, rememberedOfInput } from './remembered-of-input.ts';
import { runOfMaterial } from './run-of-material.ts';

interface WithTensor {
  readonly calculation: Calculation;
  readonly tensors: NonNullable<Calculation['dielectric']>;
}

const tensorsIn = rememberedOfInput(({ calculations }): readonly WithTensor[] =>
  [...calculations.values()].flatMap((calculation) =>
    calculation.dielectric === undefined ? [] : [{ calculation, tensors: calculation.dielectric }],
  ),
);

const describeBulk = describerOfBulk((bulk, input) => {
  const found = runOfMaterial(bulk, input, tensorsIn(input));
  return found === undefined ? {} : { 'dielectric-constant': constantOf(found, input) };
});

export const describeDielectric: Describer = (system, input) => {
  if (tensorsIn(input).length === 0) return {};
  const ofBulk = describeBulk(system, input);
  if (ofBulk['dielectric-constant'] !== undefined) return ofBulk;
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  if (slab?.dielectric === undefined) return {};
  const refused: DescriptorResult = {
    available: false,
    reasons: [issue('E_DIELECTRIC_SLAB', {}, { file: slab.id })],
    parts: {},
  };
  return { 'dielectric-constant': refused };
};

function constantOf({ calculation, tensors }: WithTensor, input: CandidateInput): DescriptorResult {
  const { electronic: electronicTensor, ionic: ionicTensor } = tensors;
  const result = dielectricConstant.compute(
    dielectricConstant.inputs.parse({ electronicTensor, ...(ionicTensor !== undefined && { ionicTensor }) }),
  );
  const issues = distinctIssues([...memberIssues(calculation, input), ...gapIssues(calculation)]);
  return describedResult(result, referencesOf({ calculation, tensors }), issues);
}

/** The smaller the gap, the larger ε∞: what makes the gap too small makes the constant too large. */
function gapIssues(calculation: Calculation): Issue[] {
  const { bandGap, id } = calculation;
  if (bandGap?.kind === 'metal') return [issue('E_DIELECTRIC_METAL', {}, { file: id })];
  const functional = functionalText(calculation);
  return isBeyondSemilocal(functional) ? [] : [issue('W_PBE_GAP', { functional }, { file: id })];
}

/** The blocks of the tensors, told by their first components. */
function referencesOf({ calculation, tensors }: WithTensor): InputReference[] {
  const components = [
    ['ε_xx of the electrons', tensors.electronic[0][0], 'response.dielectricElectronic'],
    ['ε_xx of the ions', tensors.ionic?.[0][0], 'response.dielectricIonic'],
  ] as const;
  return components.flatMap(([name, value, field]) =>
    value === undefined
      ? []
      : [valueReference({ name, value, unit: '1' }, calculation, { block: 'dielectric', field })],
  );
}
