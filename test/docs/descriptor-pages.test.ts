import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESCRIPTORS } from '../../descriptors/index.ts';
import { descriptorPages } from '../../pipeline/descriptor-page.ts';

const FOLDER = new URL('../../docs/descriptors/', import.meta.url);
const pages = descriptorPages();

describe('the pages of the descriptors', () => {
  it('are one for each, and the list of all', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
    expect(pages.size).toBe(DESCRIPTORS.length + 1);
  });

  it.each([...pages])('%s says what its definition says (npm run docs:descriptors)', (name, text) => {
    expect(readFileSync(new URL(name, FOLDER), 'utf8')).toBe(text);
  });
});
