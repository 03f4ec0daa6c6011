/** The trace a request leaves: who did what to which object, under which request id. Never a secret or a file's content. */
import type { FastifyRequest } from 'fastify';
import { AdatomError } from '../../model/errors.ts';
import type { AuditEntry } from '../../model/service.ts';

export function recordAudit(
  request: FastifyRequest,
  action: string,
  subject: string,
  details: AuditEntry['details'] = {},
): Promise<void> {
  return recordAuditOf(request, request.principal, { action, subject, details });
}

/** For a request that has no principal. */
export async function recordAuditOf(
  request: FastifyRequest,
  { project, key }: Pick<AuditEntry, 'project' | 'key'>,
  deed: Pick<AuditEntry, 'action' | 'subject' | 'details'>,
): Promise<void> {
  const entry = { project, ...(key !== undefined && { key }), ...deed, requestId: request.id };
  try {
    await request.server.adatom.store.audit.append(entry);
  } catch (error) {
    // The deed is done. Told that it failed, the client would do it again; so the log has the entry instead.
    if (!(error instanceof AdatomError && error.class === 'transient')) throw error;
    request.log.error({ audit: entry, err: error }, 'an audit entry could not be written');
  }
}
