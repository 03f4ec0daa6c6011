/** The text around a value, and which files it may come from: ranges at every edge, files that are not what they were. */
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ExcerptBounds, excerptLocation } from '../../api/shared/excerpt-location.ts';
import { type ExcerptTask, readExcerpt } from '../../api/shared/read-excerpt.ts';
import { hdf5, POTCAR_HEAD } from '../intake/archive-samples.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function excerptOf(content: string | Uint8Array, range: Partial<ExcerptTask> & { byteOffset: number }) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const path = join(temporaryFolder({ OUTCAR: bytes }), 'OUTCAR');
  const defaults = { byteLength: 0, context: 0, maxDecompressedBytes: 1e6 };
  return readExcerpt({ path, sha256: sha256(bytes), ...defaults, ...range });
}

const LINES = 'first line\n  free  energy   TOTEN  =      -123.456 eV\nlast line\n';

describe('an excerpt', () => {
  it('is the value with what stands before and after, and its line', async () => {
    const byteOffset = LINES.indexOf('-123.456');
    expect(await excerptOf(LINES, { byteOffset, byteLength: 8, context: 13 })).toEqual({
      outcome: 'read',
      text: { line: 2, before: 'OTEN  =      ', value: '-123.456', after: ' eV\nlast line', encoding: 'utf-8' },
    });
  });

  it('ends where the file does', async () => {
    const whole = await excerptOf(LINES, { byteOffset: 0, byteLength: LINES.length, context: 1000 });
    expect(whole).toMatchObject({ text: { line: 1, before: '', value: LINES, after: '' } });
    const atEnd = await excerptOf(LINES, { byteOffset: LINES.length, context: 5 });
    expect(atEnd).toMatchObject({ text: { line: 4, before: 'line\n', value: '', after: '' } });
    const outside = await excerptOf(LINES, { byteOffset: LINES.length, byteLength: 1 });
    expect(outside).toEqual({ outcome: 'outside', sizeBytes: LINES.length });
  });

  it('of a compressed file is found by decompressed offsets', async () => {
    const packed = gzipSync(LINES);
    const range = { byteOffset: LINES.indexOf('last'), byteLength: 4 };
    expect(await excerptOf(packed, range)).toMatchObject({ text: { line: 3, value: 'last' } });
    expect(await excerptOf(packed, { ...range, maxDecompressedBytes: 10 })).toMatchObject({ outcome: 'unreadable' });
  });

  it('of HDF5 there is none: POTCARs may be in it', async () => {
    const range = { byteOffset: 8, byteLength: 20 };
    expect(await excerptOf(hdf5(POTCAR_HEAD), range)).toEqual({ outcome: 'binary' });
    expect(await excerptOf(gzipSync(hdf5('anything of VASP')), range)).toEqual({ outcome: 'binary' });
  });

  it('never splits a character, and shows other bytes one by one', async () => {
    // ä is two bytes, 😀 four: the window begins inside the one and ends inside the other.
    const text = 'ä1😀';
    const inside = await excerptOf(text, { byteOffset: 2, byteLength: 1, context: 1 });
    expect(inside).toMatchObject({ text: { before: '', value: '1', after: '', encoding: 'utf-8' } });
    const whole = await excerptOf(text, { byteOffset: 2, byteLength: 1, context: 4 });
    expect(whole).toMatchObject({ text: { before: 'ä', value: '1', after: '😀', encoding: 'utf-8' } });
    const latin = await excerptOf(Buffer.from('M\xfcller 1', 'latin1'), { byteOffset: 7, byteLength: 1, context: 9 });
    expect(latin).toMatchObject({ text: { before: 'Müller ', value: '1', encoding: 'latin1' } });
  });

  it('is refused when the file is another one now', async () => {
    const folder = temporaryFolder({ OUTCAR: LINES });
    const task = { path: join(folder, 'OUTCAR'), sha256: sha256(Buffer.from(LINES)), byteOffset: 0, byteLength: 5 };
    writeFileSync(task.path, LINES.replace('-123.456', '-123.457'));
    const reading = readExcerpt({ ...task, context: 0, maxDecompressedBytes: 1e6 });
    expect(await reading).toEqual({ outcome: 'changed' });
  });

  it('of a POTCAR by content is refused under any name, packed or not', async () => {
    const potcar = '  PAW_PBE Zn 06Sep2000\n   12.0000000000000\n parameters from PSCTR are:\n   VRHFIN =Zn: d10 p2\n';
    expect(await excerptOf(potcar, { byteOffset: 0, byteLength: 5 })).toEqual({ outcome: 'licensed' });
    expect(await excerptOf(gzipSync(potcar), { byteOffset: 0, byteLength: 5 })).toEqual({ outcome: 'licensed' });
  });
});

