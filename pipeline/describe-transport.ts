/**
 * Migration on a facet: the barrier of the best path, and the rate and diffusion coefficient that follow from it, with
 * the attempt frequency of the hop where the vibrations of its site and saddle were calculated (SCIENCE §3.9).
 *
 * The mistakes avoided here: the length of the path for the length of the hop (all atoms of the cell move along a path, and
 * the migrating one by a curve), and a rate without the 1σ of its barrier.
 */
import { diffusionCoefficient } from '../descriptors/diffusion-coefficient.ts';
import { hopRate } from '../descriptors/hop-rate.ts';
import {
  type AvailableDescriptor,
  type DescriptorResult,
  type InputReference,
  qualityOf,
} from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { PathReport, System } from '../model/system.ts';
import { type BestAlternative, bestAlternative, domainOf } from './best-alternative.ts';
import type { CandidateInput } from './candidate-input.ts';
import { attemptFrequencyOf } from './hop-vibrations.ts';

export function bestBarrier(system: System, input: CandidateInput): BestAlternative {
  const alternatives = system.paths.flatMap((id) => {
    const path = input.paths.get(id);
    return path === undefined ? [] : [{ id, result: path.barrier }];
  });
  return bestAlternative(alternatives, 'paths', system);
}

export function describeTransport(system: System, input: CandidateInput): Readonly<Record<string, DescriptorResult>> {
  if (!system.paths.some((id) => input.paths.has(id))) return {};
  const { id, result: barrier } = bestBarrier(system, input);
  const path = input.paths.get(id ?? '');
  if (!barrier.available || path === undefined) {
    const reasons = barrier.available ? [] : barrier.reasons;
    const missing: DescriptorResult = { available: false, reasons, parts: {} };
    return { 'hop-rate': missing, 'diffusion-coefficient': missing };
  }
  const frequency = attemptFrequencyOf(path, input);
  const prefactor = prefactorOf(frequency);
  const activation = {
    barrierEv: barrier.value,
    barrierUncertaintyEv: barrier.uncertainty ?? 0,
    ...prefactor.inputs,
  };
  const told = { path: path.id, domain: domainOf(barrier), prefactorFrom: prefactor.from };
  const follow = (result: DescriptorResult) => following(barrier, { result, prefactor }, told);
  return {
    ...(frequency !== undefined && { 'attempt-frequency': frequency }),
    'hop-rate': follow(hopRate.compute(hopRate.inputs.parse(activation))),
    'diffusion-coefficient': follow(diffusionOf(path, activation)),
  };
}

interface Prefactor {
  readonly from: 'vibrations' | 'default';
  readonly inputs: { readonly prefactorPerSecond?: number };
  readonly references: readonly InputReference[];
  readonly issues: readonly Issue[];
}

function prefactorOf(frequency: DescriptorResult | undefined): Prefactor {
  if (frequency?.available === true) {
    const inputs = { prefactorPerSecond: frequency.value };
    return { from: 'vibrations', inputs, references: frequency.inputs, issues: frequency.issues };
  }
  const issues = (frequency?.reasons ?? []).map(({ message: reason, where }) =>
    issue('W_VIBRATIONS_UNUSED', { reason }, where),
  );
  return { from: 'default', inputs: {}, references: [], issues };
}

interface Activation {
  readonly barrierEv: number;
  readonly barrierUncertaintyEv: number;
  /** Left out: that of the definition. */
  readonly prefactorPerSecond?: number;
}

/** On a face d = 2, inside a crystal d = 3; m = 1: the rate is the total one out of a site. */
function diffusionOf(path: PathReport, activation: Activation): DescriptorResult {
  const hop = hopOf(path);
  if (hop === undefined) return { available: false, reasons: [noHop(path)], parts: {} };
  const domain = domainOf(path.barrier);
  const dimensionality = domain === undefined || domain === 'surface' || domain === 'interface' ? 2 : 3;
  const result = diffusionCoefficient.compute(
    diffusionCoefficient.inputs.parse({ ...activation, hopLengthAngstrom: hop.lengthAngstrom, dimensionality }),
  );
  return { ...result, parts: { ...result.parts, hopLengthFrom: hop.from, migratingAtoms: hop.atoms } };
}

/** From where the atom rests to where it rests next; of a table only the length of the whole path is known. */
function hopOf({ migrating, images }: PathReport) {
  const first = migrating?.atoms[0];
  const lengthAngstrom = first?.straightAngstrom ?? images.at(-1)?.distanceAngstrom;
  if (lengthAngstrom === undefined || !(lengthAngstrom > 0)) return undefined;
  const from =
    first === undefined
      ? 'length of the path over all atoms'
      : `ends of the way of atom ${first.atom} (${first.element})`;
  return { lengthAngstrom, from, atoms: migrating?.atoms.map(({ atom }) => atom) ?? [] };
}

function noHop({ id }: PathReport): Issue {
  return issue('E_REFERENCE_MISSING', { needed: `an atom that ends elsewhere than it began, along ${id}` });
}

/** What weakens the barrier or the prefactor weakens what follows from them. */
function following(
  barrier: AvailableDescriptor,
  { result, prefactor }: { readonly result: DescriptorResult; readonly prefactor: Prefactor },
  told: Readonly<Record<string, unknown>>,
): DescriptorResult {
  if (!result.available) return result;
  const issues = distinctIssues([...result.issues, ...barrier.issues, ...prefactor.issues]);
  const quality = barrier.quality === 'unreliable' ? barrier.quality : qualityOf(issues);
  const parts = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return {
    ...result,
    parts: { ...result.parts, ...parts },
    inputs: [...barrier.inputs, ...prefactor.references],
    issues,
    quality,
  };
}
