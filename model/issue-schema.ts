/**
 * Issues as a zod schema: the same wherever a result is read back.
 */
import { z } from 'zod';
import { ISSUE_CATALOGUE } from './issue-catalogue.ts';
import type { Issue, IssueCode } from './issues.ts';

const text = z.string();
const count = z.int().min(0);

/** The keys of the catalogue are exactly the codes. */
const code = z.enum(Object.keys(ISSUE_CATALOGUE) as [IssueCode, ...IssueCode[]]);

export const issueSchema: z.ZodType<Issue> = z.strictObject({
  code,
  severity: z.enum(['error', 'warning', 'info']),
  message: text.min(1),
  where: z.strictObject({
    file: text.exactOptional(),
    line: z.int().min(1).exactOptional(),
    byteOffset: count.exactOptional(),
    block: text.exactOptional(),
  }),
  details: z.record(text, z.unknown()),
});
