/** The problem document as a schema: what every refusal looks like. */
import { z } from 'zod';
import { issueSchema } from '../../model/issue-schema.ts';

export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe('stable word for programs'),
    issues: z.array(issueSchema).exactOptional(),
    faults: z
      .array(
        z.strictObject({
          part: z.string(),
          path: z.string(),
          message: z.string(),
          expected: z.string().exactOptional(),
          found: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
    requestId: z.string(),
  })
  .describe('RFC 9457 problem document');
