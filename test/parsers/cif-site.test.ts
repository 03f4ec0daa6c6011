/** Sites of a CIF whose label is no element, or another one than it looks like. */
import { describe, expect, it } from 'vitest';
import { cifParser } from '../../parsers/cif.ts';
import { codesOf, parsedText } from './whole-and-cut.ts';

describe('a site of the file', () => {
  const withSites = (...sites: string[]): string =>
    [
      'data_x',
      ...['a', 'b', 'c'].map((name, at) => `_cell_length_${name} ${4 + at}`),
      ...['alpha', 'beta', 'gamma'].map((name) => `_cell_angle_${name} 90`),
      'loop_',
      '_atom_site_label',
      '_atom_site_fract_x',
      '_atom_site_fract_y',
      '_atom_site_fract_z',
      ...sites,
      '',
    ].join('\n');

  it.each(['Wat1', 'WAT', 'H2O', 'D2O1'])('that is a molecule of water, %s, is refused and no tungsten', (label) => {
    const record = parsedText(cifParser, withSites('Zn1 0 0 0', `${label} 0.5 0.5 0.5`));
    expect(record.structure).toBeUndefined();
    expect(codesOf(record)).toContain('E_UNPARSEABLE');
  });

  it('may be deuterium, which is hydrogen to a calculation; dysprosium stays itself', () => {
    const record = parsedText(cifParser, withSites('D1 0 0 0', 'D 0.5 0.5 0.5', 'Dy1 0.25 0.25 0.25', 'Dy 0.75 0 0'));
    expect(record.structure?.species).toEqual(['H', 'H', 'Dy', 'Dy']);
  });

  it('is read behind a byte order mark, with its line', () => {
    const record = parsedText(cifParser, `\u00EF\u00BB\u00BF${withSites('Zn1 0 0 0')}`);
    expect(record.structure?.species).toEqual(['Zn']);
  });
});
