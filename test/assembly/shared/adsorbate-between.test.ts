import { expect, it } from 'vitest';
import { adsorbateBetween } from '../../../assembly/shared/adsorbate-between.ts';

const ZNO = { Zn: 16, O: 16 };

it.each([
  ['one Li', { ...ZNO, Li: 1 }, { formula: 'Li', count: 1 }],
  ['a Zn of the slab’s own element', { Zn: 17, O: 16 }, { formula: 'Zn', count: 1 }],
  ['three water molecules', { Zn: 16, O: 19, H: 6 }, { formula: 'H2O', count: 3 }],
  ['two hydroxyl groups', { Zn: 16, O: 18, H: 2 }, { formula: 'OH', count: 2 }],
  ['Zn(OH)4, one complex with a metal', { Zn: 17, O: 20, H: 4 }, { formula: 'H4O4Zn', count: 1 }],
])('%s are an adsorbate', (_, larger, adsorbate) => {
  expect(adsorbateBetween(larger, ZNO)).toEqual(adsorbate);
});

it.each([
  ['the next layers of the slab', { Zn: 32, O: 32 }],
  ['a film of another compound', { Zn: 32, O: 16, S: 16 }],
  ['fewer atoms of one element', { Zn: 17, O: 15 }],
  ['the same atoms', ZNO],
  ['two different metals', { ...ZNO, Li: 1, Al: 1 }],
])('%s are none', (_, larger) => {
  expect(adsorbateBetween(larger, ZNO)).toBeUndefined();
});
