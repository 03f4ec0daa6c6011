/**
 * Where a number of a difference came from: file, hash and byte range.
 */
import type { Calculation, Place } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';

/** Reference to an energy of the final state. Asking for one that is not there is a bug. */
export function inputReference(
  name: string,
  calculation: Calculation,
  field: 'energySigma0Ev' | 'freeEnergyEv',
): InputReference {
  const value = calculation.final?.[field];
  if (value === undefined) throw new Error(`${calculation.id} has no ${field}`);
  const { file: placedFile, dataset: _, ...place }: Partial<Place> = calculation.places[`final.${field}`] ?? {};
  const path = placedFile ?? calculation.valueSources?.final ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  if (file?.sha256 === undefined) throw new Error(`${calculation.id} has an energy but no file that was read`);
  return {
    name,
    value,
    unit: 'eV',
    calculation: calculation.id,
    file: file.path,
    sha256: file.sha256,
    ...place,
  };
}
