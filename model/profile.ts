/**
 * A ranking profile: which candidates are admitted, what is good, how much each criterion weighs.
 *
 * Directions are the profile's, never the code's: the literature disagrees whether strong, moderate or weak adsorption
 * is best (SCIENCE §13). The same schema reads the YAML files in `profiles/` and a user's own file.
 */
import { z } from 'zod';
import { ROOM_TEMPERATURE_KELVIN } from './constants.ts';

const finite = z.number().refine(Number.isFinite, 'a finite number');

const desirabilitySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('max'), lower: finite, target: finite, exponent: z.number().positive().default(1) }),
  z.strictObject({ kind: z.literal('min'), target: finite, upper: finite, exponent: z.number().positive().default(1) }),
  z.strictObject({
    kind: z.literal('target'),
    lower: finite,
    target: finite,
    upper: finite,
    lowerExponent: z.number().positive().default(1),
    upperExponent: z.number().positive().default(1),
  }),
]);

const objectiveSchema = z.strictObject({
  /** Identifier, symbol or alias of a descriptor. */
  descriptor: z.string().min(1),
  unit: z.string().min(1),
  weight: z.number().positive().default(1),
  desirability: desirabilitySchema,
  /** What to do when the value is missing: not ranked, scored as if it were worst and best, or scored without it. */
  missing: z.enum(['exclude', 'interval', 'renormalise']).default('exclude'),
  /** Of the lexicographic method, in its unit: differences up to it leave the decision to the next objective. */
  tolerance: z.number().min(0).default(0),
});

const constraintSchema = z
  .strictObject({
    descriptor: z.string().min(1),
    unit: z.string().min(1),
    minimum: finite.optional(),
    maximum: finite.optional(),
    reason: z.string().optional(),
    /** Whether a candidate without the value is refused by this constraint. */
    required: z.boolean().default(true),
  })
  .refine((c) => c.minimum !== undefined || c.maximum !== undefined, 'a constraint needs a minimum or a maximum');

/** A quantity of the user's own, as an expression over descriptors: `deposition_energy - hydrogen_adsorption_energy`. */
const definedDescriptorSchema = z.strictObject({
  identifier: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters and digits, words joined by hyphens')
    .max(50),
  unit: z.string().min(1),
  expression: z.string().min(1).max(1000),
  description: z.string().default(''),
  /** 1σ in its unit; without it, it follows from those of the values in the expression. */
  uncertainty: z.number().positive().optional(),
});

const terminationPolicySchema = z.union([z.enum(['best', 'mean']), z.strictObject({ explicit: z.string().min(1) })]);

/** The working ion of a profile that is made for none in particular. */
export const ANY_ION = 'any';

export const RANKING_METHODS = ['desirability', 'weighted-sum', 'topsis', 'pareto', 'lexicographic'] as const;
export const NORMALISATIONS = ['desirability', 'min-max', 'vector'] as const;

export const profileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  version: z.number().int().positive(),
  description: z.string(),
  reference: z.string(),
  /** That it is made for; `any` of a profile for all. */
  ion: z.string().min(1),
  descriptors: z.array(definedDescriptorSchema).max(50).default([]),
  /** 1σ by descriptor, in its unit, in place of the default of its definition. */
  uncertainties: z.record(z.string(), z.number().positive()).default({}),
  /** What `facet-adsorption-energy` is over the terminations of a polar facet; `explicit` names one, as `(0 0 1)`. */
  terminationPolicy: terminationPolicySchema.default('best'),
  /** Of rates, diffusion coefficients and ensembles of sites. */
  temperatureKelvin: z.number().positive().default(ROOM_TEMPERATURE_KELVIN),
  constraints: z.array(constraintSchema).default([]),
  /** What makes the order; the lexicographic method takes the objectives in the order of the file. */
  method: z.enum(RANKING_METHODS).default('desirability'),
  /** Of the weighted sum: how values become comparable. */
  normalisation: z.enum(NORMALISATIONS).optional(),
  objectives: z.array(objectiveSchema).min(1),
  monteCarlo: z
    .strictObject({
      /** Of all draws; one that is given to the command counts instead. */
      seed: z.number().int().min(0).optional(),
      draws: z.number().int().min(1).max(1_000_000).default(10_000),
      /** Error correlation ρ per descriptor; shared by candidates of the same functional. */
      correlations: z.record(z.string(), z.number().min(0).max(1)).default({}),
    })
    .default({ draws: 10_000, correlations: {} }),
});

export type Desirability = z.output<typeof desirabilitySchema>;
export type Objective = z.output<typeof objectiveSchema>;
export type DefinedDescriptor = z.output<typeof definedDescriptorSchema>;
export type Constraint = z.output<typeof constraintSchema>;
export type RankingMethod = (typeof RANKING_METHODS)[number];
export type Normalisation = (typeof NORMALISATIONS)[number];
export type Profile = z.output<typeof profileSchema>;
