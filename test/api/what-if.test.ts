/** Bounds of the one request that computes for long: a what-if ranking. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import type { Store } from '../../store/store.ts';
import { withoutPostgres } from '../services/services.ts';
import { silentLog } from '../services/silent-log.ts';
import { type StoredCampaign, storedCampaign } from './stored-campaign.ts';

describe.skipIf(withoutPostgres())('a what-if ranking', () => {
  let campaign: StoredCampaign;
  let app: FastifyInstance;
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-what-if-'));
    campaign = await storedCampaign({ data: folder });
    const settings = serviceSettingsSchema.parse({ ADATOM_LOG_LEVEL: 'silent' });
    const context = { store: withManyCandidates(campaign.store), settings, log: silentLog, adatomVersion: '0.1.0' };
    app = await buildApp(context, { limits: { whatIfSeconds: 5, whatIfWaiting: 1 } });
  });
  afterAll(async () => {
    await app?.close();
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** So many that a million draws over them take minutes. */
  function withManyCandidates(store: Store): Store {
    const description: Store['results']['description'] = async (...of) => {
      const stored = await store.results.description(...of);
      const copies = Array.from({ length: 100 }, (_, copy) =>
        (stored?.candidates ?? []).map((candidate) => ({ ...candidate, id: `${candidate.id}-${copy}` })),
      );
      return stored && { ...stored, candidates: copies.flat() };
    };
    return { ...store, results: { ...store.results, description } };
  }

  const ask = (draws: number) => {
    const profile = loadProfile('li-moderate');
    return app.inject({
      method: 'POST',
      url: `/v1/screenings/${campaign.screening}/rankings/what-if`,
      headers: { authorization: `Bearer ${campaign.secret}` },
      payload: { profile: { ...profile, monteCarlo: { ...profile.monteCarlo, draws } } },
    });
  };

  it('that takes too long is ended with 422, and the next one is computed', async () => {
    const since = Date.now();
    const long = await ask(1_000_000);
    expect(long.json()).toMatchObject({ status: 422, code: 'what-if-too-long' });
    expect(Date.now() - since).toBeLessThan(10_000);
    const short = await ask(1);
    expect(short.statusCode).toBe(200);
    expect(short.json().ranked.length).toBeGreaterThanOrEqual(100);
  }, 30_000);

  it('beyond those that may wait is refused with 503 and a time to come again, while others are answered', async () => {
    const all = Array.from({ length: 4 }, () => ask(1_000_000));
    const since = Date.now();
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect(Date.now() - since).toBeLessThan(2000);
    const answers = await Promise.all(all);
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused.length).toBeLessThan(4);
    for (const answer of refused) {
      expect(answer.json().code).toBe('what-if-busy');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const others = answers.filter(({ statusCode }) => statusCode !== 503);
    expect(new Set(others.map((answer) => answer.json().code))).toEqual(new Set(['what-if-too-long']));
  }, 30_000);
});
