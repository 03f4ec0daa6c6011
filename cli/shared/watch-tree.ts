/**
 * Waits until something in the searched folders changes.
 *
 * Polling, because change notifications do not cross network file systems, where calculations live.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isSystemError } from '../../intake/system-error.ts';
import { OUTPUT_MARKER } from '../../intake/walk.ts';

const POLL_MILLISECONDS = 2000;

/** Names, sizes and times of everything below the folders; our own output is left out. */
export function treeSignature(folders: readonly string[]): string {
  const lines: string[] = [];
  for (const folder of folders) addFolder(folder, lines);
  return lines.join('\n');
}

export async function waitForChange(folders: readonly string[], signature: string): Promise<void> {
  do await wait(POLL_MILLISECONDS);
  while (treeSignature(folders) === signature);
}

function addFolder(folder: string, lines: string[]): void {
  const names = namesIn(folder);
  if (names.includes(OUTPUT_MARKER)) return;
  for (const name of names) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (stats.isDirectory()) addFolder(path, lines);
    else lines.push(`${path} ${stats.size} ${stats.mtimeMs}`);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    // A folder that went away or may not be read: the screening itself says so.
    if (isSystemError(error)) return [];
    throw error;
  }
}
