/**
 * Inputs of descriptors as zod schemas with symbol, unit and meaning: `adatom calc` takes the symbol as well as the key,
 * and lists, documentation and the service's schema tell all three.
 *
 * Keys end in their unit where it has a short name (`barrierEv`); the unit stated here is what is shown.
 */
import { z } from 'zod';
import { ROOM_TEMPERATURE_KELVIN } from '../../model/constants.ts';

/** How an input stands in the formula; `unit` absent for counts and pure numbers. */
export interface InputMeaning {
  readonly symbol?: string;
  readonly unit?: string;
  readonly description: string;
}

/** `told(z.number().positive(), 'D', 'cm²/s', 'ambipolar diffusivity')`. An empty unit is a pure number. */
export function told<Schema extends z.ZodType>(
  schema: Schema,
  symbol: string,
  unit: string,
  description: string,
): Schema {
  const meaning: InputMeaning = { symbol, ...(unit !== '' && { unit }), description };
  return schema.meta({ ...meaning });
}

/** Any finite number. */
export function real(symbol: string, unit: string, description: string) {
  return told(z.number(), symbol, unit, description);
}

export function positive(symbol: string, unit: string, description: string) {
  return told(z.number().positive(), symbol, unit, description);
}

/** Zero or more. */
export function atLeastZero(symbol: string, unit: string, description: string) {
  return told(z.number().min(0), symbol, unit, description);
}

/** A whole number, one or more. */
export function count(symbol: string, description: string) {
  return told(z.int().positive(), symbol, '', description);
}

export const temperatureKelvin = positive('T', 'K', 'temperature').default(ROOM_TEMPERATURE_KELVIN);

/** 1σ of the value in its own unit, stated by the user. */
export const uncertainty = z.number().positive().optional().meta({ description: '1σ of the value, in its unit' });
