/**
 * A ranking as zod schemas: part of the contract of ranking.json, of `adatom rank --json` and of the service.
 */
import { z } from 'zod';
import { issueSchema } from './issue-schema.ts';
import { RANKING_METHODS } from './profile.ts';
import type {
  Contribution,
  NextCalculation,
  NextPlace,
  ProfileComparison,
  RankedCandidate,
  UnrankedCandidate,
  WeightFlip,
  WeightVariation,
} from './ranking.ts';

const finite = z.number();
const text = z.string();
const probability = z.number().min(0).max(1);
const rank = z.int().min(1);

export const rankingMethodSchema = z.enum(RANKING_METHODS);

const contributionSchema: z.ZodType<Contribution> = z.strictObject({
  value: finite,
  unit: text,
  desirability: probability,
  weight: probability,
  effect: probability.exactOptional(),
});

const definedSchema = z.record(
  text,
  z.strictObject({
    value: finite,
    unit: text,
    uncertainty: z.number().min(0),
    quality: z.enum(['ok', 'degraded', 'unreliable']),
  }),
);

const weightFlipSchema: z.ZodType<WeightFlip> = z.strictObject({
  descriptor: text,
  relativeChange: z.number().min(-1),
});

const nextPlaceSchema: z.ZodType<NextPlace> = z.strictObject({
  candidate: text,
  scoreDifference: finite,
  neededChanges: z.record(text, z.strictObject({ change: finite, unit: text })),
  aboveIsBetter: z.record(text, probability),
  weightFlip: weightFlipSchema.exactOptional(),
});

export const rankedSchema: z.ZodType<RankedCandidate> = z.strictObject({
  id: text,
  rank,
  score: finite,
  scoreInterval: z.strictObject({ lower: finite, upper: finite, bestRank: rank }).exactOptional(),
  front: rank.exactOptional(),
  crowdingDistance: z.number().min(0).exactOptional(),
  contributions: z.record(text, contributionSchema),
  firstRankProbability: probability,
  rankProbabilities: z.array(z.number().min(0)).readonly(),
  robust: z.boolean(),
  weightAcceptability: z.number().min(0),
  beatsNextProbability: probability.exactOptional(),
  nextPlace: nextPlaceSchema.exactOptional(),
  tieGroup: rank,
  defined: definedSchema.exactOptional(),
  issues: z.array(issueSchema).readonly(),
});

export const unrankedSchema: z.ZodType<UnrankedCandidate> = z.strictObject({
  id: text,
  reasons: z.array(issueSchema).min(1).readonly(),
  defined: definedSchema.exactOptional(),
});

export const weightVariationSchema: z.ZodType<WeightVariation> = z.strictObject({
  descriptor: text,
  relativeChange: finite,
  first: text,
  reversals: z.int().min(0),
  moved: z.array(z.strictObject({ candidate: text, rank, newRank: rank })).readonly(),
});

export const nextCalculationSchema: z.ZodType<NextCalculation> = z.strictObject({
  candidate: text,
  descriptors: z.array(text).min(1).readonly(),
  firstProbability: probability,
  expectedRankChange: z.number().positive(),
  assumed: text,
  folders: z
    .array(z.strictObject({ folder: text, run: z.enum(['again', 'new']), reason: text }))
    .readonly()
    .exactOptional(),
});

export const profileComparisonSchema: z.ZodType<ProfileComparison> = z.strictObject({
  profiles: z
    .array(
      z.strictObject({
        profile: text,
        method: rankingMethodSchema,
        ranked: z.int().min(0),
        unranked: z.int().min(0),
      }),
    )
    .readonly(),
  candidates: z.array(z.strictObject({ id: text, ranks: z.record(text, rank) })).readonly(),
  agreements: z
    .array(
      z.strictObject({
        profiles: z.tuple([text, text]).readonly(),
        candidates: z.int().min(0),
        kendallTau: z.number().min(-1).max(1).exactOptional(),
      }),
    )
    .readonly(),
});
