/** The trace a request leaves: who did what to which object, under which request id. Never a secret or a file's content. */
import type { FastifyRequest } from 'fastify';

export async function recordAudit(
  request: FastifyRequest,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { project, key } = request.principal;
  await request.server.adatom.store.audit.append({
    project,
    ...(key !== undefined && { key }),
    action,
    subject,
    requestId: request.id,
    details,
  });
}
