/**
 * The 1σ that a profile states, in the place of the default of a definition and of one that nobody knows; never in that of
 * another (SCIENCE §10.5).
 *
 * What it took the place of stays in the parts: under another profile it counts again. The mistake avoided here: a score
 * drawn with one 1σ beside a value that is told with another.
 */
import { z } from 'zod';
import type { AvailableDescriptor, DescriptorResult, Parts } from '../model/descriptor.ts';
import type { Profile } from '../model/profile.ts';
import type { Candidate } from '../model/system.ts';
import type { DescriptorNames } from '../ranking/index.ts';

type Described = Pick<Candidate, 'descriptors'>;

/** Where a 1σ comes from that the profile states. */
export const BY_PROFILE = 'profile';
/** What of a 1σ stands in the parts. */
const SIGMA_PARTS = ['uncertaintyOrigin', 'uncertaintyModel', 'uncertaintyNumeric'] as const;
/** The 1σ without the profile, and its parts. */
const REPLACED = 'uncertaintyWithoutProfile';

const replacedSchema = z.looseObject({
  [REPLACED]: z.object({
    uncertainty: z.number().optional(),
    uncertaintyOrigin: z.string().optional(),
    uncertaintyModel: z.number().optional(),
    uncertaintyNumeric: z.number().optional(),
  }),
});

/** `names`: those of the profile, with its uncertainties as defaults. */
export function withStatedUncertainties<C extends Described>(
  candidate: C,
  { uncertainties }: Pick<Profile, 'uncertainties'>,
  names: Pick<DescriptorNames, 'resolve'>,
): C {
  return changed(candidate, (identifier, result) => {
    const named = names.resolve(identifier);
    const isStated = named?.names.some(({ name }) => Object.hasOwn(uncertainties, name));
    const isUnknown = result.parts.uncertaintyOrigin === 'default' || (result.uncertainty ?? 0) === 0;
    return named !== undefined && isStated === true && isUnknown ? stated(result, named.defaultUncertainty) : result;
  });
}

/** As it was before any profile stated a 1σ. */
export function withoutStatedUncertainties<C extends Described>(candidate: C): C {
  return changed(candidate, (_, result) => {
    const replaced = replacedSchema.safeParse(result.parts).data?.[REPLACED];
    if (replaced === undefined) return result;
    const { uncertainty: _stated, parts, ...rest } = result;
    const { uncertainty, ...told } = replaced;
    return {
      ...rest,
      ...(uncertainty !== undefined && { uncertainty }),
      parts: { ...without(parts, REPLACED), ...told },
    };
  });
}

function stated(result: AvailableDescriptor, uncertainty: number): AvailableDescriptor {
  const told = Object.entries(result.parts).filter(([name]) => SIGMA_PARTS.some((part) => part === name));
  const replaced = {
    ...(result.uncertainty !== undefined && { uncertainty: result.uncertainty }),
    ...Object.fromEntries(told),
  };
  const parts = without(result.parts, ...SIGMA_PARTS);
  return { ...result, uncertainty, parts: { ...parts, uncertaintyOrigin: BY_PROFILE, [REPLACED]: replaced } };
}

function without(parts: Parts, ...names: readonly string[]): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name)));
}

/** A candidate of which nothing changes comes back as it is. */
function changed<C extends Described>(
  candidate: C,
  change: (identifier: string, result: AvailableDescriptor) => AvailableDescriptor,
): C {
  const entries = Object.entries(candidate.descriptors).map(
    ([identifier, result]): readonly [string, DescriptorResult] => [
      identifier,
      result.available ? change(identifier, result) : result,
    ],
  );
  if (entries.every(([identifier, result]) => result === candidate.descriptors[identifier])) return candidate;
  return { ...candidate, descriptors: Object.fromEntries(entries) };
}
