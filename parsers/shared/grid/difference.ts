/**
 * Δ = A − B − C … of grid files, streamed in lockstep: charge that moved when the parts were put together.
 *
 * The mistakes avoided here: subtracting grids of other cells or other origins (each value would be compared with another
 * place), and parts whose atoms were moved, whose difference shows the movement and not the bond (SCIENCE §7). Only first
 * blocks are subtracted (the charge, or the potential of a run without spin); magnetisations of parts rarely mean anything.
 */
import type { ByteSource } from '../../../model/byte-source.ts';
import type { FileRecord, Place } from '../../../model/calculation.ts';
import type { GridComponent, GridPoints } from '../../../model/grid.ts';
import { type Issue, issue, located } from '../../../model/issues.ts';
import { type Matrix3, minimumImage, norm, subtract, type Vector3, volume } from '../../../model/lattice.ts';
import { vectorAt } from '../../../model/structure.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { BlockReader } from './block-reader.ts';
import { PlaneSums } from './plane-sums.ts';
import { PORTION } from './read-frame.ts';

/** Cells and positions are printed with six decimals; a part relaxed by more than this is another geometry. */
export const SAME_PLACE_ANGSTROM = 1e-3;

/** A grid file with its record; the record's first component is what is subtracted. */
export interface GridInput {
  readonly name: string;
  readonly source: ByteSource;
  readonly record: FileRecord;
}

export interface GridDifference {
  readonly component?: GridComponent;
  readonly issues: readonly Issue[];
}

export function gridDifference(whole: GridInput, parts: readonly GridInput[]): GridDifference {
  const inputs = [whole, ...parts];
  const missing = inputs.flatMap(missingIssues);
  const issues = missing.length > 0 ? missing : parts.flatMap((part) => mismatches(whole, part));
  const { grid } = whole.record;
  const lattice = latticeOf(whole.record);
  if (issues.length > 0 || grid === undefined || lattice === undefined) return { issues };
  const sums = summedDifference(inputs, grid.points);
  const isDensity = grid.quantity === 'charge';
  return { component: sums.component('total', isDensity ? volume(lattice) : 1, isDensity), issues: [] };
}

/** One portion of each file at a time; all blocks are known to be whole, since their records hold them. */
function summedDifference(inputs: readonly GridInput[], points: GridPoints): PlaneSums {
  const [first, ...others] = inputs.map((input) => {
    const start = firstPlace(input)?.byteOffset ?? 0;
    return new BlockReader(new ByteScanner(input.source), start, 1, points);
  });
  const sums = new PlaneSums(points);
  const total = new Float64Array(PORTION);
  const part = new Float64Array(PORTION);
  for (let count = first?.fill(total) ?? 0; count > 0; count = first?.fill(total) ?? 0) {
    for (const other of others) {
      other.fill(part);
      for (let index = 0; index < count; index += 1) {
        total[index] = (total[index] as number) - (part[index] as number); // both hold `count` values
      }
    }
    sums.add(total, count);
  }
  return sums;
}

function missingIssues({ name, record }: GridInput): Issue[] {
  if (record.grid?.components[0]?.name === 'total') return [];
  const found = record.grid?.components[0]?.name ?? 'none that is whole';
  return located([issue('E_SYNTAX', { expected: 'a block "total" to subtract', found })], { file: name });
}

function firstPlace({ record }: GridInput): Place | undefined {
  return record.places['grid.components.0'];
}

function mismatches(whole: GridInput, part: GridInput): Issue[] {
  const differing = (what: string, left: string, right: string): Issue =>
    issue('E_GRID_MISMATCH', { what, left, right }, { file: part.name });
  const [left, right] = [whole.record.grid, part.record.grid];
  if (left === undefined || right === undefined) return [];
  if (left.quantity !== right.quantity) return [differing('the quantity', left.quantity, right.quantity)];
  if (left.points.join() !== right.points.join()) {
    return [differing('the grid', left.points.join(' × '), right.points.join(' × '))];
  }
  const [cell, other] = [latticeOf(whole.record), latticeOf(part.record)];
  if (cell === undefined || other === undefined) return [];
  const apart = cell.findIndex((vector, axis) => !isNear(vector, other[axis] ?? vector));
  if (apart >= 0) {
    const text = (lattice: Matrix3): string => (lattice[apart] ?? []).map((value) => value.toFixed(6)).join(' ');
    return [differing(`lattice vector ${'abc'[apart]}`, text(cell), text(other))];
  }
  const stray = strayAtom(whole.record, part.record, cell);
  if (stray === undefined) return [];
  const found =
    stray.distance < Number.POSITIVE_INFINITY ? `${stray.distance.toFixed(4)} Å away from one` : 'of no kind in it';
  return [differing(`the place of atom ${stray.atom + 1} of the part`, 'taken by no atom of its kind', found)];
}

/** The first atom of the part that stands at no atom of the whole of the same kind. */
function strayAtom(
  whole: FileRecord,
  part: FileRecord,
  cell: Matrix3,
): { readonly atom: number; readonly distance: number } | undefined {
  const places = positionsOf(whole);
  const shortest = minimumImage(cell);
  const [kinds, partKinds] = [whole.structure?.species, part.structure?.species];
  for (const [atom, position] of positionsOf(part).entries()) {
    let distance = Number.POSITIVE_INFINITY;
    for (const [index, place] of places.entries()) {
      if (kinds !== undefined && partKinds !== undefined && kinds[index] !== partKinds[atom]) continue;
      distance = Math.min(distance, norm(shortest(subtract(position, place))));
      if (distance <= SAME_PLACE_ANGSTROM) break;
    }
    if (distance > SAME_PLACE_ANGSTROM) return { atom, distance };
  }
  return undefined;
}

function positionsOf({ structure, unnamedStructure }: FileRecord): Vector3[] {
  const values = (structure ?? unnamedStructure)?.cartesianAngstrom ?? new Float64Array(0);
  return Array.from({ length: values.length / 3 }, (_, index) => vectorAt(values, index));
}

function latticeOf({ structure, unnamedStructure }: FileRecord): Matrix3 | undefined {
  return (structure ?? unnamedStructure)?.latticeAngstrom;
}

function isNear(u: Vector3, v: Vector3): boolean {
  return norm(subtract(u, v)) <= SAME_PLACE_ANGSTROM;
}
