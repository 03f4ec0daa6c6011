/**
 * Places on the slab of the campaign, and calculations with their atoms elsewhere.
 */
import { add, type Cell } from '../../examples/zno-lithium/generator/vectors.mjs';
import { atomsOf, FACET, type PlacedAtom, type Run, runAt, runNamed, type Vector } from './campaign.ts';

/** Li upright above an O of the surface: the best site, behind no band. */
export const TOP = `${FACET}/slab-li-top`;
export const SLABS = ['slab', 'slab-h', 'slab-li', 'slab-li-end', 'slab-li-top', 'slab-zn'];

/** The adsorbate, last in the list. */
export function adsorbateOf(run: Run): PlacedAtom {
  const atom = atomsOf(run).at(-1);
  if (atom === undefined) throw new Error(`${run.folder} has no atoms`);
  return atom;
}

/** Where Li is in the hollow between three O. */
export const HOLLOW: Vector = adsorbateOf(runNamed(`${FACET}/slab-li`)).place;

export function withAdsorbateAt(run: Run, place: Vector): Run {
  return withAtoms(run, (atom, index, atoms) => (index === atoms.length - 1 ? { ...atom, place } : atom));
}

export function withAtoms(
  run: Run,
  change: (atom: PlacedAtom, index: number, atoms: readonly PlacedAtom[]) => PlacedAtom,
): Run {
  return runAt(run, atomsOf(run).map(change));
}

/** All atoms moved, the cell stays: they come back on its other side. */
export function shifted(run: Run, by: Vector): Run {
  return withAtoms(run, (atom) => ({ ...atom, place: add(atom.place, by) }));
}

/** The atoms stay where they are. */
export function inCell(run: Run, cell: Cell): Run {
  return runAt(run, atomsOf(run), { cell });
}

/** Number of the atom of an element that is nearest to the adsorbate. */
export function nearestTo(run: Run, element: string): number {
  const [x, y, z] = adsorbateOf(run).place;
  const distances = atomsOf(run)
    .slice(0, -1)
    .map((atom) =>
      atom.element === element ? Math.hypot(atom.place[0] - x, atom.place[1] - y, atom.place[2] - z) : Infinity,
    );
  return distances.indexOf(Math.min(...distances));
}

/** The slab atom of that element nearest to the adsorbate, and the adsorbate, moved. */
export function dragged(run: Run, element: string, by: { readonly slab: Vector; readonly adsorbate: Vector }): Run {
  const atom = nearestTo(run, element);
  return withAtoms(run, (own, index, atoms) => {
    if (index === atom) return { ...own, place: add(own.place, by.slab) };
    return index === atoms.length - 1 ? { ...own, place: add(own.place, by.adsorbate) } : own;
  });
}

/** Heights of all atoms of an element, Å. */
export function heightsOf(run: Run, element: string): number[] {
  return atomsOf(run)
    .filter((atom) => atom.element === element)
    .map(({ place }) => place[2]);
}

/** Upside down in the same cell: the other termination on top. */
export function turnedOver(run: Run, folder: string): Run {
  const height = run.contents.cell[2][2];
  const turned = withAtoms(run, (atom) => ({ ...atom, place: [atom.place[0], atom.place[1], height - atom.place[2]] }));
  return { ...turned, folder };
}
