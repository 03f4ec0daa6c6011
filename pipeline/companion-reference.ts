/**
 * Where a value came from that a file beside the run told.
 */
import type { Calculation } from '../model/calculation.ts';
import type { CompanionReading } from '../model/companion-values.ts';
import type { InputReference } from '../model/descriptor.ts';

/** Nothing for a file that was read without its hash. */
export function companionReference(
  told: Pick<InputReference, 'name' | 'value' | 'unit'>,
  calculation: Calculation,
  reading: CompanionReading<unknown>,
): InputReference[] {
  const sha256 = calculation.files.find(({ path }) => path === reading.file)?.sha256;
  if (sha256 === undefined) return [];
  return [{ ...told, calculation: calculation.id, file: reading.file, sha256, ...reading.place }];
}
