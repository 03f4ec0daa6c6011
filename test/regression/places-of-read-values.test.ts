/** A temperature of OSZICAR had no place; the species of a vasprun.xml had theirs under a name that no record has. */
import { expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { oszicarParser } from '../../parsers/oszicar.ts';
import { vasprunXmlParser } from '../../parsers/vasprun-xml.ts';

const text = ({ byteOffset, byteLength }: { byteOffset: number; byteLength: number }, file: string) =>
  file.slice(byteOffset, byteOffset + byteLength);

it('the place of a temperature in OSZICAR holds its digits', () => {
  const file =
    '      1 T=  1812. E= -.33E+03 F= -.12185955E+04 E0= -.12185161E+04  EK= 0.30E+02 SP= 0.2E+02 SK= 0.8E+03\n';
  const { places } = oszicarParser.parse(memorySource(Buffer.from(file)));
  expect(text(places['final.temperatureKelvin']!, file)).toBe('1812.');
});

it('the place of the species in vasprun.xml is that of structure.species', () => {
  const array =
    '<array name="atoms"><field type="string">element</field><field type="int">atomtype</field><set><rc><c>Li</c><c>1</c></rc></set></array>';
  const file = `<?xml version="1.0"?>\n<modeling>\n<atominfo><atoms>1</atoms><types>1</types>${array}</atominfo>\n</modeling>\n`;
  const { places } = vasprunXmlParser.parse(memorySource(Buffer.from(file)));
  expect(text(places['structure.species']!, file)).toBe(array);
  expect(places.species).toBeUndefined();
});
