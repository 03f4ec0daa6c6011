/** Writes docs/descriptors/ from the definitions: `npm run docs:descriptors`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { descriptorPages } from '../pipeline/descriptor-page.ts';

const folder = new URL('descriptors/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of descriptorPages()) writeFileSync(new URL(name, folder), text);
