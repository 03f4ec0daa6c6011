/**
 * The structure of a data block: cell from lengths and angles (a along x, b in the plane of x and y), all atoms that the
 * symmetry operations make of the sites.
 *
 * The mistakes avoided here: an atom on a special place counted once for each operation that leaves it there, and a site
 * shared by two elements read as one of them.
 */
import { isElement } from '../../../model/elements.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { type Matrix3, periodicDistance, toCartesian, type Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import { type Fault, faultAt, isFault } from '../fault.ts';
import { quoted, type TextLine, whereOf } from '../line-reader.ts';
import type { CifBlock, CifTable } from './blocks.ts';
import { applied, type CifOperation, IDENTITY, operationOf } from './symmetry.ts';
import type { CifToken } from './tokens.ts';

export interface CifStructure {
  readonly structure: Structure;
  readonly issues: readonly Issue[];
  readonly lastLine: TextLine;
}

const COORDINATES = ['_atom_site_fract_x', '_atom_site_fract_y', '_atom_site_fract_z'] as const;
const CELL = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'] as const;
/** Coordinates of special places are rounded (0.3333); no two atoms are so near, Å. */
const SAME_PLACE_ANGSTROM = 0.1;
/** An occupancy is rounded, too. */
const WHOLE_OCCUPANCY = 0.999;
/** Each is held against the others; no cell that is looked at by its symmetry has so many. */
const MOST_ATOMS = 20_000;

export function holdsStructure({ items, tables }: CifBlock): boolean {
  return items.has('_cell_length_a') && tables.some(isSiteTable);
}

function isSiteTable({ tags }: CifTable): boolean {
  return tags.includes(COORDINATES[0]);
}

export function structureOf(block: CifBlock): CifStructure | Fault {
  const lattice = latticeOf(block);
  if (isFault(lattice)) return lattice;
  const operations = operationsOf(block);
  if (isFault(operations)) return operations;
  const table = block.tables.find(isSiteTable);
  const sites = table === undefined ? [] : sitesOf(table);
  if (isFault(sites)) return sites;
  const [first] = sites;
  const last = sites.at(-1);
  if (first === undefined || last === undefined)
    return faultAt(block.head.line, 'atoms with fractional coordinates', 'none');
  if (sites.length * operations.list.length > MOST_ATOMS) {
    return faultAt(
      first.line,
      `at most ${MOST_ATOMS} atoms`,
      `${sites.length} sites and ${operations.list.length} operations`,
    );
  }
  const atoms = allAtoms(sites, operations.list, lattice);
  if (isFault(atoms)) return atoms;
  const structure: Structure = {
    latticeAngstrom: lattice,
    species: atoms.map(({ species }) => species),
    cartesianAngstrom: Float64Array.from(atoms.flatMap(({ place }) => place)),
  };
  return { structure, issues: operations.issues, lastLine: last.line };
}

/** `3.2495(5)`: without the uncertainty. Undefined for `?`, `.` and what is no number. */
function numberOf(token: CifToken | undefined): number | undefined {
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:\(\d+\))?$/.exec(token?.text ?? '');
  const value = found === null ? Number.NaN : Number(found[1]);
  return Number.isFinite(value) ? value : undefined;
}

function latticeOf({ items, head }: CifBlock): Matrix3 | Fault {
  const values: number[] = [];
  for (const name of CELL) {
    const token = items.get(`_cell_${name}`);
    const value = numberOf(token);
    const limit = name.startsWith('angle') ? 180 : Number.POSITIVE_INFINITY;
    if (value === undefined || !(value > 0 && value < limit)) {
      const found = token === undefined ? 'none' : quoted(token.text);
      return faultAt(token?.line ?? head.line, `_cell_${name} as a positive number`, found, 'E_UNPARSEABLE');
    }
    values.push(value);
  }
  const [a = 0, b = 0, c = 0, ...angles] = values;
  const [ca = 0, cb = 0, cg = 0] = angles.map(cosineOf);
  const sg = Math.sqrt(1 - cg * cg);
  const [x, y] = [cb, (ca - cb * cg) / sg];
  const square = 1 - x * x - y * y;
  if (!(square > 1e-9)) return faultAt(head.line, 'angles that a cell can have', angles.join(', '), 'E_UNPARSEABLE');
  return [
    [a, 0, 0],
    [b * cg, b * sg, 0],
    [c * x, c * y, c * Math.sqrt(square)],
  ];
}

/** Exactly 0 and ½ for the usual angles. */
function cosineOf(degrees: number): number {
  const exact: Readonly<Record<number, number>> = { 90: 0, 60: 0.5, 120: -0.5 };
  return exact[degrees] ?? Math.cos((degrees * Math.PI) / 180);
}

const OPERATION_TAGS = ['_space_group_symop_operation_xyz', '_symmetry_equiv_pos_as_xyz'];
const GROUP_TAGS = [
  '_space_group_name_h-m_alt',
  '_symmetry_space_group_name_h-m',
  '_space_group_it_number',
  '_symmetry_int_tables_number',
  '_space_group_name_hall',
  '_symmetry_space_group_name_hall',
];

interface Operations {
  readonly list: readonly CifOperation[];
  readonly issues: readonly Issue[];
}

