/**
 * Undamaged files of every format to be damaged: the project's own small ones, and the small ones of a corpus of real
 * files when there is one (ADATOM_CORPUS, or beside the project).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat } from '../../model/calculation.ts';
import { parserForName, parsers } from '../../parsers/index.ts';
import type { ParserDefinition } from '../../parsers/shared/parser.ts';
import { h5Sample } from './h5-sample.ts';

export interface Sample {
  readonly name: string;
  readonly parser: ParserDefinition;
  readonly bytes: Buffer;
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** The project's own. */
export const OWN_SAMPLES: readonly string[] = ['examples/zno-lithium/calculations', 'bench/fuzz/samples'].map((path) =>
  join(PROJECT, path),
);
const CORPUS = resolve(process.env.ADATOM_CORPUS ?? join(PROJECT, '../shared/corpus'));
/** A case costs what its file costs: a million of them are to be run in an hour. */
const LARGEST_BYTES = 64 * 1024;
const PER_FORMAT = 12;

/** By format, the smallest first, so that every format is damaged equally often. */
export async function samplesByFormat(
  folders: readonly string[] = [...OWN_SAMPLES, CORPUS],
): Promise<ReadonlyMap<FileFormat, readonly Sample[]>> {
  for (const parser of parsers) await parser.prepare?.();
  const byFormat = new Map<FileFormat, Sample[]>();
  const hdf5 = sampleOf('vaspout.h5', await h5Sample());
  if (hdf5 !== undefined) byFormat.set(hdf5.parser.format, [hdf5]);
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      const sample = sampleOf(path, unpacked(readFileSync(path)));
      if (sample === undefined) continue;
      const found = byFormat.get(sample.parser.format) ?? [];
      if (found.every(({ bytes }) => !bytes.equals(sample.bytes))) found.push(sample);
      byFormat.set(sample.parser.format, found);
    }
  }
  for (const [format, found] of byFormat) {
    byFormat.set(format, found.sort((a, b) => a.bytes.length - b.bytes.length).slice(0, PER_FORMAT));
  }
  return byFormat;
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function unpacked(stored: Buffer): Buffer {
  return stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
}

function sampleOf(path: string, bytes: Buffer): Sample | undefined {
  const parser = parserForName(path);
  if (parser === undefined || bytes.length === 0 || bytes.length > LARGEST_BYTES) return undefined;
  // A file that is cut already hides a second cut behind the same issue; one under a wrong name is of another format.
  if (parser.parse(memorySource(bytes)).completeness !== 'complete') return undefined;
  return { name: path, parser, bytes };
}
