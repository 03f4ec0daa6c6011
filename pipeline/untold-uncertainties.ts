/**
 * Values of a screening whose 1σ nobody states: neither their definition has a default nor did an input of theirs have one.
 *
 * The mistake avoided here: "± 0" for a difference of total energies. Plain numbers of `adatom calc` may be exact; energies
 * of a calculation never are, and a 0 would be read as certainty.
 */
import type { AvailableDescriptor, DescriptorResult } from '../model/descriptor.ts';
import type { Candidate } from '../model/system.ts';

/** The candidates; a 1σ that is 0 because it follows from none is left out, and its origin says so. */
export function withUntoldUncertainties(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.map((candidate) => {
    const entries = Object.entries(candidate.descriptors);
    if (!entries.some(([, result]) => isUntold(result))) return candidate;
    return { ...candidate, descriptors: Object.fromEntries(entries.map(([name, result]) => [name, honest(result)])) };
  });
}

function honest(result: DescriptorResult): DescriptorResult {
  if (!isUntold(result)) return result;
  const { uncertainty: _, ...rest } = result;
  return { ...rest, parts: { ...rest.parts, uncertaintyOrigin: 'not known' } };
}

function isUntold(result: DescriptorResult): result is AvailableDescriptor {
  return result.available && result.uncertainty === 0 && result.parts.uncertaintyOrigin === 'propagated';
}
