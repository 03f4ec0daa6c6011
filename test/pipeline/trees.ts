/** The example of SCIENCE §2.1 as a tree of calculations, a hop between two of its sites, and ways to change it. */
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import {
  type Atom,
  bccLi,
  calculationOf,
  isolated,
  supercell,
  withAtoms,
  znoBasal,
  znoPrism,
} from '../assembly/fixtures.ts';
import { bandOf } from './read-runs.ts';

export const basal = supercell(znoBasal(2, 25), 2, 2);
export const prism = supercell(znoPrism(2, 25), 2, 1);
export const li = (x: number, y: number, z: number): Atom => ['Li', [x, y, z]];
export const onBasal = (x: number, y = 1.9): Structure => withAtoms(basal, [li(x, y, 5.6)]);

// SCIENCE §2.1: −212.345678, −216.042345, −0.297100, −1.905600 per atom.
export const slab = calculationOf('basal/slab/OUTCAR', { structure: basal, energyEv: -212.345678 });
export const slabLi = calculationOf('basal/li/OUTCAR', { structure: onBasal(0.4), energyEv: -216.042345 });
export const atom = calculationOf('ref/atom/OUTCAR', {
  structure: isolated('Li'),
  energyEv: -0.2971,
  settings: { ISPIN: 2 },
  mesh: [1, 1, 1],
});
export const metal = calculationOf('ref/bcc/OUTCAR', { structure: bccLi(), energyEv: -2 * 1.9056, mesh: [8, 8, 8] });
export const example = [slab, slabLi, atom, metal];

export const energies = (calculation: Calculation, sigma0Ev: number, freeEv = sigma0Ev): Calculation => ({
  ...calculation,
  final: { index: 1, electronic: 'reached', energySigma0Ev: sigma0Ev, freeEnergyEv: freeEv },
});
export const renamed = (calculation: Calculation, id: string): Calculation => ({
  ...calculation,
  id,
  folder: id.slice(0, id.lastIndexOf('/')),
  files: [{ path: id, sha256: 'a'.repeat(64), bytes: 1 }],
});
export const withSettings = (calculation: Calculation, settings: Calculation['settings']): Calculation => ({
  ...calculation,
  settings: { ...calculation.settings, ...settings },
});

export const hop = (at: number): Structure => onBasal(0.4 + 0.8 * at);
export const HOP_ENERGIES = [-216.042345, -215.99, -215.9, -215.98, -216.04];
export const hopImages = [1, 2, 3].map((at) =>
  calculationOf(`basal/neb/0${at}/OUTCAR`, {
    structure: hop(at),
    energyEv: HOP_ENERGIES[at] ?? 0,
    settings: { LCLIMB: true, SPRING: -5, IBRION: 3 },
    final: { forcesEvPerAngstrom: new Float64Array(3 * 17) },
  }),
);
export const hopEnd = calculationOf('basal/li-end/OUTCAR', { structure: hop(4), energyEv: HOP_ENERGIES[4] ?? 0 });
export const hopBand = bandOf('basal/neb', [hop(0), ...hopImages, hop(4)]);
