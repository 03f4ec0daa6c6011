/**
 * What a formula gave together with what is known of its calculations: their remarks lower its quality (SCIENCE §0).
 */
import { type DescriptorResult, type InputReference, qualityOf } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue } from '../model/issues.ts';

/** An error among the issues takes the value away; its parts stay. */
export function describedResult(
  result: DescriptorResult,
  inputs: readonly InputReference[],
  issues: readonly Issue[],
): DescriptorResult {
  if (!result.available) return { ...result, reasons: distinctIssues([...result.reasons, ...issues]) };
  const all = distinctIssues([...result.issues, ...issues]);
  if (hasError(all)) return { available: false, reasons: all, parts: result.parts };
  return { ...result, quality: qualityOf(all), inputs, issues: all };
}
