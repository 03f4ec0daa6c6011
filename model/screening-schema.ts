/**
 * The nouns of a screening as zod schemas: the contract of ranking.json and `adatom screen --json`.
 *
 * Strict at every level, so that a field added to a type and not here, or the other way round, fails a test that reads a
 * real screening. `ZodType<…>` ties each schema to its type at compile time.
 */
import { z } from 'zod';
import { checkedClaimsSchema } from './claim-check-schema.ts';
import type { DescriptorResult, InputReference } from './descriptor.ts';
import { issueSchema } from './issue-schema.ts';
import {
  nextCalculationSchema,
  profileComparisonSchema,
  rankedSchema,
  rankingMethodSchema,
  unrankedSchema,
  weightVariationSchema,
} from './ranking-schema.ts';
import type { ScreeningResult, UnusedCalculation } from './screening.ts';
import type { Candidate, PathReport } from './system.ts';
import { linkSchema, relationSchema, roleNameSchema, roleSchema, systemSchema } from './system-schema.ts';

/** A number that JSON can hold: NaN and Infinity would become null. */
const finite = z.number();
const text = z.string();
const count = z.int().min(0);
const issues = z.array(issueSchema).readonly();

const inputSchema: z.ZodType<InputReference> = z.strictObject({
  name: text,
  value: finite,
  unit: text,
  calculation: text,
  file: text,
  sha256: text.regex(/^[0-9a-f]{64}$/),
  byteOffset: count.exactOptional(),
  byteLength: count.exactOptional(),
  line: z.int().min(1).exactOptional(),
});

export const descriptorResultSchema: z.ZodType<DescriptorResult> = z.discriminatedUnion('available', [
  z.strictObject({
    available: z.literal(true),
    value: finite,
    unit: text,
    convention: text,
    uncertainty: z.number().min(0).exactOptional(),
    quality: z.enum(['ok', 'degraded', 'unreliable']),
    parts: z.record(text, z.unknown()),
    inputs: z.array(inputSchema).readonly(),
    issues,
  }),
  z.strictObject({
    available: z.literal(false),
    reasons: z.array(issueSchema).min(1).readonly(),
    parts: z.record(text, z.unknown()),
  }),
]);

export const protocolVerdicts = z
  .array(
    z.strictObject({
      calculation: text,
      item: text,
      verdict: z.enum(['pass', 'fail', 'not-determinable']),
      expected: text,
      found: text,
    }),
  )
  .readonly();

export const candidateSchema: z.ZodType<Candidate> = z.strictObject({
  id: text.min(1),
  label: text,
  ion: text,
  system: text,
  descriptors: z.record(text, descriptorResultSchema),
  wetting: text.exactOptional(),
  protocol: protocolVerdicts.exactOptional(),
  issues,
});

const extrema = z
  .array(
    z.strictObject({
      distanceAngstrom: finite,
      energyEv: finite,
      imageCoordinate: finite,
      endpoint: z.literal(true).exactOptional(),
    }),
  )
  .readonly();
const interpolation = z.strictObject({ maxima: extrema, minima: extrema }).exactOptional();

export const pathSchema = z.strictObject({
  id: text,
  energyKind: z.enum(['sigma0', 'free']),
  images: z
    .array(
      z.strictObject({
        index: count,
        energyEv: finite.exactOptional(),
        relativeEnergyEv: finite.exactOptional(),
        distanceAngstrom: finite.exactOptional(),
        tangentForceEvPerAngstrom: finite.exactOptional(),
        maxPerpendicularForceEvPerAngstrom: finite.exactOptional(),
        climbing: z.boolean(),
        state: z.enum(['finished', 'unfinished', 'not-run', 'unreadable']).exactOptional(),
        ionicSteps: count.exactOptional(),
        source: text.min(1),
      }),
    )
    .readonly(),
  barrier: descriptorResultSchema,
  migrating: z
    .strictObject({
      atoms: z
        .array(
          z.strictObject({
            atom: z.int().min(1),
            element: text.min(1),
            pathLengthAngstrom: finite,
            straightAngstrom: finite,
          }),
        )
        .readonly(),
      othersLargestDisplacementAngstrom: finite.exactOptional(),
    })
    .exactOptional(),
  links: z.array(linkSchema).readonly().exactOptional(),
  interpolations: z
    .strictObject({ hermite: interpolation, natural: interpolation, clamped: interpolation, pchip: interpolation })
    .exactOptional(),
  curve: z
    .array(z.tuple([finite, finite]).readonly())
    .readonly()
    .exactOptional(),
  issues,
}) satisfies z.ZodType<PathReport>;

export const unusedSchema: z.ZodType<UnusedCalculation> = z.strictObject({
  calculation: text,
  role: z.union([roleNameSchema, z.literal('unreadable')]),
  reasons: z.array(issueSchema).min(1).readonly(),
});

export const screeningResultSchema: z.ZodType<ScreeningResult> = z.strictObject({
  adatomVersion: text,
  profile: text,
  profileVersion: z.int().min(1),
  method: rankingMethodSchema,
  ion: text,
  protocol: text.exactOptional(),
  seed: count,
  generator: text,
  draws: z.int().min(1),
  definitions: z
    .array(
      z.strictObject({
        identifier: text,
        version: z.int().min(1),
        symbol: text,
        unit: text,
        title: text,
        sign: text,
        formula: text,
        reference: text,
      }),
    )
    .readonly(),
  calculations: z.strictObject({ found: count, parsed: count, unreadable: count }),
  roles: z.array(roleSchema).readonly(),
  systems: z.array(systemSchema).readonly(),
  relations: z.array(relationSchema).readonly(),
  paths: z.array(pathSchema).readonly(),
  candidates: z.array(candidateSchema).readonly(),
  claims: checkedClaimsSchema.exactOptional(),
  protocolVerdicts: protocolVerdicts.exactOptional(),
  ranked: z.array(rankedSchema).readonly(),
  unranked: z.array(unrankedSchema).readonly(),
  weightVariations: z.array(weightVariationSchema).readonly(),
  nextCalculations: z.array(nextCalculationSchema).readonly(),
  profileComparison: profileComparisonSchema.exactOptional(),
  unused: z.array(unusedSchema).readonly(),
  issues,
});
