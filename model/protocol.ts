/**
 * A protocol: the settings that calculations are held against, as one publication or group uses them. Every key is
 * optional: what a publication does not state is not checked. docs/compatibility.md describes the file.
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
    /** `none`, or the name of a meta-GGA. */
    METAGGA: z.string().optional(),
    /** false: no exact exchange. */
    LHFCALC: z.boolean().optional(),
    /** What the titles of all POTCARs begin with: PAW, PAW_PBE. */
    POTCAR: z.string().optional(),
    /** Allowed values, known by their first letter as VASP does. */
    PREC: z.array(z.string().min(1)).min(1).optional(),
    ENCUT: z
      .union([
        z.strictObject({ unit: z.literal('eV'), value: z.number().positive(), tolerance: z.number().min(0) }),
        z.strictObject({ unit: z.literal('eV'), minimum: z.number().positive() }),
      ])
      .optional(),
    IVDW: z.int().optional(),
    EDIFF: z.strictObject({ unit: z.literal('eV'), maximum: z.number().positive() }).optional(),
  }),
  /** Further tags that every calculation must have at this value: `{ LASPH: true }`. */
  tags: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a VASP tag'), z.union([z.number(), z.boolean(), z.string()]))
    .optional(),
  kSpacing: z
    .strictObject({
      unit: z.literal('1/Å without 2π'),
      maximum: z.number().positive(),
      /** Some generators round to the nearest mesh: spacings up to this multiple pass. */
      roundingFactor: z.number().min(1),
    })
    .optional(),
  /** Meshes pass through Γ. */
  gammaCentred: z.literal(true).optional(),
  /** Free force of relaxations. */
  maxForce: z.strictObject({ unit: z.literal('eV/Å'), maximum: z.number().positive() }).optional(),
  vacuum: z
    .strictObject({ unit: z.literal('Å'), minimum: z.number().positive(), tolerance: z.number().min(0) })
    .optional(),
  fixedBottomLayers: z.int().min(0).optional(),
  /** LDIPOL = T and IDIPOL = normal where a slab has a dipole. */
  dipoleCorrection: z.literal('asymmetric slabs').optional(),
  band: z.strictObject({ climbingImage: z.literal(true) }).optional(),
  /** Isolated atoms and molecules. */
  isolated: z
    .strictObject({
      box: z.strictObject({ unit: z.literal('Å'), minimum: z.number().positive() }).optional(),
      /** ISPIN = 2 for atoms with an open shell. */
      openShellSpin: z.literal(true).optional(),
      gammaOnly: z.literal(true).optional(),
    })
    .optional(),
});

export type Protocol = z.output<typeof protocolSchema>;
