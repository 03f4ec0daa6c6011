/** What requests carry. Strict: an unknown field is told with the nearest known one. */
import { z } from 'zod';
import { manifestSchema } from '../../model/manifest.ts';
import { profileSchema } from '../../model/profile.ts';
import { protocolSchema } from '../../model/protocol.ts';
import { PRIORITIES, SCOPES, submissionSourceSchema } from '../../model/service.ts';

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .describe('of the Monte Carlo draws');
/** PostgreSQL keeps no text with it. */
const NO_NUL = /^[^\0]*$/;
const name = z.string().min(1).max(200);
const profile = z.union([name, profileSchema]).describe('name of a profile of the program, or one in full');

export const idParams = z.strictObject({ id: z.uuid() });

export const sources = z.array(submissionSourceSchema).min(1).max(1000);

export const newScreeningSchema = z.strictObject({
  title: z
    .string()
    .min(1)
    .max(200)
    .regex(NO_NUL, 'no character 0')
    .exactOptional()
    .describe('default: the name of the first source'),
  sources,
  ion: z.string().min(1).max(10).exactOptional().describe('working ion; default: of the manifest, else Li'),
  profile: profile.exactOptional(),
  protocol: z.union([name, protocolSchema]).exactOptional().describe('settings to hold calculations against'),
  manifest: manifestSchema.exactOptional().describe('roles and links; instead of an adatom.yaml in the folders'),
  seed: seed.exactOptional(),
  priority: z.enum(PRIORITIES).default('normal'),
});
export type NewScreeningRequest = z.output<typeof newScreeningSchema>;

export const newRankingSchema = z.strictObject({
  profile,
  seed: seed.exactOptional(),
  current: z.boolean().default(false).describe('whether it shall be the ranking that counts once it is done'),
});

export const whatIfSchema = newRankingSchema.omit({ current: true });

export const newKeySchema = z.strictObject({
  name: z.string().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  expiresAt: z.iso.datetime().exactOptional().describe('UTC; never without it'),
});

const DAY_SECONDS = 86_400;
export const rotationSchema = withoutBody(
  z.strictObject({
    graceSeconds: z
      .int()
      .min(0)
      .max(30 * DAY_SECONDS)
      .default(DAY_SECONDS)
      .describe('how long the old secret still works'),
  }),
);

/** A body whose fields all have defaults may be left out. */
function withoutBody<T extends z.ZodType>(schema: T) {
  return z.preprocess((body) => body ?? {}, schema);
}
