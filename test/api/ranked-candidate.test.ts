/** A candidate under a kept ranking by another profile: its row and its document tell what that ranking scored. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { candidateForProfile } from '../../pipeline/candidate-for-profile.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { loadProfile } from '../../reading/find-profile.ts';
import { expectNear } from '../near.ts';
import { type StoredCampaign, storedCampaign } from './stored-campaign.ts';

const BOLTZMANN = 8.617333262e-5; // eV/K, CODATA 2018
const HOT = { ...loadProfile('li-moderate'), name: 'hot', temperatureKelvin: 350 };

let data: string;
let campaign: StoredCampaign;
let hot: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'adatom-ranked-candidate-'));
  campaign = await storedCampaign({ data });
  const { store, project, screening } = campaign;
  const asked = await store.screenings.requestRanking(project, screening, { profile: HOT, seed: 1, current: false });
  const description = await store.results.description(screening, 1);
  if (asked === undefined || description === undefined) throw new Error('the campaign was not stored');
  const ranking = rankScreening(description.candidates, { ion: 'Li', profile: HOT, seed: 1 });
  await store.results.saveRanking(asked.id, ranking, candidateForProfile(HOT));
  hot = asked.id;
});
afterAll(async () => {
  await campaign.close();
  rmSync(data, { recursive: true });
});

test('its rates are of the temperature of that profile, in list and document', async () => {
  const path = `/v1/screenings/${campaign.screening}/candidates/zno-002`;
  const usual = (await campaign.get(path)).json();
  const detail = (await campaign.get(`${path}?ranking=${hot}`)).json();
  const barrierEv = usual.values['migration-barrier'];
  const ratio = Math.exp((barrierEv / BOLTZMANN) * (1 / 298.15 - 1 / 350)); // Arrhenius
  expectNear(detail.values['hop-rate'] / usual.values['hop-rate'], ratio, 1e-5);
  expect(detail.candidate.descriptors['hop-rate'].value).toBe(detail.values['hop-rate']);
  expect(usual.candidate.descriptors['hop-rate'].value).toBe(usual.values['hop-rate']);
  const list = await campaign.get(`/v1/candidates?screening=${campaign.screening}&ranking=${hot}`);
  const row = list.json().rows.find(({ id }: { id: string }) => id === 'zno-002');
  expect(row.values['hop-rate']).toBe(detail.values['hop-rate']);
});
