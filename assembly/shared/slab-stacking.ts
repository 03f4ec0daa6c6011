/**
 * What the sequence of the atomic planes tells of a slab: what ends it, and whether it points somewhere.
 *
 * A stacking is polar when it reads otherwise from above than from below (wurtzite (0001): the short step from Zn to O
 * leads up, the long one down), or when it reads alike but planes of cations and planes of anions end it (rocksalt
 * (111)): Tasker's third type, J. Phys. C 12, 4977 (1979). Adsorbates and reconstructed ends do not count: planes whose
 * atoms are like none of the inner ones are left aside. Where every plane holds anions and cations, their charges decide,
 * which coordinates do not tell: such a slab is not called polar, nor is one of metals.
 */
import { formula } from '../../model/structure.ts';

export interface AtomicPlane {
  readonly species: readonly string[];
  /** Mean of its atoms above the bottom, Å. */
  readonly heightAngstrom: number;
}

/** Relaxation moves whole planes by less than this; the steps of a polar stacking differ by more, Å. */
const SAME_STEP_ANGSTROM = 0.3;
/** Elements that take the electrons in a compound of metals. */
const ANIONS: ReadonlySet<string> = new Set(['N', 'O', 'F', 'P', 'S', 'Cl', 'As', 'Se', 'Br', 'Te', 'I']);

/** `planes` from the bottom up. */
export function stackingIsPolar(planes: readonly AtomicPlane[]): boolean {
  const all = planes.map(({ species }) => formula(species));
  const [from, to] = innerStacking(all);
  const [core, kinds] = [planes.slice(from, to), all.slice(from, to)];
  // Planes of metals carry no charges, whatever their order.
  if (core.every(({ species }) => species.every((element) => !ANIONS.has(element)))) return false;
  const last = core.length - 1;
  if (readsAlike(core, kinds, last)) return false;
  // Turned about any plane or the middle of any two, as long as most of the planes have a partner.
  for (let sum = Math.ceil(last / 2); sum <= 2 * last - Math.ceil(last / 2); sum += 1) {
    if (readsAlike(core, kinds, sum)) return core.some(({ species }) => isOneSided(species));
  }
  return true;
}

/** Where the planes begin and end without those at the ends that are like no plane of the middle half. */
function innerStacking(kinds: readonly string[]): readonly [from: number, to: number] {
  const quarter = Math.floor(kinds.length / 4);
  const known = new Set(kinds.slice(quarter, kinds.length - quarter));
  const isInner = (kind: string): boolean => known.has(kind);
  return [kinds.findIndex(isInner), kinds.findLastIndex(isInner) + 1];
}

/** Plane i and plane sum − i are of one kind, and the planes between them stand as far apart. */
function readsAlike(core: readonly AtomicPlane[], kinds: readonly string[], sum: number): boolean {
  let middle: number | undefined;
  for (const [at, plane] of core.entries()) {
    const partner = core[sum - at];
    if (partner === undefined) continue;
    if (kinds[at] !== kinds[sum - at]) return false;
    const twice = plane.heightAngstrom + partner.heightAngstrom;
    middle ??= twice;
    if (Math.abs(twice - middle) > 2 * SAME_STEP_ANGSTROM) return false;
  }
  return true;
}

/** Only anions, or only other atoms. */
function isOneSided(species: readonly string[]): boolean {
  const anions = species.filter((element) => ANIONS.has(element)).length;
  return anions === 0 || anions === species.length;
}
