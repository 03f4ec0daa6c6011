/**
 * Rows for the k-points: two slabs of one cell need the same mesh in the plane, bulk and slab spacings within a quarter
 * (SCIENCE §11).
 *
 * The mistakes avoided here: comparing a bulk with the spacing across a slab's vacuum, where nothing is sampled, and
 * taking a mesh through Γ and one beside it for the same because their subdivisions are.
 */
import type { Vector3 } from '../../model/lattice.ts';
import { cellMismatch } from './cell-mismatch.ts';
import { type Mesh, meshOfSpacing } from './kpoint-mesh.ts';
import { compared, type Pair, type Row, rerun, type Side, untold } from './setting-comparison.ts';
import type { SettingsSummary } from './settings-summary.ts';

/** Bulk and slab may differ by this ratio of their spacings. */
const SPACING_RATIO = 1.25;
/** Two offsets closer than this, in subdivisions, are one. */
const SAME_OFFSET = 0.02;
const ITEM = 'k-points';

export function meshRows(pair: Pair): Row[] {
  // An isolated atom has nothing to sample.
  if (pair.kind === 'atom-reference') return [];
  const [one, other] = [pair.left.mesh(), pair.right.mesh()];
  if (one === undefined || other === undefined) {
    return [untold(ITEM, 'KPOINTS', pair, [one?.join('×'), other?.join('×')])];
  }
  if (pair.kind === 'bulk-reference') return densityRows(pair);
  const [left, right] = [pair.left.calculation.structure, pair.right.calculation.structure];
  if (left === undefined || right === undefined) return [];
  // In another cell the same mesh is another sampling; that the cells differ is told already.
  if (cellMismatch(left.latticeAngstrom, right.latticeAngstrom) !== undefined) return [];
  return [sameMeshRow(pair, one, other)];
}

/** Sampling across a vacuum changes next to nothing: only a mesh that differs in the plane makes the difference void. */
function sameMeshRow(pair: Pair, one: Mesh, other: Mesh): Row {
  const across = pair.left.openAxes().length === 1 ? pair.left.openAxes()[0] : undefined;
  const inPlane = (mesh: readonly number[]): string => mesh.filter((_, axis) => axis !== across).join();
  const rule = { item: ITEM, tag: 'mesh', pair, values: [one.join('×'), other.join('×')] } as const;
  const worse = inPlane(one) === inPlane(other) ? undefined : coarser(one, other);
  const asked = [askedMesh(one, pair.left), askedMesh(other, pair.right)] as const;
  if (inPlane(one) !== inPlane(other)) return compared({ ...rule, code: 'E_KMESH', worse, asked });
  if (one.join() !== other.join()) return compared({ ...rule, code: 'W_KMESH', asked });
  const offsets = [pair.left.meshOffset(), pair.right.meshOffset()] as const;
  if (offsets[0] === undefined || offsets[1] === undefined || sameOffset(offsets[0], offsets[1], across)) {
    return compared({ ...rule, code: 'E_KMESH' });
  }
  const values = [meshText(one, offsets[0]), meshText(other, offsets[1])] as const;
  return compared({ ...rule, values, code: 'E_KMESH', asked });
}

function coarser(one: Mesh, other: Mesh): Side {
  const points = ([a, b, c]: Mesh): number => a * b * c;
  return points(one) < points(other) ? 'left' : 'right';
}

function askedMesh(mesh: Mesh, side: SettingsSummary): string {
  const offset = side.meshOffset();
  return `the k-mesh ${offset === undefined ? mesh.join('×') : meshText(mesh, offset)}`;
}

/** Compared where the crystal repeats. */
function densityRows(pair: Pair): Row[] {
  const [one, other] = [coarsestSpacing(pair.left), coarsestSpacing(pair.right)];
  if (one === undefined || other === undefined) return [];
  const text = (spacing: number): string => `${spacing.toFixed(4)} Å⁻¹`;
  const row = compared({
    item: ITEM,
    tag: 'k spacing',
    code: 'W_KMESH',
    pair,
    values: [text(one), text(other)],
    agree: Math.max(one / other, other / one) <= SPACING_RATIO,
  });
  const lengths = pair.right.reciprocalLengths();
  if (row.issues.length === 0 || lengths === undefined) return [row];
  const fitting = meshOfSpacing(lengths, one, pair.right.openAxes());
  return [{ ...row, rerun: rerun(pair.right, `with the k-mesh ${fitting.join('×')}`) }];
}

/** Largest spacing over the axes without vacuum, Å⁻¹ without 2π. */
function coarsestSpacing(side: SettingsSummary): number | undefined {
  const [mesh, lengths] = [side.mesh(), side.reciprocalLengths()];
  if (mesh === undefined || lengths === undefined) return undefined;
  const open = side.openAxes();
  const periodic = lengths.flatMap((length, axis) => (open.includes(axis) ? [] : [length / (mesh[axis] ?? 1)]));
  return periodic.length > 0 ? Math.max(...periodic) : undefined;
}

function sameOffset(left: Vector3, right: Vector3, across: number | undefined): boolean {
  return left.every((value, axis) => axis === across || Math.abs(value - (right[axis] ?? 0)) <= SAME_OFFSET);
}

function meshText(mesh: Mesh, offset: Vector3): string {
  return `${mesh.join('×')} ${offset.every((value) => value <= SAME_OFFSET) ? 'through Γ' : 'beside Γ'}`;
}
