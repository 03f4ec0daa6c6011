/**
 * The tags of a document, each looked at once: a file of a hundred megabytes has a few hundred different ones.
 */
import type { Attributes } from './events.ts';

/** Beyond this many different tags the file is not what it should be; further ones are looked at each time. */
const MAXIMUM_TAGS = 4096;
const TAG = /^<([A-Za-z_][\w.-]*)((?:[ \t]+[A-Za-z_][\w.-]*="[^"<&\r\n\t]*")*)[ \t]*>$/;
const ATTRIBUTE = /([A-Za-z_][\w.-]*)="([^"]*)"/g;

export interface KnownTag {
  readonly name: string;
  readonly attributes: Attributes;
  /** `</name>` */
  readonly endTag: Buffer;
  /** The tag as it is written. */
  readonly bytes: Buffer;
}

export class KnownTags {
  readonly #tags = new Map<number, KnownTag[]>();
  #count = 0;

  /** The start tag in [start, end), whose bytes have this hash; undefined when it is no plain start tag. */
  at(bytes: Buffer, start: number, end: number, hash: number): KnownTag | undefined {
    const alike = this.#tags.get(hash);
    if (alike !== undefined) {
      for (const tag of alike) if (stands(bytes, start, end, tag.bytes)) return tag;
    }
    const tag = plainTag(bytes.toString('latin1', start, end));
    if (tag === undefined || this.#count >= MAXIMUM_TAGS) return tag;
    this.#count += 1;
    if (alike === undefined) this.#tags.set(hash, [tag]);
    else alike.push(tag);
    return tag;
  }
}

/** Whether `wanted` is what stands in [start, end). */
export function stands(bytes: Buffer, start: number, end: number, wanted: Buffer): boolean {
  if (end - start !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at += 1) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

function plainTag(text: string): KnownTag | undefined {
  const match = TAG.exec(text);
  const name = match?.[1];
  if (name === undefined) return undefined;
  const attributes: Record<string, string> = {};
  for (const [, key, value] of (match?.[2] ?? '').matchAll(ATTRIBUTE)) {
    if (key === undefined || value === undefined || Object.hasOwn(attributes, key)) return undefined;
    attributes[key] = value;
  }
  return { name, attributes, endTag: Buffer.from(`</${name}>`), bytes: Buffer.from(text, 'latin1') };
}
