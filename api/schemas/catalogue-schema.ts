/** A descriptor as the API shows it: its definition without its code, and what it is computed from. */
import { z } from 'zod';

const text = z.string();

export const descriptorSchema = z.strictObject({
  identifier: text,
  version: z.int().min(1),
  symbol: text,
  unit: text,
  title: text,
  sign: text,
  formula: text,
  reference: text,
  group: text.describe('what it describes'),
  better: z
    .enum(['lower', 'higher', 'profile', 'none'])
    .describe('which values are better unless a profile says otherwise'),
  defaultUncertainty: z
    .number()
    .exactOptional()
    .describe('1σ when none is given, in the unit; absent where it follows from the inputs'),
  aliases: z.array(z.strictObject({ identifier: text, symbol: text, factor: z.number() })).readonly(),
  inputs: z
    .array(
      z.strictObject({
        name: text,
        symbol: text.exactOptional(),
        unit: text.exactOptional(),
        type: z.enum(['number', 'integer', 'boolean', 'string', 'json']),
        choices: z.array(text).readonly().exactOptional(),
        required: z.boolean(),
        default: z.unknown().optional(),
        meaning: text,
        keys: z.array(text).readonly().exactOptional(),
      }),
    )
    .readonly(),
});
