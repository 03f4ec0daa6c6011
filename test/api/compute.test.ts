/** Quantities from plain numbers over HTTP: those of `adatom calc`, and expressions of the client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAdatom } from '../cli/run-adatom.ts';
import { expectNear } from '../near.ts';
import { withoutPostgres } from '../services/services.ts';
import { type StoredCampaign, storedCampaign } from './stored-campaign.ts';

describe.skipIf(withoutPostgres())('over HTTP', () => {
  let campaign: StoredCampaign;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-compute-'));
    campaign = await storedCampaign({ data: folder });
  });
  afterAll(async () => {
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('a quantity', () => {
    it('is listed and computed as the command line does', async () => {
      const list = await runAdatom(['calc', '--json']);
      expect((await campaign.get('/v1/compute')).json()).toEqual(JSON.parse(list.stdout));
      const given = ['adsorbedSlabEv=-110.5', 'slabEv=-107.2', 'atomEv=-0.3', 'adsorbateCount=1'];
      const line = await runAdatom(['calc', 'adsorption-energy', ...given, '--json']);
      expect(line.exitCode, line.stderr).toBe(0);
      const inputs = Object.fromEntries(
        given.map((pair) => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]),
      );
      const answer = await campaign.post('/v1/compute/adsorption-energy', { inputs });
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual(JSON.parse(line.stdout));
      // −110.5 + 107.2 + 0.3
      expectNear(answer.json().value, -3, 1e-9);
    });

    it('with a missing or misspelt input is refused with what is needed', async () => {
      const missing = await campaign.post('/v1/compute/adsorption-energy', { inputs: {} });
      expect(missing.statusCode).toBe(400);
      expect(missing.json().detail).toMatch(/needs also/);
      const unknown = await campaign.post('/v1/compute/adsorbtion-energy', { inputs: {} });
      expect([unknown.statusCode, unknown.json().detail]).toEqual([400, expect.stringContaining('adsorption-energy')]);
      expect((await campaign.post('/v1/compute/__proto__', { inputs: {} })).statusCode).toBe(400);
      expect((await campaign.post('/v1/compute/adsorption-energy', { input: {} })).statusCode).toBe(400);
    });
  });

  describe('an expression', () => {
    const tried = (body: object) => campaign.post('/v1/expression', body);

    it('has a value, a unit and the names it uses', async () => {
      const answer = await tried({
        expression: 'adsorption_energy + 0.5 * max(0, migration_barrier)',
        values: { 'adsorption-energy': -1.5, 'migration-barrier': 0.5 },
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual({
        expression: 'adsorption_energy + 0.5 * max(0, migration_barrier)',
        uses: ['adsorption-energy', 'migration-barrier'],
        unit: 'eV',
        available: true,
        value: -1.25,
      });
    });

    it('without a value says why', async () => {
      const answer = await tried({ expression: '1 / migration_barrier', values: {} });
      expect(answer.json()).toMatchObject({ available: false, missing: ['migration-barrier'], unit: '1/eV' });
      const infinite = await tried({ expression: '1 / migration_barrier', values: { 'migration-barrier': 0 } });
      expect(infinite.json()).toMatchObject({ available: false, missing: [] });
    });

    it('has the unit that follows, or a name for a pure number', async () => {
      const of = (expression: string, unit: string) => tried({ expression, values: { score: 0.5 }, unit });
      expect((await of('score * 100', 'points')).json().unit).toBe('points');
      expect((await of('migration_barrier', 'eV')).json().unit).toBe('eV');
      expect((await of('migration_barrier', 'meV')).statusCode).toBe(400);
    });

    it.each([
      'cons.constructor("return process")()',
      'import("fs")',
      'f(x) = x',
      `1${' + 1'.repeat(250)}`,
      'adsorption_energy + surface_energy',
    ])('that is not allowed is refused with its place: %s', async (expression) => {
      const answer = await tried({ expression, values: {} });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid-request']);
      expect(answer.json().detail).toMatch(/^expression, character \d+: /);
    });

    it('with a misspelt value is refused', async () => {
      const answer = await tried({ expression: 'score', values: { scores: 1 } });
      expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringContaining('Did you mean "score"')]);
    });
  });
});
