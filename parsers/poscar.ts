/**
 * POSCAR and CONTCAR: cell, elements, positions and selective-dynamics flags of VASP 4, 5 and 6.
 *
 * Velocities and predictor-corrector blocks behind the positions are left alone. The mistake avoided here: a VASP 4 file
 * names no elements, and a made-up name would be linked with other calculations; such a file gives `unnamedStructure`,
 * which `withSpecies` completes from the POTCARs of the same run. Source: VASP wiki, POSCAR.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { faultyRecord, isFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { lineReader } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { readStructureHead, structurePart } from './shared/poscar/structure-head.ts';

export { withSpecies } from './shared/poscar/structure-head.ts';

/** VESTA names volumetric data `CHGCAR.vasp`: a POSCAR head, but no POSCAR. */
const VOLUMETRIC = /(?:^|[._-])(?:CHG|LOCPOT|ELFCAR|AECCAR|PARCHG)/;
const NAMED_AS = fileNameMatcher(['POSCAR', 'CONTCAR']);

export const poscarParser: ParserDefinition = {
  format: 'poscar',
  title: 'POSCAR or CONTCAR, a structure',
  matchesName: (name) => (NAMED_AS(name) || /\.(?:vasp|poscar)$/i.test(name)) && !VOLUMETRIC.test(name),
  matchesContent,
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('poscar', source);
  if (notText !== undefined) return notText;
  const head = readStructureHead(lineReader(source, options));
  if (isFault(head)) return faultyRecord('poscar', head);
  return { format: 'poscar', completeness: 'complete', ...structurePart(head) };
}

const THREE_NUMBERS = /^\s*(?:[-+]?[\d.]+(?:[EeDd][-+]?\d+)?\s+){2}[-+]?[\d.]+/;
const COUNTS = /^\s*\d+(?:\s+\d+)*\s*(?:[!#].*)?$/;

/** Scale factor, three vectors, then counts (VASP 4) or names and counts. XDATCAR begins alike but numbers its frames. */
function matchesContent(head: string): boolean {
  const lines = head.split(/\r?\n/);
  const vectors = lines.slice(2, 5);
  const [sixth = '', seventh = '', eighth = ''] = lines.slice(5, 8);
  return (
    /^\s*[-+]?\.?\d/.test(lines[1] ?? '') &&
    vectors.length === 3 &&
    vectors.every((line) => THREE_NUMBERS.test(line)) &&
    (COUNTS.test(sixth) || (/^\s*[A-Za-z]/.test(sixth) && COUNTS.test(seventh))) &&
    !/^\s*Direct configuration=/.test(eighth)
  );
}
