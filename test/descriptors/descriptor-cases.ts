/** Shared by the descriptor tests: a result of the expected kind, or a failing test. */
import type { AvailableDescriptor, DescriptorResult, UnavailableDescriptor } from '../../model/descriptor.ts';

export function available(result: DescriptorResult): AvailableDescriptor {
  if (!result.available) throw new Error(`unavailable: ${result.reasons.map((reason) => reason.message).join('; ')}`);
  return result;
}

export function unavailable(result: DescriptorResult): UnavailableDescriptor {
  if (result.available) throw new Error(`available: ${result.value} ${result.unit}`);
  return result;
}

export function codes(result: DescriptorResult): string[] {
  return (result.available ? result.issues : result.reasons).map((entry) => entry.code);
}
