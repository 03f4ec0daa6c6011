/** Excerpts over HTTP: every input of every value of the example leads to the bytes that say it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutPostgres } from '../services/services.ts';
import { CAMPAIGN, type StoredCampaign, storedCampaign } from './stored-campaign.ts';

describe.skipIf(withoutPostgres())('an excerpt', () => {
  let campaign: StoredCampaign;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'adatom-excerpt-'));
    const data = join(folder, 'data');
    mkdirSync(data);
    // Some files of the screening lie elsewhere: each stands for one thing that can have happened to a file.
    const moved: Readonly<Record<string, string>> = {
      'zno-020/slab/OUTCAR': join(folder, 'changed'),
      'zno-020/slab/POSCAR': join(folder, 'gone'),
      'zno-020/slab/INCAR': '/etc/hostname',
      'zno-020/slab/KPOINTS': join(folder, 'licensed/POTCAR'),
      'zno-202/slab/POSCAR': 's3://bucket/zno-202/slab/POSCAR',
    };
    campaign = await storedCampaign({
      data,
      file: (file) => ({ ...file, location: moved[file.path] ?? file.location }),
    });
    const { project } = campaign;
    const tree = join(data, 'uploads', project, 'u', 'tree');
    mkdirSync(tree, { recursive: true });
    cpSync(CAMPAIGN, tree, { recursive: true });
    writeFileSync(join(tree, 'changed'), 'something else');
    symlinkSync(join(tree, 'changed'), join(folder, 'changed'));
    mkdirSync(join(folder, 'licensed'));
    writeFileSync(join(folder, 'licensed/POTCAR'), 'licensed');
  });
  afterAll(async () => {
    await campaign?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const excerpt = (query: Readonly<Record<string, string | number>>) => {
    const text = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return campaign.get(`/v1/screenings/${campaign.screening}/excerpt?${text}`);
  };

  it('of every input of every value is the number that was used', async () => {
    const stored = await campaign.store.results.result(campaign.project, campaign.ranking);
    const inputs = (stored?.description.candidates ?? []).flatMap(({ descriptors }) =>
      Object.values(descriptors).flatMap((value) => (value.available ? value.inputs : [])),
    );
    const readable = inputs.filter(({ file }) => file !== 'zno-020/slab/OUTCAR');
    expect(readable.length).toBeGreaterThan(10);
    for (const { file, byteOffset = 0, byteLength = 0, value, line } of readable.slice(0, 20)) {
      const answer = await excerpt({ file, byteOffset, byteLength, context: 60 });
      expect(answer.statusCode, file).toBe(200);
      expect(answer.json()).toMatchObject({ file, byteOffset, byteLength, line, encoding: 'utf-8' });
      expect(Number(answer.json().value), file).toBe(value);
    }
  });

  it.each([
    ['has changed', 'zno-020/slab/OUTCAR', 409, 'file-changed'],
    ['is gone', 'zno-020/slab/POSCAR', 409, 'file-changed'],
    ['lies outside of what may be read', 'zno-020/slab/INCAR', 403, 'not-allowed'],
    ['is a POTCAR', 'zno-020/slab/KPOINTS', 403, 'licensed'],
    ['lies in object storage', 'zno-202/slab/POSCAR', 422, 'not-local'],
    ['belongs to no calculation', '/etc/passwd', 404, 'not-found'],
    ['is named by a way out', `../${relative('/', CAMPAIGN)}/../../README.md`, 404, 'not-found'],
  ])('of a file that %s is refused', async (_, file, status, code) => {
    const answer = await excerpt({ file, byteOffset: 0, byteLength: 4 });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.body).not.toContain(folder);
  });

  it('is at most 64 KiB, of whole numbers inside the file', async () => {
    const file = 'zno-002/slab/OUTCAR';
    expect((await excerpt({ file, byteOffset: 0, context: 32_768 })).statusCode).toBe(200);
    for (const query of [
      { file, byteOffset: 0, byteLength: 1, context: 32_768 },
      { file, byteOffset: 0, byteLength: 65_537 },
      { file, byteOffset: -1 },
      { file, byteOffset: '0x10' },
      { file, byteOffset: '' },
      { file, byteOffset: 1e12, byteLength: 1 },
      { file, byteOffset: 1.5 },
      { file, byteOffset: 0, bytelength: 3 },
    ]) {
      expect((await excerpt(query)).statusCode, JSON.stringify(query)).toBe(400);
    }
  });

  it('of another project does not exist', async () => {
    const other = await campaign.store.projects.ensure('strangers');
    const { secret } = await campaign.store.keys.create({ project: other.id, name: 'x', scopes: ['admin'] });
    const path = `/v1/screenings/${campaign.screening}/excerpt?file=zno-002%2Fslab%2FOUTCAR&byteOffset=0`;
    expect((await campaign.get(path, secret)).statusCode).toBe(404);
    expect((await campaign.app.inject(path)).statusCode).toBe(401);
  });
});
