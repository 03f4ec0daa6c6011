/**
 * The parts of the service's answers that commands print or act on. Not strict: a newer service may say more, and
 * `--json` prints answers as they came.
 */
import { z } from 'zod';
import { AdatomError } from '../../../model/errors.ts';
import { SCREENING_STATES } from '../../../model/service.ts';

export const screeningDocument = z.object({
  id: z.string(),
  stated: z.object({ title: z.string(), ion: z.string().optional() }),
  state: z.enum(SCREENING_STATES),
  generation: z.number(),
  failure: z.string().optional(),
  folders: z.object({ total: z.number(), waiting: z.number(), done: z.number(), failed: z.number() }),
  ranking: z.string().optional(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
});
export type ScreeningDocument = z.output<typeof screeningDocument>;

export const screeningPage = z.object({ rows: z.array(screeningDocument), next: z.string().optional() });

export const candidateDocument = z.object({
  screening: z.string(),
  id: z.string(),
  label: z.string(),
  ion: z.string(),
  rank: z.number().optional(),
  score: z.number().optional(),
  front: z.number().optional(),
  firstRankProbability: z.number().optional(),
  values: z.record(z.string(), z.number()),
  /** What the question itself defines. */
  derived: z.record(z.string(), z.number()).optional(),
});
export type CandidateDocument = z.output<typeof candidateDocument>;

/** Each row with what was sent, which `--json` prints. */
export const candidatePage = z.object({
  rows: z.array(
    z.unknown().transform((sent, context) => {
      const parsed = candidateDocument.safeParse(sent);
      if (parsed.success) return { sent, document: parsed.data };
      context.addIssue({ code: 'custom', message: parsed.error.issues.map((entry) => entry.message).join(', ') });
      return z.NEVER;
    }),
  ),
  next: z.string().optional(),
});

/** Why a candidate has no rank; a ranked one has no reasons. */
export const placementDocument = z.object({
  placement: z.object({
    reasons: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
  }),
});

export const descriptorList = z.object({ rows: z.array(z.object({ identifier: z.string(), unit: z.string() })) });

export const uploadAnswer = z.object({ upload: z.string(), missing: z.array(z.string()) });

/** Throws when the answer is of another shape: another service, or one of another age. */
export function expectDocument<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  const place = first === undefined ? '' : `, at ${first.path.join('.') || 'its beginning'}: ${first.message}`;
  const advice = 'the service may be of another version than this program';
  throw new AdatomError('unanswerable', `the answer about ${what} has another shape than expected${place}; ${advice}`);
}
