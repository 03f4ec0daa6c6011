/**
 * How one ionic step is printed: what each of its numbers is, behind the electronic steps. Known are steps of relaxations
 * and molecular dynamics as all but the last one of a run are: cell, positions, forces, stress, energies, time.
 *
 * The mistake avoided here: a step with something more in it that counts (a density of states, a Fermi energy, a tensor)
 * would lose that. A step with any other element in it has no layout.
 */
import type { StepPattern } from './events.ts';
import { areAlikeNumbers, layoutOf, type NumberLayout } from './number-layout.ts';

/** `numbers` are read; without them it is a table that is only looked over for stars and NaN. */
interface Piece {
  readonly numbers?: NumberLayout;
  readonly length: number;
}

export interface StepLayout {
  /** What stands before the first electronic step. */
  readonly head: Buffer;
  /** What follows the last one, in bytes and in numbers that are read. */
  readonly pieces: readonly Piece[];
  readonly length: number;
  readonly count: number;
  /** Which number is the first of each; −1 where there is none. */
  readonly lattice: number;
  readonly positions: number;
  readonly forces: number;
  readonly stress: number;
  readonly freeEnergy: number;
  readonly seconds: number;
}

const HEAD = /^<calculation>\s*(?=<scstep>)/;
const SCF_END = '</scstep>';
const TOKEN = /<(\/?)([a-z_]+)(?: name="(\w+)")? *>([^<>&\r]*)/y;
const TABLE_START = /<varray name="(?:positions|forces)" *>/g;

type Role = 'lattice' | 'positions' | 'forces' | 'stress' | 'freeEnergy' | 'times' | 'other';
/** Elements that hold numbers, and what these are. */
const ROLES: Readonly<Record<string, Role>> = {
  '/structure/crystal/varray.basis/v': 'lattice',
  '/structure/crystal/i.volume': 'other',
  '/structure/crystal/varray.rec_basis/v': 'other',
  '/structure/varray.positions/v': 'positions',
  '/structure/varray.velocities/v': 'other',
  '/varray.forces/v': 'forces',
  '/varray.stress/v': 'stress',
  '/energy/i.e_fr_energy': 'freeEnergy',
  '/energy/i.e_wo_entrp': 'other',
  '/energy/i.e_0_energy': 'other',
  '/energy/i.kinetic': 'other',
  '/energy/i.nosepot': 'other',
  '/energy/i.nosekinetic': 'other',
  '/energy/i.total': 'other',
  '/time.totalsc': 'times',
};

/** The layout of a whole step; undefined when it has something else in it, or not each thing once. */
export function stepLayout(step: Buffer, pattern: StepPattern): StepLayout | undefined {
  const text = step.toString('latin1');
  const head = HEAD.exec(text)?.[0];
  if (head === undefined) return undefined;
  const start = text.lastIndexOf(SCF_END) + SCF_END.length;
  const rest = text.slice(start);
  const found = rolesOf(rest, pattern.keepsTables);
  if (found === undefined || !isWhole(found, pattern.atoms)) return undefined;
  const first = (role: Role): number => found.get(role)?.first ?? -1;
  const pieces = pattern.keepsTables ? [pieceOf(step.subarray(start))] : piecesOf(step.subarray(start), rest);
  return {
    head: Buffer.from(step.subarray(0, head.length)),
    pieces,
    length: rest.length,
    count: pieces.reduce((sum, { numbers }) => sum + (numbers?.count ?? 0), 0),
    lattice: first('lattice'),
    positions: first('positions'),
    forces: first('forces'),
    stress: first('stress'),
    freeEnergy: first('freeEnergy'),
    // Of processor and real time the second.
    seconds: found.has('times') ? first('times') + 1 : -1,
  };
}

interface Range {
  /** Among the numbers that are read. */
  readonly first: number;
  count: number;
}

/** What the numbers of a step are; undefined when an element is none of the known ones. */
function rolesOf(rest: string, keepsTables: boolean): Map<Role, Range> | undefined {
  const found = new Map<Role, Range>();
  const path = [''];
  let number = 0;
  TOKEN.lastIndex = rest.search(/\S/);
  while (TOKEN.lastIndex < rest.length) {
    const [, slash, tag = '', name, content = ''] = TOKEN.exec(rest) ?? [];
    if (slash === undefined) return undefined;
    if (slash === '/') path.pop();
    else path.push(`${path.at(-1)}/${name === undefined ? tag : `${tag}.${name}`}`);
    // The end tag of the step closes what its start tag opened.
    if (path.length === 0) return TOKEN.lastIndex === rest.length ? found : undefined;
    const role = slash === '/' ? undefined : ROLES[path.at(-1) ?? ''];
    if (role === undefined) {
      if (content.trim() !== '' || (slash === '' && !isContainer(path.at(-1) ?? ''))) return undefined;
      continue;
    }
    const width = role === 'freeEnergy' ? 1 : role === 'times' ? 2 : 3;
    const isAlike = areAlikeNumbers(content, role === 'other' ? undefined : width);
    if (!isAlike && role !== 'other') return undefined;
    const count = areAlikeNumbers(content) ? (content.match(/\./g)?.length ?? 0) : 0;
    const range = found.get(role) ?? { first: number, count: 0 };
    range.count += count;
    found.set(role, range);
    if (keepsTables || (role !== 'positions' && role !== 'forces')) number += count;
  }
  return undefined;
}

function isContainer(path: string): boolean {
  return Object.keys(ROLES).some((known) => known.startsWith(`${path}/`));
}

function isWhole(found: ReadonlyMap<Role, Range>, atoms: number): boolean {
  const has = (role: Role, count: number): boolean => found.get(role)?.count === count;
  return (
    has('lattice', 9) &&
    has('positions', 3 * atoms) &&
    has('forces', 3 * atoms) &&
    has('freeEnergy', 1) &&
    (!found.has('stress') || has('stress', 9)) &&
    (!found.has('times') || has('times', 2))
  );
}

/** The tables of positions and forces, and what stands before, between and behind them. */
function piecesOf(bytes: Buffer, rest: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { index, 0: tag } of rest.matchAll(TABLE_START)) {
    const from = index + tag.length;
    const to = rest.indexOf('</varray>', from);
    pieces.push(pieceOf(bytes.subarray(at, from)), { length: to - from });
    at = to;
  }
  return [...pieces, pieceOf(bytes.subarray(at))];
}

function pieceOf(markup: Buffer): Piece {
  return { numbers: layoutOf(markup), length: markup.length };
}
