/**
 * What a refusal of the service means to the person at the terminal: one sentence, the code and the request id to ask
 * an administrator with, and the exit code of the error table.
 */
import { z } from 'zod';
import { AdatomError, type ErrorClass } from '../../../model/errors.ts';

/** RFC 9457 as the service writes it. Not strict: a newer service may say more. */
const problemSchema = z.object({
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  issues: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});

/** Reads the body of an answer that is no success. */
export async function errorOfAnswer(answer: Response, server: string): Promise<AdatomError> {
  const text = await answer.text().catch(() => '');
  const problem = problemSchema.safeParse(documentIn(text));
  if (!problem.success) {
    const kind = answer.headers.get('content-type') ?? 'no content';
    const advice = 'is this the address of an Adatom service?';
    const message = `${server} answers with status ${answer.status} (${kind}), which is no answer of Adatom; ${advice}`;
    return new AdatomError(classOf(answer.status), message);
  }
  const { detail, code, issues = [], requestId } = problem.data;
  const mark = requestId === undefined ? code : `${code}, request ${requestId}`;
  const lines = issues.map((entry) => `\n  ${entry.code}  ${entry.message}`).join('');
  return new AdatomError(classOf(answer.status), `${detail}${adviceFor(answer.status)} (${mark})${lines}`);
}

function documentIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function classOf(status: number): ErrorClass {
  if (status === 422) return 'unanswerable';
  return isTransient(status) ? 'transient' : 'request';
}

/** Whether the same request may succeed a little later. */
export function isTransient(status: number): boolean {
  return status === 429 || status >= 500;
}

function adviceFor(status: number): string {
  if (status === 401) return '; state a key in ADATOM_KEY or with --key-file';
  return status === 403 ? '; another key is needed' : '';
}
