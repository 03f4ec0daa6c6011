/**
 * Barriers of all candidates beside each other: only those of one domain are one descriptor (SCIENCE §13.12).
 *
 * The mistake avoided here: a ranking in which the hop through one slab stands against the hop over the face of another.
 */
import type { DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { PATH_DOMAINS } from '../model/path-domain.ts';
import type { Candidate } from '../model/system.ts';
import { domainOf } from './best-alternative.ts';

/** What has a domain. */
const OF_PATHS = ['migration-barrier', 'hop-rate', 'diffusion-coefficient'] as const;

/** Values of another domain than the first there is become unavailable; what was found stays in their parts. */
export function domainsApart(candidates: readonly Candidate[]): readonly Candidate[] {
  const barriers = candidates.flatMap(({ descriptors }) => descriptors['migration-barrier'] ?? []);
  const found = new Set(barriers.flatMap((barrier) => (barrier.available ? (domainOf(barrier) ?? []) : [])));
  const first = PATH_DOMAINS.find((domain) => found.has(domain));
  if (first === undefined || found.size < 2) return candidates;
  return candidates.map((candidate) => {
    const apart = OF_PATHS.flatMap((identifier) => {
      const result = candidate.descriptors[identifier];
      const domain = result === undefined ? undefined : domainOf(result);
      if (result === undefined || !result.available || domain === undefined || domain === first) return [];
      const reasons = [issue('E_DOMAIN_MIXED', { left: first, right: domain })];
      return [[identifier, { available: false, reasons, parts: result.parts } satisfies DescriptorResult] as const];
    });
    if (apart.length === 0) return candidate;
    return { ...candidate, descriptors: { ...candidate.descriptors, ...Object.fromEntries(apart) } };
  });
}
