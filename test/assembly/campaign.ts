/** A small campaign: Li on ZnO(0001), its references and the bulk of the slab. */
import { type Atom, bccLi, bulkZno, calculationOf, isolated, supercell, withAtoms, znoBasal } from './fixtures.ts';

export const basal = supercell(znoBasal(2, 25), 2, 2);
export const TOP = 4.217864;
export const li = (x: number, y: number, z = TOP + 1.4): Atom => ['Li', [x, y, z]];

export const slab = calculationOf('basal/slab/OUTCAR', { structure: basal, energyEv: -140 });
export const slabLi = calculationOf('basal/li/OUTCAR', {
  structure: withAtoms(basal, [li(0.4, 1.9)]),
  energyEv: -143.5,
});
export const atom = calculationOf('ref/atom/OUTCAR', {
  structure: isolated('Li'),
  energyEv: -0.2971,
  settings: { ISPIN: 2 },
  mesh: [1, 1, 1],
});
export const metal = calculationOf('ref/bcc/OUTCAR', { structure: bccLi(), energyEv: -3.8112, mesh: [8, 8, 8] });
export const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18.8, mesh: [9, 9, 5] });
export const campaign = [slab, slabLi, atom, metal, bulk];
