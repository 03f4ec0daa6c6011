/** The version of Adatom, from the package file above the code, wherever it was built or installed to. */
import { readFileSync } from 'node:fs';

export function adatomVersion(): string {
  // Sources lie one folder below the package file, built files two.
  for (const above of ['../package.json', '../../package.json']) {
    const found = versionIn(new URL(above, import.meta.url));
    if (found !== undefined) return found;
  }
  throw new Error('the package file of adatom is missing');
}

function versionIn(url: URL): string | undefined {
  let text: string;
  try {
    text = readFileSync(url, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const content: unknown = JSON.parse(text);
  if (typeof content !== 'object' || content === null) return undefined;
  const isOurs = 'name' in content && content.name === 'adatom';
  return isOurs && 'version' in content && typeof content.version === 'string' ? content.version : undefined;
}
