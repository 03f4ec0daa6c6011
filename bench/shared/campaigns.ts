/**
 * Campaigns of many folders, for loads: copies of the example campaign, so that every folder is a calculation that can
 * be screened and every screening has a ranking to compare.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuns } from '../../intake/find-runs.ts';
import { filesToRead } from '../../reading/found-tree.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

/** Makes folders `campaign-1`, `campaign-2`, … with `copies` copies of the example in each; returns their paths. */
export function makeCampaigns(folder: string, campaigns: number, copies: number): string[] {
  return Array.from({ length: campaigns }, (_, index) => {
    const campaign = join(folder, `campaign-${index + 1}`);
    mkdirSync(campaign, { recursive: true });
    for (let copy = 1; copy <= copies; copy += 1) cpSync(EXAMPLE, join(campaign, `copy-${copy}`), { recursive: true });
    return campaign;
  });
}

/** Folders of one copy of the example that hold files which are read: the jobs of a screening. */
export function foldersPerCopy(): number {
  const folders = filesToRead(findRuns([EXAMPLE])).map(({ path }) => posix.dirname(path));
  return new Set(folders).size;
}
