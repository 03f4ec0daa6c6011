/** An issue as JSON answers show it: without the details its text was made from. */
import type { Issue } from '../model/issues.ts';

export type IssueDocument = Pick<Issue, 'code' | 'severity' | 'message' | 'where'>;

export function issueDocument({ code, severity, message, where }: Issue): IssueDocument {
  return { code, severity, message, where };
}
