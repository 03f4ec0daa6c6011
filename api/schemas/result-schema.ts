/** Results as answers carry them; most schemas are those of ranking.json itself. */
import { z } from 'zod';
import type { CandidateDetail } from '../../model/candidate-query.ts';
import { issueSchema } from '../../model/issue-schema.ts';
import type { Ranking } from '../../model/ranking.ts';
import {
  nextCalculationSchema,
  profileComparisonSchema,
  rankedSchema,
  rankingMethodSchema,
  unrankedSchema,
  weightVariationSchema,
} from '../../model/ranking-schema.ts';
import { candidateSchema } from '../../model/screening-schema.ts';
import type { CalculationRow } from '../../store/store.ts';

const text = z.string();
const count = z.int().min(0);

export const rankingDocumentSchema: z.ZodType<Ranking> = z.strictObject({
  profile: text,
  profileVersion: z.int().min(1),
  method: rankingMethodSchema,
  seed: count,
  generator: text,
  draws: z.int().min(1),
  ranked: z.array(rankedSchema).readonly(),
  unranked: z.array(unrankedSchema).readonly(),
  weightVariations: z.array(weightVariationSchema).readonly(),
  nextCalculations: z.array(nextCalculationSchema).readonly(),
  profileComparison: profileComparisonSchema.exactOptional(),
  issues: z.array(issueSchema).readonly(),
});

export const calculationSchema: z.ZodType<CalculationRow> = z.strictObject({
  id: text,
  folder: text,
  role: text.exactOptional(),
  parsed: z.boolean().describe('whether it has at least one complete ionic step'),
  line: z.record(text, z.unknown()).readonly().describe('the calculation as a line of calculations.ndjson'),
});

const rowShape = {
  screening: z.uuid(),
  ranking: z.uuid(),
  id: text,
  label: text,
  ion: text,
  rank: z.int().min(1).exactOptional(),
  score: z.number().exactOptional(),
  front: z.int().min(1).exactOptional(),
  firstRankProbability: z.number().exactOptional(),
  tieGroup: z.int().min(1).exactOptional(),
  values: z.record(text, z.number()).readonly().describe('by descriptor; a missing key is an unavailable value'),
};

export const candidateDetailSchema: z.ZodType<CandidateDetail> = z.strictObject({
  ...rowShape,
  candidate: candidateSchema,
  placement: z.record(text, z.unknown()).readonly().describe('its entry in the ranking'),
});

/** Names of a row's parts, to choose from. */
export const CANDIDATE_FIELDS = Object.keys(rowShape);

/** A row of which some fields were asked for, with the values of derived quantities. */
export const selectedRowSchema = z
  .strictObject(rowShape)
  .partial()
  .extend({
    derived: z.record(text, z.number()).exactOptional().describe('by name; a missing key is an unavailable value'),
  });
export type SelectedRow = z.output<typeof selectedRowSchema>;
