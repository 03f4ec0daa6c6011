/**
 * Identity of the code that turns bytes into records: parsed records are kept only as long as it is the same code.
 *
 * The version of the package alone would keep old records after a parser was changed in a working copy.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Hash over everything in parsers/ and model/, as built or as written. */
export function recordCodeVersion(): string {
  const hash = createHash('sha256');
  for (const layer of ['parsers', 'model']) {
    const folder = fileURLToPath(new URL(`../${layer}/`, import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:js|ts)$/.test(name),
    );
    for (const file of files.sort()) hash.update(file).update(readFileSync(`${folder}${file}`));
  }
  return hash.digest('hex');
}
