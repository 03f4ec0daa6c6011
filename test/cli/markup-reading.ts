/**
 * Reads HTML and SVG strictly enough to tell whether it is well formed: every tag is closed where it must be, every
 * attribute is quoted once.
 */

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input']);
const TAG = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|<!doctype html>|<(style|script)>/y;

/** All opening tags in order; throws at the first place that is not well formed. */
export function readTags(text: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    if (match === null) throw new Error(`no tag: ${text.slice(at, at + 80)}`);
    const [whole, slash, name, attributes = '', selfClosing] = match;
    at += whole.length;
    if (name === undefined) continue;
    if (slash === '/') {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}> before ${text.slice(at, at + 80)}`);
      continue;
    }
    tags.push({ name, attributes: attributesOf(attributes) });
    if (selfClosing === '/' || VOID.has(name)) continue;
    open.push(name);
    // A browser takes what stands in these two as it is.
    if (name === 'style' || name === 'script') at = text.indexOf(`</${name}>`, at);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(' ')}`);
  return tags;
}

/** What a reader sees: text between the tags with entities resolved, styles and scripts left out. */
export function readText(text: string): string {
  return text
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    if (name in found) throw new Error(`attribute ${name} twice`);
    found[name] = value;
  }
  return found;
}
