/** One structure over HTTP, in every format, also of a calculation whose path would do harm in a header or a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORTS, structureFormats } from '../../exports/index.ts';
import { HOSTILE_IDS, ONE_ATOM, TRICLINIC } from '../exports/structures.ts';
import { withoutPostgres } from '../services/services.ts';
import { type StoredCampaign, storedCampaign } from './stored-campaign.ts';

describe.skipIf(withoutPostgres())('a structure', () => {
  let campaign: StoredCampaign;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-structure-'));
    campaign = await storedCampaign({
      data: join(folder, 'data'),
      structures: (all) => [...all, TRICLINIC, ...HOSTILE_IDS.map((calculation) => ({ ...ONE_ATOM, calculation }))],
    });
  });
  afterAll(async () => {
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const structure = (calculation: string, query = '') =>
    campaign.get(`/v1/screenings/${campaign.screening}/structures/${encodeURIComponent(calculation)}${query}`);

  it.each(structureFormats(EXPORTS).map((format) => [format.identifier, format] as const))(
    'comes as %s with its media type and a safe file name',
    async (identifier, { mediaType, extension }) => {
      const answer = await structure(TRICLINIC.calculation, `?format=${identifier}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe(mediaType);
      const name = `campaign_zno_002_slab_OUTCAR.${extension}`;
      expect(answer.headers['content-disposition']).toBe(`attachment; filename="${name}"`);
      expect(answer.body).not.toMatch(/NaN|Infinity/);
    },
  );

  it('is a POSCAR unless another format is asked for', async () => {
    const { body } = await structure('zno-002/slab/OUTCAR');
    expect(body.split('\n').slice(0, 2)).toEqual(['adatom: zno-002/slab/OUTCAR', '1.0']);
  });

  it.each(HOSTILE_IDS)('of the calculation %j is found by its whole id', async (id) => {
    const answer = await structure(id);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[A-Za-z0-9][\w.-]*\.poscar"$/);
  });

  it('that is not there, or in an unknown format, is refused', async () => {
    expect((await structure('no/OUTCAR')).statusCode).toBe(404);
    expect((await structure('../../etc/passwd')).statusCode).toBe(404);
    const answer = await structure('zno-002/slab/OUTCAR', '?format=xsf');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain('poscar');
  });
});
