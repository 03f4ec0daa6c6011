/**
 * A protocol: the settings that calculations are held against, as one publication or group uses them.
 */
import { z } from 'zod';

export const protocolSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  version: z.number().int().positive(),
  description: z.string(),
  reference: z.string(),
  settings: z.strictObject({
    /** Resolved functional: PE, PS, RP, … */
    GGA: z.string().optional(),
    ENCUT: z
      .strictObject({ unit: z.literal('eV'), value: z.number().positive(), tolerance: z.number().min(0) })
      .optional(),
    IVDW: z.int().optional(),
    EDIFF: z.strictObject({ unit: z.literal('eV'), maximum: z.number().positive() }).optional(),
  }),
  kSpacing: z
    .strictObject({
      unit: z.literal('1/Å without 2π'),
      maximum: z.number().positive(),
      /** Some generators round to the nearest mesh: spacings up to this multiple pass. */
      roundingFactor: z.number().min(1),
    })
    .optional(),
  maxForce: z.strictObject({ unit: z.literal('eV/Å'), maximum: z.number().positive() }).optional(),
  vacuum: z
    .strictObject({ unit: z.literal('Å'), minimum: z.number().positive(), tolerance: z.number().min(0) })
    .optional(),
  fixedBottomLayers: z.int().min(0).optional(),
});

export type Protocol = z.output<typeof protocolSchema>;
