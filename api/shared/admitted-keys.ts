/**
 * Keys that opened something lately. Behind a proxy all clients have one address: who guesses keys from there must not
 * lock out those who have one. Hashes, so that a dump of the memory tells no key.
 */
import { createHash } from 'node:crypto';

export interface AdmittedKeys {
  readonly add: (secret: string) => void;
  readonly remove: (secret: string) => void;
  readonly has: (secret: string) => boolean;
}

/** Remembered at once; the one that was added first is forgotten, so that memory stays bounded. */
const KEYS = 10_000;

export function admittedKeys(): AdmittedKeys {
  const hashes = new Set<string>();
  const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');
  return {
    add: (secret) => {
      hashes.add(hashOf(secret));
      const oldest = hashes.keys().next();
      if (hashes.size > KEYS && oldest.done !== true) hashes.delete(oldest.value);
    },
    remove: (secret) => hashes.delete(hashOf(secret)),
    has: (secret) => hashes.has(hashOf(secret)),
  };
}
