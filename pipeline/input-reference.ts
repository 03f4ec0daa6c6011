/**
 * Where a number of a difference came from: file, hash and byte range.
 */
import type { Calculation, Place } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';

/** Reference to an energy of the final state. Asking for one that is not there is a bug. */
export function inputReference(
  name: string,
  calculation: Calculation,
  field: 'energySigma0Ev' | 'freeEnergyEv' | 'fermiEnergyEv',
): InputReference {
  const value = calculation.final?.[field];
  if (value === undefined) throw new Error(`${calculation.id} has no ${field}`);
  return valueReference({ name, value, unit: 'eV' }, calculation, { block: 'final', field: `final.${field}` });
}

/** `field`: as its place is called; `block`: as its source is, where it has no place. */
export function valueReference(
  told: Pick<InputReference, 'name' | 'value' | 'unit'>,
  calculation: Calculation,
  { block, field }: { readonly block: string; readonly field: string },
): InputReference {
  const { file: placedFile, dataset: _, ...place }: Partial<Place> = calculation.places[field] ?? {};
  const path = placedFile ?? calculation.valueSources?.[block] ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  if (file?.sha256 === undefined) throw new Error(`${calculation.id} has a value but no file that was read`);
  return { ...told, calculation: calculation.id, file: file.path, sha256: file.sha256, ...place };
}
