/** All migrations by name, in their order. A migration that was released is never changed; a new one is added below. */
import type { Migration } from 'kysely';
import * as service from './0001-service.ts';
import * as screenings from './0002-screenings.ts';
import * as requestSubjects from './0003-request-subjects.ts';
import * as relations from './0004-relations.ts';
import * as protocolVerdicts from './0005-protocol-verdicts.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-service': service,
  '0002-screenings': screenings,
  '0003-request-subjects': requestSubjects,
  '0004-relations': relations,
  '0005-protocol-verdicts': protocolVerdicts,
};
