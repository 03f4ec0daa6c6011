/**
 * All formats Adatom reads, and which of them a file is: by its name first, by its first bytes where the name says
 * nothing. OUTCAR stands first: it is what a calculation is known by.
 */
import { acfParser } from './acf.ts';
import { chgcarParser } from './chgcar.ts';
import { cifParser } from './cif.ts';
import { doscarParser } from './doscar.ts';
import { eigenvalParser } from './eigenval.ts';
import { extsDatParser } from './exts-dat.ts';
import { ibzkptParser } from './ibzkpt.ts';
import { incarParser } from './incar.ts';
import { kpointsParser } from './kpoints.ts';
import { locpotParser } from './locpot.ts';
import { nebDatParser } from './neb-dat.ts';
import { nebefDatParser } from './nebef-dat.ts';
import { oszicarParser } from './oszicar.ts';
import { outcarParser } from './outcar.ts';
import { poscarParser } from './poscar.ts';
import { pymatgenJsonParser } from './pymatgen-json.ts';
import { reportParser } from './report.ts';
import { withoutCompressionSuffix } from './shared/file-name.ts';
import type { ParserDefinition } from './shared/parser.ts';
import { splineDatParser } from './spline-dat.ts';
import { vaspoutH5Parser } from './vaspout-h5.ts';
import { vasprunXmlParser } from './vasprun-xml.ts';
import { xdatcarParser } from './xdatcar.ts';

export { withoutCompressionSuffix } from './shared/file-name.ts';

export const parsers: readonly ParserDefinition[] = [
  outcarParser,
  vasprunXmlParser,
  vaspoutH5Parser,
  oszicarParser,
  poscarParser,
  incarParser,
  kpointsParser,
  nebDatParser,
  nebefDatParser,
  splineDatParser,
  extsDatParser,
  eigenvalParser,
  doscarParser,
  xdatcarParser,
  ibzkptParser,
  reportParser,
  locpotParser,
  chgcarParser,
  acfParser,
  cifParser,
  pymatgenJsonParser,
];

/** The format of a file of this name; its folder and a compression suffix do not matter. */
export function parserForName(name: string): ParserDefinition | undefined {
  const bare = withoutCompressionSuffix(name.slice(name.lastIndexOf('/') + 1));
  return parsers.find((parser) => parser.matchesName(bare));
}

/** The format of a file that begins so; up to 4 kB are enough. */
export function parserForContent(head: string): ParserDefinition | undefined {
  return parsers.find((parser) => parser.matchesContent(head));
}
