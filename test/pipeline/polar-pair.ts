/** Both faces of ZnO(0001) with Li, by the energies of SCIENCE §2.1 and, for the other face, two that are invented. */
import type { Structure } from '../../model/structure.ts';
import { bulkZno, calculationOf, structureOf, withAtoms } from '../assembly/fixtures.ts';
import { treeOf } from './read-runs.ts';
import { atom, basal, li, metal, slab, slabLi } from './trees.ts';

const upsideDown = ({ latticeAngstrom, species, cartesianAngstrom }: Structure): Structure =>
  structureOf(
    latticeAngstrom,
    species.map((element, at) => [
      element,
      [cartesianAngstrom[3 * at] ?? 0, cartesianAngstrom[3 * at + 1] ?? 0, 12 - (cartesianAngstrom[3 * at + 2] ?? 0)],
    ]),
  );
const other = upsideDown(basal);
export const bulk = calculationOf('bulk/OUTCAR', { structure: bulkZno(), energyEv: -18.3, mesh: [9, 9, 6] });
const otherSlab = calculationOf('other/slab/OUTCAR', { structure: other, energyEv: -212.3 });
const otherLi = calculationOf('other/li/OUTCAR', {
  structure: withAtoms(other, [li(3.2495 / 2, 1.9, 13.2)]),
  energyEv: -213.9,
});

export const POLAR_PAIR = treeOf([slab, slabLi, atom, metal, bulk, otherSlab, otherLi]);
/** By hand: −216.042345 + 212.345678 + 0.2971 and −213.9 + 212.3 + 0.2971 eV. */
export const FACE_ENERGIES_EV = { basal: -3.399567, other: -1.3029 } as const;
