/** What follows from an adhesion and the surface energies of the slabs that it was calculated with (SCIENCE §8). */
import { expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Matrix3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import {
  type Atom,
  bulkZno,
  calculationOf,
  structureOf,
  supercell,
  withAtoms,
  znoPrism,
} from '../assembly/fixtures.ts';
import { codes } from '../descriptors/descriptor-cases.ts';
import { expectNear } from '../near.ts';
import { treeOf } from './read-runs.ts';
import { descriptor, screened, valueFor } from './screening.ts';
import { withSettings } from './trees.ts';

const [A, C] = [3.2495, 5.2069];
const prism = supercell(znoPrism(4, 45), 2, 1);
const top = Math.max(...prism.cartesianAngstrom.filter((_, at) => at % 3 === 2));

/** Five planes of an invented body-centred lithium that fits 2 × 1 cells of ZnO(10-10) without strain. */
const film = Array.from({ length: 5 }, (_, plane): Atom[] =>
  [0, 1, 2, 3].map((site): Atom => {
    const [i, j] = [(site % 2) + (plane % 2) / 2, (site >> 1) + (plane % 2) / 2];
    return ['Li', [A * i, (C / 2) * j, top + 2.1 + 2.2 * plane]];
  }),
).flat();
const lithiumOf = (lattice: Matrix3): Structure =>
  structureOf(lattice, [
    ['Li', [0, 0, 0]],
    ['Li', [(lattice[0][0] + lattice[1][0]) / 2, lattice[1][1] / 2, lattice[2][2] / 2]],
  ]);
const metalOf = (stretch: number) =>
  calculationOf('ref/li/OUTCAR', {
    structure: lithiumOf([
      [A / stretch, 0, 0],
      [0, C / 2, 0],
      [0, 0, 4.4],
    ]),
    energyEv: -12.2,
    mesh: [8, 9, 6],
  });
const run = (id: string, structure: Structure, energyEv: number) => calculationOf(id, { structure, energyEv });
const substrate = run('zno/slab/OUTCAR', prism, -98.3);
const filmAlone = run('li/slab/OUTCAR', structureOf(prism.latticeAngstrom, film), -120.5);
const both = run('both/OUTCAR', withAtoms(prism, film), -219.35);
const oxide = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -12.8, mesh: [9, 9, 6] });

const of = (tree: readonly Calculation[]) => screened(treeOf(tree));
const idOf = (result: ReturnType<typeof of>, slab: Calculation) =>
  result.systems.find((system) => system.slab === slab.id)?.id ?? '';
const all = [substrate, filmAlone, both, oxide, metalOf(1)];

it('film and substrate give the energy of their interface and the contact angle', () => {
  const result = of(all);
  for (const slab of [substrate, filmAlone]) {
    // By hand, in eV per cell: γ of ZnO (−98.3 + 16·6.4)/2 = 2.05, of Li (−120.5 + 20·6.1)/2 = 0.75, adhesion 0.55.
    const area = 2 * A * C;
    expectNear(
      valueFor(result, idOf(result, slab), 'interface-energy'),
      ((2.05 + 0.75 - 0.55) * 16.02176634) / area,
      1e-6,
    );
    // cos θ = 0.55/0.75 − 1
    expectNear(
      valueFor(result, idOf(result, slab), 'contact-angle'),
      (Math.acos(0.55 / 0.75 - 1) * 180) / Math.PI,
      1e-5,
    );
  }
  const found = descriptor(result, idOf(result, substrate), 'contact-angle');
  expect(found.available && found.issues.map(({ code }) => code)).not.toContain('W_STRAIN_REFERENCE');
  expect(found.available && found.inputs.map(({ name }) => name)).toEqual([
    'E(film)',
    'E(substrate)',
    'E(interface)',
    'E(slab) of γ(film)',
    'E(bulk) of γ(film)',
  ]);
});

it('a film that is stretched against its bulk is told', () => {
  const result = of([substrate, filmAlone, both, oxide, metalOf(1.02)]);
  const found = descriptor(result, idOf(result, substrate), 'contact-angle');
  expect(found.available && codes(found)).toContain('W_STRAIN_REFERENCE');
});

it('without the bulk of the film there is no contact angle, without that of the substrate no interface energy', () => {
  const withoutMetal = of([substrate, filmAlone, both, oxide]);
  const substrateOnly = withoutMetal.candidates.find(({ system }) => system === idOf(withoutMetal, substrate));
  expect(substrateOnly?.descriptors).toHaveProperty('adhesion-energy');
  expect(substrateOnly?.descriptors).not.toHaveProperty('contact-angle');
  const withoutOxide = of([substrate, filmAlone, both, metalOf(1)]);
  const filmOnly = withoutOxide.candidates.find(({ system }) => system === idOf(withoutOxide, filmAlone));
  expect(filmOnly?.descriptors).toHaveProperty('contact-angle');
  expect(filmOnly?.descriptors).not.toHaveProperty('interface-energy');
});

it('the bulk of another cutoff leaves them unavailable, and says why', () => {
  const result = of([substrate, filmAlone, both, oxide, withSettings(metalOf(1), { ENCUT: 400 })]);
  const found = descriptor(result, idOf(result, substrate), 'contact-angle');
  expect(found.available).toBe(false);
  expect(found.available === false && found.reasons.map(({ code }) => code)).toContain('E_ENCUT');
});

it('the work that separates frozen parts is no adhesion of relaxed ones', () => {
  const frozen = (calculation: Calculation): Calculation => ({
    ...calculation,
    convergence: { electronic: 'reached', ionic: 'notApplicable' },
  });
  const result = of([frozen(substrate), frozen(filmAlone), frozen(both), oxide, metalOf(1)]);
  const found = descriptor(result, idOf(result, substrate), 'interface-energy');
  expect(found.available === false && found.reasons.map(({ message }) => message).join()).toContain('frozen parts');
});
