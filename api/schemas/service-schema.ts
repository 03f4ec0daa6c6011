/** The nouns of the service as answers carry them. Each schema is tied to its type at compile time. */
import { z } from 'zod';
import { JOB_NAMES, type JobName } from '../../model/job.ts';
import { manifestSchema } from '../../model/manifest.ts';
import { profileSchema } from '../../model/profile.ts';
import { protocolSchema } from '../../model/protocol.ts';
import {
  type ApiKey,
  type AuditEntry,
  type DeadLetter,
  PRIORITIES,
  type Principal,
  SCOPES,
  SCREENING_STATES,
  type StoredRanking,
  type StoredScreening,
  type Submission,
  submissionSourceSchema,
} from '../../model/service.ts';

const text = z.string();
const id = z.uuid();
const time = z.string().describe('ISO 8601, UTC');
const count = z.int().min(0);
const record = z.record(text, z.unknown()).readonly();

export const screeningSchema: z.ZodType<StoredScreening> = z.strictObject({
  id,
  project: id,
  stated: z.strictObject({
    title: text,
    ion: text.exactOptional(),
    profile: z.union([text, profileSchema]).exactOptional(),
    protocol: z.union([text, protocolSchema]).exactOptional(),
    manifest: manifestSchema.exactOptional(),
    seed: count.exactOptional(),
    priority: z.enum(PRIORITIES),
  }),
  state: z.enum(SCREENING_STATES),
  generation: z.int().min(1),
  failure: text.exactOptional(),
  folders: z.strictObject({ total: count, waiting: count, done: count, failed: count }),
  ranking: id.exactOptional().describe('the ranking that counts'),
  createdAt: time,
  updatedAt: time,
  finishedAt: time.exactOptional(),
});

export const submissionSchema: z.ZodType<Submission> = z.strictObject({
  id,
  screening: id,
  generation: z.int().min(1),
  source: submissionSourceSchema,
  createdAt: time,
});

export const rankingSchema: z.ZodType<StoredRanking> = z.strictObject({
  id,
  screening: id,
  generation: z.int().min(1),
  profile: profileSchema,
  seed: count,
  state: z.enum(['queued', 'done', 'failed']),
  failure: text.exactOptional(),
  current: z.boolean().describe('whether queries about the screening mean this one'),
  createdAt: time,
  finishedAt: time.exactOptional(),
});

export const principalSchema: z.ZodType<Principal> = z.strictObject({
  project: id,
  projectName: text,
  key: id.exactOptional(),
  scopes: z.array(z.enum(SCOPES)).readonly(),
});

export const apiKeySchema: z.ZodType<ApiKey> = z.strictObject({
  id,
  project: id,
  name: text,
  scopes: z.array(z.enum(SCOPES)).readonly(),
  prefix: text.describe('first characters, to recognise the key by'),
  createdAt: time,
  expiresAt: time.exactOptional(),
  revokedAt: time.exactOptional(),
  lastUsedAt: time.exactOptional(),
});

export const auditEntrySchema: z.ZodType<AuditEntry> = z.strictObject({
  sequence: count,
  at: time,
  project: id,
  key: id.exactOptional(),
  action: text,
  subject: text,
  requestId: text,
  details: record,
});

export const deadLetterSchema: z.ZodType<DeadLetter> = z.strictObject({
  id,
  project: id,
  screening: id,
  job: z.enum(JOB_NAMES as readonly [JobName, ...JobName[]]), // there is at least one job
  payload: record,
  error: text,
  attempts: count,
  state: z.enum(['open', 'rerun', 'dismissed']),
  at: time,
});
