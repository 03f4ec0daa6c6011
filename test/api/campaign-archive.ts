/** A small campaign as an archive, and what a server made of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tar } from '../intake/archive-samples.ts';
import type { UploadServer } from './upload-server.ts';

export const ARCHIVE = tar([
  { path: 'slab/OUTCAR', content: 'of the slab' },
  { path: 'slab/INCAR', content: 'ENCUT = 400' },
  { path: 'slab/POTCAR', content: 'licensed' },
  { path: 'slab/plot.py', content: 'import x' },
]);
export const XZ = execFileSync('xz', ['-c'], { input: ARCHIVE });

/** Of a file in the tree of an upload. */
export function treeText({ data, service }: UploadServer, upload: string, path: string): string {
  return readFileSync(join(data, 'uploads', service.own.id, upload, 'tree', path), 'utf8');
}
