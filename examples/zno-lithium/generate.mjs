// Writes the example campaign: `node examples/zno-lithium/generate.mjs [FOLDER]`, by default into `calculations/` beside
// this file. Same bytes on every run: no date, no clock, no unseeded randomness.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { campaignFiles } from './generator/campaign.mjs';

const beside = join(dirname(fileURLToPath(import.meta.url)), 'calculations');
const target = process.argv[2] ?? beside;

// Only the example's own folder is emptied first; a folder that the user names is added to.
if (target === beside) rmSync(beside, { recursive: true, force: true });
for (const [path, text] of campaignFiles()) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
