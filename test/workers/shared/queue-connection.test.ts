/** The queue in PostgreSQL while PostgreSQL goes away before all of it stands. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectQueues } from '../../../workers/shared/queue-connection.ts';
import { openQueues } from '../../../workers/shared/queues.ts';
import { newPostgres, type PrivatePostgres } from '../../services/postgres.ts';
import { withoutPostgres } from '../../services/services.ts';
import { silentLog } from '../../services/silent-log.ts';

const AWAY = { class: 'transient', message: expect.stringMatching(/^the database does not answer: /) };
const JOB = {
  name: 'discover-folders',
  payload: { screening: '7f2c0b9e-0000-4000-8000-000000000000', generation: 1 },
} as const;

describe.skipIf(withoutPostgres())('a queue in PostgreSQL', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await newPostgres();
  });
  afterAll(async () => {
    await postgres?.stop();
  });

  it('that cannot be opened says that the database is away', async () => {
    await postgres.pause();
    await expect(connectQueues({ databaseUrl: postgres.databaseUrl }, silentLog)).rejects.toMatchObject(AWAY);
    await postgres.restart();
  });

  it('of which a part came too late is not ready, can be closed, and stands when it is opened anew', async () => {
    const connection = await connectQueues({ databaseUrl: postgres.databaseUrl }, silentLog);
    await postgres.pause();
    const late = openQueues(connection);
    const worker = connection.worker('discover-folders', async () => {}, { concurrency: 1 });
    worker.on('error', () => {});
    await expect(connection.ready()).rejects.toMatchObject(AWAY);
    await Promise.all([worker.close(), late.close(), connection.close()]);
    await postgres.restart();

    const anew = await connectQueues({ databaseUrl: postgres.databaseUrl }, silentLog);
    const queues = openQueues(anew);
    await anew.ready();
    await queues.jobs.add([JOB]);
    expect(await queues.jobs.count('discover-folders')).toBe(1);
    await queues.close();
    await anew.close();
  });
});
