/**
 * Adsorption energies at different coverages are different quantities: adatoms repel or attract each other (SCIENCE §2.5).
 */
import type { DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';

/** Of the larger coverage. */
const LARGEST_DIFFERENCE_FRACTION = 0.25;

/** Of adsorption energies that are compared with each other; those without a coverage do not count. */
export function coverageMismatch(results: readonly DescriptorResult[]): Issue[] {
  const coverages = results.flatMap((result) => {
    const { coveragePerNm2 } = result.parts;
    return result.available && typeof coveragePerNm2 === 'number' ? [coveragePerNm2] : [];
  });
  if (coverages.length < 2) return [];
  const [minimumPerNm2, maximumPerNm2] = [Math.min(...coverages), Math.max(...coverages)];
  const difference = (maximumPerNm2 - minimumPerNm2) / maximumPerNm2;
  return difference > LARGEST_DIFFERENCE_FRACTION
    ? [issue('W_COVERAGE_MISMATCH', { minimumPerNm2, maximumPerNm2 })]
    : [];
}