describe('a location', () => {
  const PROJECT = '11111111-1111-4111-8111-111111111111';
  const OTHER = '22222222-2222-4222-8222-222222222222';

  function place() {
    const folder = temporaryFolder({
      'roots/run/OUTCAR': 'ours',
      'secret/OUTCAR': 'secret',
      'roots-secret/OUTCAR': 'secret',
      [`data/uploads/${PROJECT}/u/tree/OUTCAR`]: 'uploaded',
      [`data/uploads/${OTHER}/u/tree/OUTCAR`]: 'of others',
      'data/postgres/OUTCAR': 'database',
      'roots/run/POTCAR.Zn': 'licensed',
    });
    const bounds: ExcerptBounds = {
      project: PROJECT,
      settings: { ADATOM_DATA: join(folder, 'data') },
      roots: [join(folder, 'roots')],
    };
    const statusOf = (path: string, given = bounds): number | string => {
      try {
        return excerptLocation({ path: 'run/OUTCAR', location: join(folder, path) }, given);
      } catch (error) {
        if (error instanceof Error && 'status' in error) return Number(error.status);
        throw error;
      }
    };
    return { folder, bounds, statusOf };
  }

  it('below a root, or in an upload of the project, is read', () => {
    const { folder, statusOf } = place();
    expect(statusOf('roots/run/OUTCAR')).toBe(join(folder, 'roots/run/OUTCAR'));
    expect(statusOf(`data/uploads/${PROJECT}/u/tree/OUTCAR`)).toMatch(/tree\/OUTCAR$/);
  });

  it('outside of the roots is refused, also by its beginning or through a link', () => {
    const { folder, statusOf } = place();
    symlinkSync(join(folder, 'secret'), join(folder, 'roots/link'));
    symlinkSync(join(folder, 'secret/OUTCAR'), join(folder, 'roots/OUTCAR'));
    for (const path of [
      'secret/OUTCAR',
      'roots-secret/OUTCAR',
      'roots/../secret/OUTCAR',
      'roots/link/OUTCAR',
      'roots/OUTCAR',
    ]) {
      expect(statusOf(path), path).toBe(403);
    }
  });

  it('in the data folder is the own upload or none, also when a root contains it all', () => {
    const { folder, bounds, statusOf } = place();
    symlinkSync(join(folder, 'data/postgres/OUTCAR'), join(folder, 'roots/database'));
    const all = { ...bounds, roots: ['/'] };
    expect(statusOf('secret/OUTCAR', all)).toMatch(/secret\/OUTCAR$/);
    expect(statusOf(`data/uploads/${OTHER}/u/tree/OUTCAR`, all)).toBe(403);
    expect(statusOf('data/postgres/OUTCAR', all)).toBe(403);
    expect(statusOf('roots/database', all)).toBe(403);
  });

  it('of a POTCAR is refused by its name, or by the name a link leads to', () => {
    const { folder, statusOf } = place();
    symlinkSync(join(folder, 'roots/run/POTCAR.Zn'), join(folder, 'roots/run/harmless'));
    expect(statusOf('roots/run/POTCAR.Zn')).toBe(403);
    expect(statusOf('roots/run/harmless')).toBe(403);
  });

  it('that is gone is a change of the file, and one in object storage is no file', () => {
    const { bounds, statusOf } = place();
    expect(statusOf('roots/run/nothing')).toBe(409);
    expect(() => excerptLocation({ path: 'a', location: 's3://bucket/a' }, bounds)).toThrow(/object storage/);
    mkdirSync(join(bounds.settings.ADATOM_DATA, 'more'));
    expect(statusOf('data/more')).toBe(403);
  });
});
