/** The example campaign, in copies that a test may change. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

/** Copies the example, or one folder of it, below `folder`; returns the path of the copy. */
export function copyExample(folder: string, name: string, part = ''): string {
  const path = join(folder, name);
  cpSync(join(EXAMPLE, part), path, { recursive: true });
  return path;
}
