/** Archives made to fill a disk or a memory. Bytes come from the definition of the formats; times are of two cores. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { ArchiveLimits } from '../../intake/archives/archive-limits.ts';
import { extractArchive } from '../../intake/archives/extract-archive.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { TAR_END, tarHeader, zip } from './archive-samples.ts';

const GIBIBYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;
const settings = serviceSettingsSchema.parse({});
const DEFAULTS: ArchiveLimits = {
  maxEntries: settings.ADATOM_MAX_ENTRIES,
  maxFileBytes: settings.ADATOM_MAX_FILE_BYTES,
  maxTotalBytes: settings.ADATOM_MAX_UPLOAD_BYTES,
};

interface Outcome {
  readonly message: string;
  readonly seconds: number;
  readonly rssGrowthBytes: number;
  readonly keptBytes: number;
}

/** Unpacks into nothing and watches the memory of the process. */
async function outcomeOf(chunks: Iterable<Buffer> | AsyncIterable<Buffer>, limits = DEFAULTS): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'adatom-bomb-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'archive');
  await pipeline(Readable.from(chunks), createWriteStream(path));
  const before = process.memoryUsage.rss();
  let peak = before;
  let keptBytes = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  onTestFinished(() => clearInterval(watch));
  const start = performance.now();
  const sink = async (_: string, content: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of content) keptBytes += chunk.length;
  };
  const message = await extractArchive([path], sink, limits).then(
    () => 'it was unpacked',
    (error: Error) => error.message,
  );
  peak = Math.max(peak, process.memoryUsage.rss());
  return { message, seconds: (performance.now() - start) / 1000, rssGrowthBytes: peak - before, keptBytes };
}

/** A gzip file is a row of members: 64 packed mebibytes of zeros, repeated. */
function* zeros(gibibytes: number, level: number, fileGibibytes: number): Generator<Buffer> {
  const member = gzipSync(Buffer.alloc(64 * MEBIBYTE), { level });
  for (let file = 0; file < gibibytes / fileGibibytes; file += 1) {
    yield gzipSync(fileHeader(`${file}/OUTCAR`, fileGibibytes * GIBIBYTE));
    for (let count = 0; count < fileGibibytes * 16; count += 1) yield member;
  }
  yield gzipSync(TAR_END);
}

function fileHeader(path: string, bytes: number): Buffer {
  return tarHeader({ path, statedBytes: bytes });
}

test('ten files of a gibibyte of zeros in a tar.gz of 10 MB end at the ratio', async () => {
  const { message, seconds, rssGrowthBytes, keptBytes } = await outcomeOf(zeros(10, 9, 1));
  expect(message).toContain('1000 times');
  expect(keptBytes).toBeLessThan(70 * MEBIBYTE);
  expect(seconds).toBeLessThan(10);
  expect(rssGrowthBytes).toBeLessThan(200 * MEBIBYTE);
});

test('ten gibibytes packed less well end at the limit of the whole, with flat memory', async () => {
  // Level 1 packs zeros 229 times.
  const outcome = await outcomeOf(zeros(10, 1, 1), { ...DEFAULTS, maxTotalBytes: 3 * GIBIBYTE });
  expect(outcome.message).toContain('more than 3221225472 bytes');
  expect(outcome.keptBytes).toBeGreaterThan(2.9 * GIBIBYTE);
  expect(outcome.seconds).toBeLessThan(30);
  expect(outcome.rssGrowthBytes).toBeLessThan(200 * MEBIBYTE);
});

test('one file of five gibibytes ends before its first byte', async () => {
  const { message, keptBytes } = await outcomeOf(zeros(5, 9, 5));
  expect(message).toContain('"0/OUTCAR"');
  expect(message).toContain('4294967296 bytes');
  expect(keptBytes).toBe(0);
});

test('a gibibyte of zeros behind the end of a tar ends at the ratio', async () => {
  const { message } = await outcomeOf(
    (function* () {
      yield gzipSync(TAR_HEADER_OF_NOTHING);
      const member = gzipSync(Buffer.alloc(64 * MEBIBYTE), { level: 9 });
      for (let count = 0; count < 16; count += 1) yield member;
    })(),
  );
  expect(message).toContain('1000 times');
});

const TAR_HEADER_OF_NOTHING = Buffer.concat([tarHeader({ path: 'OUTCAR' }), TAR_END]);

test('a million tiny entries end at the limit of entries, quickly and with flat memory', async () => {
  async function* entries(): AsyncGenerator<Buffer> {
    const lines: Buffer[] = [];
    for (let index = 0; index < 1_000_000; index += 1) {
      lines.push(tarHeader({ path: `folder-${index}/OUTCAR` }));
      if (lines.length < 1000) continue;
      yield Buffer.concat(lines);
      lines.length = 0;
    }
    yield TAR_END;
  }
  const { message, seconds, rssGrowthBytes } = await outcomeOf(
    Readable.from(entries()).pipe(createGzip({ level: 1 })) as AsyncIterable<Buffer>,
  );
  expect(message).toContain('more than 200000 files and folders');
  expect(seconds).toBeLessThan(20);
  expect(rssGrowthBytes).toBeLessThan(200 * MEBIBYTE);
});

test('a zip that states more entries than the limit ends before its directory is read', async () => {
  const archive = zip(Array.from({ length: 30_000 }, (_, index) => ({ path: `${index}/OUTCAR` })));
  const { message, seconds } = await outcomeOf([archive], { ...DEFAULTS, maxEntries: 20_000 });
  expect(message).toContain('it has 30000');
  expect(seconds).toBeLessThan(1);
});

test('a zip of 128 MiB of zeros ends at the ratio before it is unpacked', async () => {
  const { message, keptBytes } = await outcomeOf([zip([{ path: 'OUTCAR', content: Buffer.alloc(128 * MEBIBYTE) }])]);
  expect(message).toContain('1000 times');
  expect(keptBytes).toBe(0);
});
