/**
 * The header of an OUTCAR: version, POTCARs, settings, cell, k-points and starting positions; everything before the
 * first electronic iteration.
 *
 * The mistake avoided here: text boxes (`| … try LREAL= Auto …|`), titles, remarks of KPOINTS and the user's SYSTEM line
 * contain `TAG=` too, and must not be read as settings.
 */
import type { Computing, KPoints, Place, Potcar, SettingValue } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Matrix3, Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { atomCountReader } from './atom-counts.ts';
import { forEachLine } from './header-lines.ts';
import { type HeaderTables, headerTables, placeOf } from './header-tables.ts';
import { type PotcarList, potcarList } from './potcar-list.ts';
import { type Processes, processesOf } from './processes.ts';
import { type MutableSettings, noSettings, readSettings } from './setting-tags.ts';

export interface Header {
  readonly version?: string;
  readonly settings: MutableSettings['values'];
  readonly potcars: readonly Potcar[];
  /** False when the file ends before the list can be known to be whole. */
  readonly potcarsComplete: boolean;
  /** Element of every atom; absent when types and counts are not both known. */
  readonly species?: readonly string[];
  readonly atomCount?: number;
  /** Starting structure. */
  readonly structure?: Structure;
  readonly kpoints?: KPoints;
  readonly computing?: Computing;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

const BLANK = 32;
const VERSION = /^\s*vasp\.(\d+\.\d+(?:\.\d+(?![0-9A-Za-z]))?)/;
const TEXT_LINES = /^\s*(?:\||SYSTEM\b|POSCAR\b|KPOINTS\b|k-points in\b|COPYR\b|SHA256\b)/;

const LDAU_IN_USE = 'LDA+U is selected';
/** Printed with one number for each type of atom; more than four may stand in several lines. */
const LISTS_OF_TYPES: readonly string[] = ['ROPT', 'LDAUL', 'LDAUU', 'LDAUJ'];
const TYPES_IN_A_LINE = 4;

/** First characters of lines that TEXT_LINES may fit. */
const TEXT_BEGINNINGS: readonly string[] = ['|', 'S', 'P', 'K', 'k', 'C'];

/** Version in a header line such as ` vasp.5.4.4.18Apr17-6-g9f103f2a35 (build …)`; undefined for any other line. */
export function versionOfLine(line: string): string | undefined {
  return VERSION.exec(line)?.[1];
}

export function readHeader(scanner: ByteScanner, start: number, end: number): Header {
  const settings = noSettings();
  const tables = headerTables();
  const potcars = potcarList();
  const counts = atomCountReader();
  let version: string | undefined;
  let processes: Processes | undefined;
  const places: Record<string, Place> = {};
  forEachLine(scanner, start, end, (line, offset) => {
    if (tables.takeRow(line, offset)) return;
    const first = firstCharacter(line);
    // Rows of numbers, rulers and blank lines are most of a header.
    const assigns = line.includes('=');
    if (!(assigns || counts.isOpen() || isLetter(first))) return;
    if (first === 'v' && version === undefined) {
      version = versionOfLine(line);
      if (version !== undefined) places.version = { ...placeOf(line, offset, version), byteLength: version.length };
    }
    if (tables.takeTitle(line, first, offset)) return;
    if (first === 'r') processes ??= processesOf(line, offset);
    if (first === 'L' && line.includes(LDAU_IN_USE)) {
      settings.values.LDAU = true;
      settings.places['settings.LDAU'] = placeOf(line, offset, LDAU_IN_USE);
    }
    if (TEXT_BEGINNINGS.includes(first) && TEXT_LINES.test(line)) takeSystem(line, offset, settings);
    else if (counts.take(line, first)) {
      if (first === 'i') places['structure.species'] = placeOf(line, offset, first);
    } else if (potcars.take(line, first)) places.potcars = upTo(places.potcars, line, offset);
    else if (assigns) readSettings(line, offset, settings);
  });
  const nions = settings.values.NIONS;
  const atomCount = typeof nions === 'number' && Number.isInteger(nions) && nions > 0 ? nions : undefined;
  const types = counts.counts(potcars.potcars().length, atomCount);
  const species = speciesOf(potcars, types);
  return {
    ...(version !== undefined && { version }),
    ...settingsOf(settings, tables),
    ...(processes?.computing !== undefined && { computing: processes.computing }),
    places: { ...settings.places, ...tables.places(), ...processes?.places, ...places },
    potcars: potcars.potcars(),
    potcarsComplete: counts.found() || end < scanner.sizeBytes,
    ...(species !== undefined && { species }),
    ...(atomCount !== undefined && { atomCount }),
    ...startOf(tables, species),
    issues: [
      ...(processes?.issues ?? []),
      ...settings.unreadable.values(),
      ...listIssues(settings, types?.length),
      ...tables.issues(),
      ...potcars.issues(),
      ...countIssues(tables, { settings: settings.values, species, atomCount, end, isCut: end >= scanner.sizeBytes }),
    ],
  };
}

/** The first character that is no blank; empty for a blank line. */
function firstCharacter(line: string): string {
  let at = 0;
  while (line.charCodeAt(at) <= BLANK) at += 1;
  return line.charAt(at);
}

function isLetter(character: string): boolean {
  return character >= 'A' && character <= 'z';
}

function takeSystem(line: string, offset: number, settings: MutableSettings): void {
  const match = /^\s*SYSTEM\s*=/.exec(line);
  if (match === null) return;
  settings.values.SYSTEM = readable(line.slice(match[0].length).trim().replaceAll(/^"|"$/g, ''));
  settings.places['settings.SYSTEM'] = placeOf(line, offset, 'SYSTEM');
}

/** The place from where it began to the end of this line. */
function upTo(place: Place | undefined, line: string, offset: number): Place {
  const byteOffset = place?.byteOffset ?? offset;
  return { byteOffset, byteLength: offset + line.length - byteOffset };
}

/** Titles are written in whatever the terminal had: UTF-8 if the bytes are, else Latin-1. */
function readable(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  return utf8.includes('\uFFFD') ? latin1 : utf8;
}

function settingsOf(settings: MutableSettings, tables: HeaderTables): Pick<Header, 'settings'> {
  // Given twice under different names: NEB runs print SPRING and LCLIMB without `=`.
  return { settings: { ...settings.values, ...tables.nebSettings() } };
}

/** More POTCARs than types are allowed: VASP reads the first ones. */
function speciesOf(potcars: PotcarList, counts: readonly number[] | undefined): string[] | undefined {
  if (counts === undefined) return undefined;
  const species: string[] = [];
  for (const [type, count] of counts.entries()) {
    const element = potcars.element(type);
    if (element === undefined) return undefined;
    for (let atom = 0; atom < count; atom += 1) species.push(element);
  }
  return species;
}

function startOf(tables: HeaderTables, species: readonly string[] | undefined): Pick<Header, 'structure' | 'kpoints'> {
  const kpoints = tables.kpoints();
  const structure = startingStructure(tables.lattice(), tables.cartesian(), species);
  return { ...(structure !== undefined && { structure }), ...(kpoints !== undefined && { kpoints }) };
}

function startingStructure(
  lattice: Matrix3 | undefined,
  cartesian: readonly Vector3[] | undefined,
  species: readonly string[] | undefined,
): Structure | undefined {
  if (lattice === undefined || species === undefined || cartesian?.length !== species.length) return undefined;
  return { latticeAngstrom: lattice, species, cartesianAngstrom: flat(cartesian) };
}

function flat(rows: readonly Vector3[]): Float64Array {
  const values = new Float64Array(3 * rows.length);
  for (const [row, vector] of rows.entries()) values.set(vector, 3 * row);
  return values;
}

/** A list that lost a number gives the rest of them to other types. LDA+U of a run without it is only what the user wrote. */
function listIssues({ values, places }: MutableSettings, types: number | undefined): Issue[] {
  if (types === undefined || types > TYPES_IN_A_LINE) return [];
  const found = (tag: string): number => {
    const list = tag === 'ROPT' || values.LDAU === true ? values[tag] : undefined;
    return Array.isArray(list) ? list.length : types;
  };
  return LISTS_OF_TYPES.filter((tag) => found(tag) < types).map((tag) => {
    const details = { expected: `${types} numbers of ${tag}`, found: `${found(tag)}` };
    return issue('W_UNPARSEABLE', details, { byteOffset: places[`settings.${tag}`]?.byteOffset ?? 0, block: 'header' });
  });
}

interface Told {
  readonly settings: MutableSettings['values'];
  readonly species: readonly string[] | undefined;
  readonly atomCount: number | undefined;
  readonly end: number;
  readonly isCut: boolean;
}

/** Lists that lack a line, or a header that the end of the file cuts before its starting positions. */
function countIssues(tables: HeaderTables, { settings, species, atomCount, end, isCut }: Told): Issue[] {
  const rows = tables.rowCounts();
  const atoms = atomCount ?? species?.length;
  const issues: Issue[] = [];
  const compare = (what: string, expected: SettingValue | undefined, found: number | undefined): void => {
    if (typeof expected !== 'number' || found === undefined || found === expected) return;
    const details = { expected: `${expected} ${what}`, found: `${found}` };
    issues.push(issue('W_UNPARSEABLE', details, { byteOffset: end, block: 'header' }));
  };
  compare('starting positions', atoms, rows.cartesian);
  compare('k-points', settings.NKPTS, rows.kpoints);
  if (isCut && rows.cartesian === undefined) {
    const details = { expected: 'a header up to the starting positions', found: 'the file ends before them' };
    issues.push(issue('W_UNPARSEABLE', details, { byteOffset: end, block: 'header' }));
  }
  return issues;
}
