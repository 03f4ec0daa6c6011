/**
 * What a descriptor is computed from, as its own schema says it: names, units, meanings, defaults.
 */
import { z } from 'zod';
import type { ListedDescriptor } from '../descriptors/index.ts';
import { inLatinLetters } from './latin-letters.ts';

export interface DescriptorInput {
  readonly name: string;
  /** In the formula; `adatom calc` takes it in place of the name. */
  readonly symbol?: string;
  /** As stated, or from the end of the name; absent for counts, words and switches. */
  readonly unit?: string;
  readonly type: InputType;
  /** The words that are allowed, when only some are. */
  readonly choices?: readonly string[];
  readonly required: boolean;
  readonly default?: unknown;
  readonly meaning: string;
  /** Of a list of objects the keys of each; those that may be left out end in `?`. */
  readonly keys?: readonly string[];
}

export type InputType = 'number' | 'integer' | 'boolean' | 'string' | 'json';

const itemsSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
const propertySchema = z.looseObject({
  type: z.string().optional(),
  description: z.string().default(''),
  symbol: z.string().optional(),
  unit: z.string().optional(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  // `false` of a list of fixed length: nothing beyond its entries.
  items: z.union([itemsSchema, z.literal(false)]).optional(),
});
const inputsSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()).default([]),
});

export function descriptorInputs(definition: ListedDescriptor): DescriptorInput[] {
  const { properties, required } = inputsSchema.parse(z.toJSONSchema(definition.inputs, { io: 'input' }));
  return Object.entries(properties).map(([name, property]) => {
    const unit = property.unit ?? unitOf(name);
    const keys = property.items ? keysOf(property.items) : [];
    return {
      name,
      ...(property.symbol !== undefined && { symbol: property.symbol }),
      ...(unit !== undefined && { unit }),
      type: typeOf(property.type),
      ...(property.enum !== undefined && { choices: property.enum }),
      required: required.includes(name),
      ...(property.default !== undefined && { default: property.default }),
      meaning: property.description,
      ...(keys.length > 0 && { keys }),
    };
  });
}

function keysOf({ properties, required }: z.output<typeof itemsSchema>): string[] {
  return Object.keys(properties).map((key) => (required.includes(key) ? key : `${key}?`));
}

function typeOf(type: string | undefined): InputType {
  return type === 'number' || type === 'integer' || type === 'boolean' || type === 'string' ? type : 'json';
}

/** As it stands in a formula and as it is typed: `q_a` is `qa`, `μ_a` is `mua`. Case counts: `j` and `J` are two symbols. */
export function inputOfName(name: string, inputs: readonly DescriptorInput[]): DescriptorInput | undefined {
  const typed = plainSymbol(name);
  return (
    inputs.find((input) => input.name === name) ??
    inputs.find(({ symbol }) => symbol !== undefined && plainSymbol(symbol) === typed)
  );
}

function plainSymbol(symbol: string): string {
  return inLatinLetters(symbol).replace(/[_,\s]/g, '');
}

/** Endings of names and the units they stand for, longer ones first. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ['JPerM2PerEv', 'J/(m²·eV)'],
  ['J3PerM6', '(J/m²)³'],
  ['J2PerM4', '(J/m²)²'],
  ['ElectronsPerAngstrom', 'e/Å'],
  ['MahPerCm2PerUm', 'mAh/(cm²·µm)'],
  ['Cm2PerVoltSecond', 'cm²/(V·s)'],
  ['SiemensPerCm', 'S/cm'],
  ['MolePerCm3', 'mol/cm³'],
  ['GramPerCm3', 'g/cm³'],
  ['GramPerMole', 'g/mol'],
  ['AmperePerCm2', 'A/cm²'],
  ['MahPerCm2', 'mAh/cm²'],
  ['MgPerCm2', 'mg/cm²'],
  ['MahPerCm3', 'mAh/cm³'],
  ['MahPerGram', 'mAh/g'],
  ['MaPerCm2', 'mA/cm²'],
  ['Cm2PerS', 'cm²/s'],
  ['JPerM2PerNm', 'J/(m²·nm)'],
  ['JPerM3', 'J/m³'],
  ['PerCm3', 'cm⁻³'],
  ['PerSecond', 's⁻¹'],
  ['PerCm', 'cm⁻¹'],
  ['EvPerAtom', 'eV/atom'],
  ['EvPerKelvin', 'eV/K'],
  ['PerAngstrom3', 'e/Å³'],
  ['Angstrom3', 'Å³'],
  ['WattHourPerKg', 'Wh/kg'],
  ['EvPerAngstrom2', 'eV/Å²'],
  ['EvPerAngstrom', 'eV/Å'],
  ['JPerM2', 'J/m²'],
  ['PerNm2', 'nm⁻²'],
  ['Angstrom2', 'Å²'],
  ['Angstrom', 'Å'],
  ['Electrons', 'e'],
  ['WattHour', 'Wh'],
  ['Ampere', 'A'],
  ['Gram', 'g'],
  ['Thz', 'THz'],
  ['Millivolt', 'mV'],
  ['Volt', 'V'],
  ['Kelvin', 'K'],
  ['Gpa', 'GPa'],
  ['Kbar', 'kBar'],
  ['Degrees', '°'],
  ['Seconds', 's'],
  ['Hours', 'h'],
  ['Mah', 'mAh'],
  ['Ohm', 'Ω'],
  ['Um', 'µm'],
  ['Nm', 'nm'],
  ['Cm2', 'cm²'],
  ['Cm', 'cm'],
  ['Ev', 'eV'],
];

/** The unit a name ends in. */
export function unitOf(name: string): string | undefined {
  return UNITS.find(([ending]) => name.endsWith(ending))?.[1];
}
