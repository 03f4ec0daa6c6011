/**
 * What depends on the temperature, at that of a profile: rates, diffusion coefficients, ensembles of sites. A screening
 * tells them at 298.15 K; for another temperature the barriers and energies in their parts are enough.
 *
 * The mistakes avoided here: a rate at one temperature beside a score at another, and a warning that was true of the other
 * temperature only. ΔG_H* is left as it is: its correction was calibrated at 298 K (SCIENCE §6.1).
 */
import type { z } from 'zod';
import { diffusionCoefficient } from '../descriptors/diffusion-coefficient.ts';
import { hopRate } from '../descriptors/hop-rate.ts';
import { siteEnsemble } from '../descriptors/site-ensemble.ts';
import {
  type AvailableDescriptor,
  type DescriptorDefinition,
  type DescriptorResult,
  qualityOf,
} from '../model/descriptor.ts';
import { distinctIssues } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { Candidate } from '../model/system.ts';

type Parts = AvailableDescriptor['parts'];

interface OtherTemperature {
  readonly temperatureKelvin: number;
  readonly barrierUncertaintyEv: number;
}

/**
 * By descriptor: the result at another temperature, from the parts of the one that was found. Undefined where the parts
 * are not enough: an ensemble that was kept before sites told their energies stays at the temperature it tells.
 */
const OF_TEMPERATURE: Readonly<
  Record<string, (parts: Parts, other: OtherTemperature) => DescriptorResult | undefined>
> = {
  'hop-rate': (parts, other) => computed(hopRate, { ...activationOf(parts), ...other }),
  'diffusion-coefficient': (parts, other) => {
    const { hopLengthAngstrom, dimensionality, equivalentHops } = parts;
    const hop = { hopLengthAngstrom, dimensionality, equivalentHops };
    return computed(diffusionCoefficient, { ...activationOf(parts), ...hop, ...other });
  },
  'site-ensemble': ({ degeneracies }, { temperatureKelvin }) =>
    computed(siteEnsemble, { sites: degeneracies, temperatureKelvin }),
};

function computed<I extends z.ZodType>(
  { inputs, compute }: DescriptorDefinition<I>,
  given: unknown,
): DescriptorResult | undefined {
  const read = inputs.safeParse(given);
  return read.success ? compute(read.data) : undefined;
}

function activationOf({ barrierEv, prefactorPerSecond }: Parts): Parts {
  return { barrierEv, prefactorPerSecond };
}

/** A candidate whose results are all of this temperature comes back as it is. */
export function atProfileTemperature<C extends Pick<Candidate, 'descriptors'>>(
  candidate: C,
  { temperatureKelvin }: Pick<Profile, 'temperatureKelvin'>,
): C {
  const barrier = candidate.descriptors['migration-barrier'];
  const barrierUncertaintyEv = (barrier?.available && barrier.uncertainty) || 0;
  const changed = Object.entries(OF_TEMPERATURE).flatMap(([identifier, compute]) => {
    const result = candidate.descriptors[identifier];
    if (result?.available !== true) return [];
    const { temperatureKelvin: told } = result.parts;
    if (typeof told !== 'number' || told === temperatureKelvin) return [];
    const at = (kelvin: number) => compute(result.parts, { temperatureKelvin: kelvin, barrierUncertaintyEv });
    const [wanted, again] = [at(temperatureKelvin), at(told)];
    return wanted === undefined ? [] : [[identifier, joined(wanted, result, again)] as const];
  });
  if (changed.length === 0) return candidate;
  return { ...candidate, descriptors: { ...candidate.descriptors, ...Object.fromEntries(changed) } };
}

/** What stands behind the value that was found stands behind this one; what was said of its temperature does not. */
function joined(
  result: DescriptorResult,
  before: AvailableDescriptor,
  again: DescriptorResult | undefined,
): DescriptorResult {
  if (!result.available) return result;
  const ofTemperature = new Set((again?.available ? again.issues : []).map(({ code }) => code));
  const kept = before.issues.filter(({ code }) => !ofTemperature.has(code));
  const issues = distinctIssues([...result.issues, ...kept]);
  const quality = before.quality === 'unreliable' ? before.quality : qualityOf(issues);
  return { ...result, parts: { ...before.parts, ...result.parts }, inputs: before.inputs, issues, quality };
}
