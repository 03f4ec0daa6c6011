/**
 * How many equivalent places a site has in the smallest cell of its face: the weight g of an ensemble of sites (§2.6).
 *
 * The number of operations of the slab that keep its faces and are no mere translations, divided by that of those that
 * leave the place where it is. The mistakes avoided here: counting how often somebody happened to calculate a site, and a
 * free energy that falls with the size of the supercell.
 */
import { reciprocal, toFractional, type Vector3 } from '../model/lattice.ts';
import { position, type Structure } from '../model/structure.ts';
import { widestAxis } from './shared/slab-geometry.ts';
import { type SlabOperation, type SlabSymmetry, type SurfacePlace, slabSymmetry } from './shared/slab-operations.ts';

/** Of the slab's own atoms that an operation brings onto each other, Å. */
const SAME_ATOM_ANGSTROM = 0.1;
/** Of a relaxed adatom from the point it belongs to, Å (§2.6). */
const SAME_PLACE_ANGSTROM = 0.3;

/**
 * A function of the place of one adatom, in fractions of the cell of the clean slab. It gives undefined where the
 * operations do not divide evenly: then the tolerances have mixed two places.
 */
export function siteMultiplicity(clean: Structure): (placeFractional: Vector3) => number | undefined {
  const symmetry = slabSymmetry(clean, widestAxis(clean));
  const [reference, ...others] = rarestAtTop(clean, symmetry);
  if (reference === undefined) return () => undefined;
  const operations = [reference, ...others].flatMap((place) =>
    symmetry.operationsBetween(reference, place, SAME_ATOM_ANGSTROM),
  );
  const inSmallestCell = operations.length / operations.filter(isTranslation).length;
  return (placeFractional) => {
    const place = symmetry.locate(placeFractional);
    const keeping = symmetry.operationsBetween(place, place, SAME_PLACE_ANGSTROM).length;
    return keeping > 0 && inSmallestCell % keeping === 0 ? inSmallestCell / keeping : undefined;
  };
}

function isTranslation(operation: SlabOperation): boolean {
  const [origin, along, across] = [
    { u: 0, v: 0 },
    { u: 0.1, v: 0 },
    { u: 0, v: 0.1 },
  ].map((place) => operation({ ...place, heightAngstrom: 1 }));
  if (origin === undefined || along === undefined || across === undefined) return false;
  const shifts = [along.u - origin.u - 0.1, along.v - origin.v, across.u - origin.u, across.v - origin.v - 0.1];
  return shifts.every((shift) => Math.abs(shift) < 1e-6);
}

/** Places of the fewest atoms of one element at one height, the height of the highest atom of that element. */
function rarestAtTop(clean: Structure, { locate }: SlabSymmetry): SurfacePlace[] {
  const inverse = reciprocal(clean.latticeAngstrom);
  const highest = new Map<string, SurfacePlace[]>();
  for (const [atom, element] of clean.species.entries()) {
    const place = locate(toFractional(position(clean, atom), inverse));
    const known = highest.get(element) ?? [];
    const above = place.heightAngstrom - (known[0]?.heightAngstrom ?? Number.NEGATIVE_INFINITY);
    if (above > SAME_ATOM_ANGSTROM) highest.set(element, [place]);
    else if (above >= -SAME_ATOM_ANGSTROM) highest.set(element, [...known, place]);
  }
  return [...highest.values()].reduce<SurfacePlace[]>(
    (fewest, places) => (fewest.length === 0 || places.length < fewest.length ? places : fewest),
    [],
  );
}
