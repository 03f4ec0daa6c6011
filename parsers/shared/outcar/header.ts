/**
 * The header of an OUTCAR: version, POTCARs, settings, cell, k-points and starting positions; everything before the
 * first electronic iteration.
 *
 * The mistake avoided here: text boxes (`| … try LREAL= Auto …|`), titles and the user's SYSTEM line contain `TAG=`
 * too, and must not be read as settings.
 */
import type { KPoints, Place, Potcar } from '../../../model/calculation.ts';
import { elementOfPotcarSymbol } from '../../../model/elements.ts';
import type { Matrix3, Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { fixedWidthCounts, HeaderTables } from './header-tables.ts';
import { type MutableSettings, readSettings } from './setting-tags.ts';

export interface Header {
  readonly version?: string;
  readonly settings: MutableSettings['values'];
  readonly potcars: readonly Potcar[];
  /** Element of every atom; absent when types and counts are not both known. */
  readonly species?: readonly string[];
  readonly atomCount?: number;
  /** Starting structure. */
  readonly structure?: Structure;
  readonly kpoints?: KPoints;
  readonly places: Readonly<Record<string, Place>>;
}

/** A header of a sane file is far smaller; a file without any iteration must not be read into one string. */
const MAXIMUM_HEADER_BYTES = 64 * 1024 * 1024;

const VERSION = /^\s*vasp\.(\d+\.\d+(?:\.\d+(?![0-9A-Za-z]))?)/;

/** Version in a header line such as ` vasp.5.4.4.18Apr17-6-g9f103f2a35 (build …)`; undefined for any other line. */
export function versionOfLine(line: string): string | undefined {
  return VERSION.exec(line)?.[1];
}

export function readHeader(scanner: ByteScanner, start: number, end: number): Header {
  const text = scanner.text(start, Math.min(end, start + MAXIMUM_HEADER_BYTES));
  const reader = new HeaderReader(start);
  const tables = new HeaderTables();
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = text.slice(at, lineEnd);
    if (!tables.take(line)) reader.take(line, at);
    at = lineEnd + 1;
  }
  return reader.header(tables);
}

class HeaderReader {
  readonly #offset: number;
  readonly #settings: MutableSettings = { values: {}, positions: {} };
  readonly #titles: string[] = [];
  readonly #potcarLines: string[] = [];
  readonly #valences: number[] = [];
  readonly #elements: string[] = [];
  readonly #places: Record<string, Place> = {};
  #version: string | undefined;
  #ionsPerType: number[] | undefined;
  #ionsPerTypeText = '';

  constructor(offset: number) {
    this.#offset = offset;
  }

  take(line: string, at: number): void {
    if (this.#version === undefined && line.includes('vasp.')) this.#version = versionOfLine(line);
    if (line.startsWith(' POTCAR:')) {
      this.#potcarLines.push(line.slice(8).trim());
      return;
    }
    if (!line.includes('=')) {
      if (line.includes('LDA+U is selected')) this.#settings.values.LDAU = true;
      return;
    }
    if (/^\s*(?:\||SYSTEM\b|POSCAR\b|COPYR\b|SHA256\b)/.test(line) || line.startsWith(' POSCAR:')) {
      this.#takeSystem(line);
      return;
    }
    if (line.includes('LDA+U is selected')) this.#settings.values.LDAU = true;
    this.#takePotcar(line);
    const ions = /ions per type =(.*)$/.exec(line);
    if (ions?.[1] !== undefined) {
      this.#ionsPerTypeText = ions[1];
      this.#ionsPerType = countsOf(ions[1]);
    }
    readSettings(line, this.#offset + at, this.#settings);
  }

  header(tables: HeaderTables): Header {
    const settings = this.#settings.values;
    const potcars = this.#potcars();
    const atomCount = typeof settings.NIONS === 'number' ? settings.NIONS : undefined;
    const species = this.#species(potcars, atomCount);
    const structure = startingStructure(tables.lattice(), tables.cartesian(), species);
    const kpoints = tables.kpoints();
    for (const [tag, place] of Object.entries(this.#settings.positions)) {
      this.#places[`settings.${tag}`] = { byteOffset: place.start, byteLength: place.length };
    }
    // Given twice under different names: NEB runs print SPRING and LCLIMB without `=`.
    Object.assign(settings, tables.nebSettings());
    return {
      ...(this.#version !== undefined && { version: this.#version }),
      settings,
      potcars,
      ...(species !== undefined && { species }),
      ...(atomCount !== undefined && { atomCount }),
      ...(structure !== undefined && { structure }),
      ...(kpoints !== undefined && { kpoints }),
      places: this.#places,
    };
  }

  #takeSystem(line: string): void {
    const system = /^\s*SYSTEM\s*=\s*(.*?)\s*$/.exec(line)?.[1];
    if (system !== undefined) this.#settings.values.SYSTEM = system.replaceAll(/^"|"$/g, '');
  }

  #takePotcar(line: string): void {
    const title = /^\s*TITEL\s*=\s*(.*?)\s*$/.exec(line)?.[1];
    if (title !== undefined) this.#titles.push(title);
    const element = /^\s*VRHFIN\s*=\s*([A-Za-z]{1,2})/.exec(line)?.[1];
    if (element !== undefined) this.#elements.push(element);
    const valence = /POMASS\s*=[^;]*;\s*ZVAL\s*=\s*(\S+)/.exec(line)?.[1];
    if (valence !== undefined) this.#valences.push(parseFortranNumber(valence));
  }

  #potcars(): Potcar[] {
    // Runs with NWRITE = 0 have no TITEL lines; the ` POTCAR:` lines at the top hold the same titles, listed twice.
    const listed = this.#potcarLines;
    const titles = this.#titles.length > 0 ? this.#titles : listed.slice(0, Math.ceil(listed.length / 2));
    return titles.map((title, index) => {
      const valence = this.#valences[index];
      return { title, ...(valence !== undefined && Number.isFinite(valence) && { valence }) };
    });
  }

  #species(potcars: readonly Potcar[], atomCount: number | undefined): string[] | undefined {
    const counts = this.#counts(potcars.length, atomCount);
    if (counts === undefined || counts.length > potcars.length) return undefined;
    const species: string[] = [];
    for (const [type, count] of counts.entries()) {
      const symbol = potcars[type]?.title.split(/\s+/)[1] ?? '';
      const element = elementOfPotcarSymbol(symbol) ?? elementOfPotcarSymbol(this.#elements[type] ?? '');
      if (element === undefined) return undefined;
      for (let atom = 0; atom < count; atom += 1) species.push(element);
    }
    return species;
  }

  #counts(types: number, atomCount: number | undefined): number[] | undefined {
    const counts = this.#ionsPerType;
    if (counts === undefined || atomCount === undefined) return counts;
    if (counts.reduce((total, count) => total + count, 0) === atomCount) return counts;
    return fixedWidthCounts(this.#ionsPerTypeText, types, atomCount);
  }
}

function countsOf(text: string): number[] | undefined {
  const counts = text.trim().split(/\s+/).map(parseFortranNumber);
  return counts.every((count) => Number.isInteger(count) && count >= 0) ? counts : undefined;
}

function startingStructure(
  lattice: Matrix3 | undefined,
  cartesian: readonly Vector3[] | undefined,
  species: readonly string[] | undefined,
): Structure | undefined {
  if (lattice === undefined || species === undefined || cartesian?.length !== species.length) return undefined;
  return { latticeAngstrom: lattice, species, cartesianAngstrom: Float64Array.from(cartesian.flat()) };
}