function operationsOf({ items, tables, head }: CifBlock): Operations | Fault {
  const listed = OPERATION_TAGS.flatMap((tag) => {
    const column = tables.flatMap(({ tags, rows }) =>
      tags.includes(tag) ? rows.map((row) => row[tags.indexOf(tag)]) : [],
    );
    return [...column, items.get(tag)].filter((token) => token !== undefined);
  });
  const list: CifOperation[] = [];
  for (const token of listed) {
    const operation = operationOf(token.text);
    if (operation === undefined)
      return faultAt(token.line, 'a symmetry operation such as "x, y, z"', quoted(token.text));
    list.push(operation);
  }
  if (list.length > 0) return { list, issues: [] };
  const named = GROUP_TAGS.map((tag) => items.get(tag)).find((token) => token !== undefined && isTold(token));
  if (named === undefined) {
    const reason =
      'symmetry: the file lists no operations and names no space group; its atoms count as all of the cell';
    return { list: [IDENTITY], issues: [issue('I_NOT_READ', { reason }, whereOf(head.line))] };
  }
  if (/^(?:P\s*1|1)$/i.test(named.text.trim())) return { list: [IDENTITY], issues: [] };
  return faultAt(
    named.line,
    'the symmetry operations listed (_symmetry_equiv_pos_as_xyz)',
    `only ${quoted(named.text)}`,
  );
}

function isTold({ text, isQuoted }: CifToken): boolean {
  return isQuoted || (text !== '?' && text !== '.');
}

interface Site {
  readonly label: string;
  readonly species: string;
  readonly fractional: Vector3;
  readonly line: TextLine;
}

function sitesOf({ tags, rows }: CifTable): Site[] | Fault {
  const sites: Site[] = [];
  for (const row of rows) {
    const at = (tag: string): CifToken | undefined => row[tags.indexOf(tag)];
    const [first] = row;
    if (first === undefined || at('_atom_site_calc_flag')?.text === 'dum') continue;
    const { line } = first;
    const label = at('_atom_site_label')?.text ?? at('_atom_site_type_symbol')?.text ?? '';
    const species = elementOf(at('_atom_site_type_symbol')) ?? elementOf(at('_atom_site_label'));
    if (species === undefined) return faultAt(line, 'the symbol of an element', quoted(label), 'E_UNPARSEABLE');
    const [x, y, z] = COORDINATES.map((tag) => numberOf(at(tag)));
    if (x === undefined || y === undefined || z === undefined) {
      return faultAt(line, `three coordinates of ${label}`, quoted(line.text), 'E_UNPARSEABLE');
    }
    const occupancy = at('_atom_site_occupancy');
    const share = occupancy === undefined || !isTold(occupancy) ? 1 : numberOf(occupancy);
    if (share === undefined || !(share >= WHOLE_OCCUPANCY && share < 1.01)) {
      return faultAt(
        line,
        'sites that one element occupies wholly',
        `${label} with ${occupancy?.text}`,
        'E_UNPARSEABLE',
      );
    }
    sites.push({ label, species, fractional: [x, y, z], line });
  }
  return sites;
}

/** Water as one site: `Wat1` is no tungsten, and `H2O` no hydrogen. */
const WATER = /^(?:Wat|[HD]2O)/i;
/** Deuterium is hydrogen to a calculation. */
const DEUTERIUM = /^D(?![a-z])/i;

/** `Zn2+`, `Zn1`, `O_a`: the two first letters, or the first one. */
function elementOf(token: CifToken | undefined): string | undefined {
  const text = token?.text ?? '';
  if (WATER.test(text)) return undefined;
  if (DEUTERIUM.test(text)) return 'H';
  const [letters] = /^[A-Za-z]{1,2}/.exec(text) ?? [''];
  const cased = letters.slice(0, 1).toUpperCase() + letters.slice(1).toLowerCase();
  return [cased, cased.slice(0, 1)].find(isElement);
}

interface PlacedSite {
  readonly species: string;
  readonly place: Vector3;
}

function allAtoms(sites: readonly Site[], operations: readonly CifOperation[], lattice: Matrix3): PlacedSite[] | Fault {
  const distance = periodicDistance(lattice);
  const isNear = (left: Vector3, right: Vector3): boolean =>
    distance(left[0] - right[0], left[1] - right[1], left[2] - right[2]) < SAME_PLACE_ANGSTROM;
  const atoms: PlacedSite[] = [];
  for (const { species, fractional, label, line } of sites) {
    const own: PlacedSite[] = [];
    for (const operation of operations) {
      const image = applied(operation, fractional);
      // Where there is no symmetry, the atoms stay where the file has them.
      const place = toCartesian(operations.length === 1 ? image : wrapped(image), lattice);
      if (!own.some((other) => isNear(other.place, place))) own.push({ species, place });
    }
    const [start] = own;
    // If any image of a site lies on another site, so does its first one.
    if (start !== undefined && atoms.some((other) => isNear(other.place, start.place))) {
      return faultAt(line, 'one atom at a place', `${label} where another site is`, 'E_UNPARSEABLE');
    }
    atoms.push(...own);
  }
  return atoms;
}

/** Into [0, 1), where a rounded −0 is 0. */
function wrapped([x, y, z]: Vector3): Vector3 {
  const within = (part: number): number => {
    const rest = part - Math.floor(part);
    return rest > 1 - 1e-9 ? 0 : rest;
  };
  return [within(x), within(y), within(z)];
}
