import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { Structure } from '../../model/structure.ts';
import {
  type Atom,
  bccLi,
  bulkZno,
  calculationOf,
  codes,
  isolated,
  moved,
  structureOf,
  supercell,
  withAtoms,
  znoBasal,
  znoPrism,
} from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import { bandOf, treeOf } from './read-runs.ts';
import { descriptor, reasonsOf, screened, valueFor } from './screening.ts';

const basal = supercell(znoBasal(2, 25), 2, 2);
const prism = supercell(znoPrism(2, 25), 2, 1);
const li = (x: number, y: number, z: number): Atom => ['Li', [x, y, z]];
const onBasal = (x: number, y = 1.9): Structure => withAtoms(basal, [li(x, y, 5.6)]);

// SCIENCE §2.1: −212.345678, −216.042345, −0.297100, −1.905600 per atom.
const slab = calculationOf('basal/slab/OUTCAR', { structure: basal, energyEv: -212.345678 });
const slabLi = calculationOf('basal/li/OUTCAR', { structure: onBasal(0.4), energyEv: -216.042345 });
const atom = calculationOf('ref/atom/OUTCAR', {
  structure: isolated('Li'),
  energyEv: -0.2971,
  settings: { ISPIN: 2 },
  mesh: [1, 1, 1],
});
const metal = calculationOf('ref/bcc/OUTCAR', { structure: bccLi(), energyEv: -2 * 1.9056, mesh: [8, 8, 8] });
const example = [slab, slabLi, atom, metal];

const energies = (calculation: Calculation, sigma0Ev: number, freeEv = sigma0Ev): Calculation => ({
  ...calculation,
  final: { index: 1, electronic: 'reached', energySigma0Ev: sigma0Ev, freeEnergyEv: freeEv },
});
const renamed = (calculation: Calculation, id: string): Calculation => ({
  ...calculation,
  id,
  folder: id.slice(0, id.lastIndexOf('/')),
  files: [{ path: id, sha256: 'a'.repeat(64), bytes: 1 }],
});
const withSettings = (calculation: Calculation, settings: Calculation['settings']): Calculation => ({
  ...calculation,
  settings: { ...calculation.settings, ...settings },
});

describe('the example of the specification (§2.1)', () => {
  const result = screened(treeOf(example));

  it('binds Li by 3.399567 eV to the atom and by 1.791067 eV to the metal', () => {
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    expectNear(valueFor(result, 'basal', 'nucleation-driving-force'), -1.791067, 1e-9);
    const { parts } = descriptor(result, 'basal', 'adsorption-energy');
    expectNear(parts.bindingEnergyAtomEv, 3.399567, 1e-9);
    expectNear(parts.adsorptionEnergyBulkEv, -1.791067, 1e-9);
    // By hand: one Li on 4 · 9.144579 Å².
    expectNear(parts.coveragePerNm2, 100 / (4 * 9.144579), 1e-6);
    expect(result.candidates[0]?.wetting).toBe('lithiophilic');
  });

  it('names each input with file, hash and place', () => {
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found.available && found.inputs[0]).toEqual({
      name: 'E(slab+nLi)',
      value: -216.042345,
      unit: 'eV',
      calculation: 'basal/li/OUTCAR',
      file: 'basal/li/OUTCAR',
      sha256: 'a'.repeat(64),
      byteOffset: 100,
      byteLength: 12,
      line: 7,
    });
  });
});

describe('an adsorption energy', () => {
  it('of two adatoms on both faces is per adatom, and counts one face for the coverage', () => {
    const both = calculationOf('basal/li/OUTCAR', {
      structure: withAtoms(basal, [li(0.4, 1.9, 5.6), li(2.1, 0.9, 0.1)]),
      energyEv: -219.5,
    });
    const result = screened(treeOf([slab, both, atom, metal]));
    // By hand: (−219.5 + 212.345678)/2 + 0.2971.
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.280061, 1e-9);
    expectNear(descriptor(result, 'basal', 'adsorption-energy').parts.coveragePerNm2, 100 / (4 * 9.144579), 1e-6);
  });

  it('is taken from E0 of all members, and warns where TOTEN says something else', () => {
    const smeared = energies(slabLi, -216.042345, -216.0525);
    const result = screened(treeOf([slab, smeared, atom, metal]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found.available && codes(found.issues)).toEqual(['W_ENERGY_KIND_SENSITIVE']);
  });

  it('with a member that has no E0 has none: TOTEN does not stand in', () => {
    const { energySigma0Ev: _, ...final } = slab.final!;
    const result = screened(treeOf([{ ...slab, final }, slabLi, atom, metal]));
    expect(reasonsOf(result, 'basal', 'adsorption-energy')[0]).toMatch(/^E_UNREADABLE .*basal\/slab\/OUTCAR/);
  });

  it('is degraded by what is remarkable about its members', () => {
    const remarkable: readonly (readonly [string, Calculation[]])[] = [
      ['W_ATOM_NOT_SPIN', [slab, slabLi, withSettings(atom, { ISPIN: 1 }), metal]],
      ['W_SMALL_BOX', [slab, slabLi, { ...atom, structure: isolated('Li', 11) }, metal]],
      [
        'W_SMEARING_ENTROPY',
        [{ ...slab, issues: [issue('W_SMEARING_ENTROPY', { millielectronvoltPerAtom: 2 })] }, slabLi, atom, metal],
      ],
      ['W_PRECISION', [slab, slabLi, withSettings(atom, { PREC: 'Normal' }), metal]],
    ];
    for (const [code, calculations] of remarkable) {
      const found = descriptor(screened(treeOf(calculations)), 'basal', 'adsorption-energy');
      expect(found).toMatchObject({ available: true, quality: 'degraded' });
      expect(found.available && codes(found.issues)).toEqual([code]);
    }
  });

  it('in a charged cell is unreliable and not ranked', () => {
    // By hand: 8 · 12 + 8 · 6 + 3 = 147 electrons are neutral.
    const charged = withSettings(slabLi, { NELECT: 146 });
    const result = screened(treeOf([slab, charged, atom, metal]));
    expect(descriptor(result, 'basal', 'adsorption-energy')).toMatchObject({ available: true, quality: 'unreliable' });
    expect(result.ranked).toEqual([]);
  });

  it('in a charged cell does not hide the neutral one of another site, but is named beside it', () => {
    const charged = withSettings(renamed(energies(slabLi, -219), 'basal/li-charged/OUTCAR'), { NELECT: 146 });
    const result = screened(treeOf([...example, charged]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    const found = descriptor(result, 'basal', 'adsorption-energy');
    expect(found).toMatchObject({ quality: 'degraded' });
    expect(found.available && codes(found.issues)).toEqual(['W_ALTERNATIVES_UNUSED']);
  });

  it('of a desorbed atom or one that sank in has no value, and the distance is told', () => {
    const at = (z: number) => ({ ...slabLi, structure: withAtoms(basal, [li(0.4, 1.9, z)]) });
    const gone = screened(treeOf([slab, at(10.5), atom, metal]));
    expect(reasonsOf(gone, 'basal', 'adsorption-energy')[0]).toMatch(
      /^E_ADS_DESORBED desorbed: nearest slab atom at \d\.\d\d Å/,
    );
    const sunk = screened(treeOf([slab, at(4), atom, metal]));
    expect(reasonsOf(sunk, 'basal', 'adsorption-energy')[0]).toMatch(/^E_ADS_SUBSURFACE .* 0\.22 Å below/);
  });

  it('of several sites is that of the lowest; all are listed; unlike coverages are told', () => {
    const weaker = calculationOf('basal/bridge/OUTCAR', { structure: onBasal(1.9), energyEv: -215.9 });
    const result = screened(treeOf([...example, weaker]));
    expectNear(valueFor(result, 'basal', 'adsorption-energy'), -3.399567, 1e-9);
    expect(descriptor(result, 'basal', 'adsorption-energy').parts.sites).toHaveLength(2);
    const dense = calculationOf('basal/two/OUTCAR', {
      structure: withAtoms(basal, [li(0.4, 1.9, 5.6), li(3.2, 3.8, 5.6)]),
      energyEv: -219,
    });
    const mixed = descriptor(screened(treeOf([...example, dense])), 'basal', 'adsorption-energy');
    // By hand: 1 and 2 Li on 0.36578 nm²: 2.734 and 5.468 nm⁻².
    expect(mixed.available && mixed.issues.map((entry) => entry.message)).toEqual([
      'compared at coverages from 2.734 to 5.468 nm⁻²',
    ]);
  });

  it('stated against a slab that is no clean slab of it says what differs', () => {
    const stated = (to: string) => ({ manifest: { version: 1 as const, calculations: { 'basal/li': { slab: to } } } });
    const other = calculationOf('prism/slab/OUTCAR', { structure: prism });
    const misfit = screened(treeOf([...example, other]), stated('prism/slab'));
    const [id] = misfit.systems.filter((system) => system.adsorbed.length > 0).map((system) => system.id);
    expect(
      reasonsOf(misfit, id ?? '', 'adsorption-energy').some((reason) => reason.startsWith('E_CELL_MISMATCH')),
    ).toBe(true);
    const twin = renamed(slabLi, 'basal/twin/OUTCAR');
    const none = screened(treeOf([...example, twin]), stated('basal/twin'));
    const [same] = none.systems
      .filter((system) => system.adsorbed.includes('basal/li/OUTCAR'))
      .map((system) => system.id);
    expect(reasonsOf(none, same ?? '', 'adsorption-energy')[0]).toMatch(/^E_NO_ADSORBATE/);
  });
});

describe('a surface energy', () => {
  const symmetric = structureOf(prism.latticeAngstrom, [
    ...prism.species.map(
      (element, at): Atom => [
        element,
        [...prism.cartesianAngstrom.slice(3 * at, 3 * at + 3)] as unknown as Atom[1], // three of 3N numbers
      ],
    ),
  ]);
  const bulk = calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18, mesh: [9, 9, 5] });

  it('of a symmetric slab is shared by both faces', () => {
    // By hand: 8 f.u. of −9 eV each; (−70 + 72)/(2 · 2 · 16.919822 Å²) · 16.02176634 = 0.4734615 J/m².
    const clean = calculationOf('prism/slab/OUTCAR', { structure: symmetric, energyEv: -70, mesh: [5, 5, 1] });
    const result = screened(treeOf([clean, bulk]));
    expectNear(valueFor(result, 'prism/slab', 'surface-energy'), 0.4734615, 1e-6);
  });

  it('of a polar slab is told as the sum of both faces only', () => {
    const clean = calculationOf('basal/slab/OUTCAR', { structure: basal, energyEv: -70, mesh: [5, 5, 1] });
    const result = screened(treeOf([clean, bulk]));
    expect(reasonsOf(result, 'basal/slab', 'surface-energy')[0]).toMatch(/^E_POLAR_SINGLE_GAMMA/);
    // By hand: (−70 + 72)/(4 · 9.144579) · 16.02176634.
    expectNear(descriptor(result, 'basal/slab', 'surface-energy').parts.cleavageEnergyJPerM2, 0.8760258, 1e-6);
  });

  it('of a slab with another composition than the bulk has no formula units to count', () => {
    const rich = calculationOf('basal/slab/OUTCAR', {
      structure: withAtoms(basal, [['O', [1, 1, 6]]]),
      mesh: [5, 5, 1],
    });
    const manifest = { version: 1 as const, systems: { s: { slab: 'basal/slab', bulk: 'ref/zno' } } };
    const result = screened(treeOf([rich, bulk]), { manifest });
    expect(reasonsOf(result, 's', 'surface-energy')[0]).toMatch(/^E_NOT_STOICHIOMETRIC/);
  });
});

const hop = (at: number): Structure => onBasal(0.4 + 0.8 * at);
const HOP_ENERGIES = [-216.042345, -215.99, -215.9, -215.98, -216.04];
const hopImages = [1, 2, 3].map((at) =>
  calculationOf(`basal/neb/0${at}/OUTCAR`, {
    structure: hop(at),
    energyEv: HOP_ENERGIES[at] ?? 0,
    settings: { LCLIMB: true, SPRING: -5, IBRION: 3 },
    final: { forcesEvPerAngstrom: new Float64Array(3 * 17) },
  }),
);
const hopEnd = calculationOf('basal/li-end/OUTCAR', { structure: hop(4), energyEv: HOP_ENERGIES[4] ?? 0 });
const hopBand = bandOf('basal/neb', [hop(0), ...hopImages, hop(4)]);

describe('a band in a tree', () => {
  it('belongs to the system of its endpoints and gives it a barrier', () => {
    const result = screened(treeOf([...example, hopEnd, ...hopImages], [hopBand]));
    // By hand: −215.9 + 216.042345.
    expectNear(valueFor(result, 'basal', 'migration-barrier'), 0.142345, 1e-9);
    expect(result.ranked.map(({ id }) => id)).toEqual(['basal']);
    expect(result.unused).toEqual([]);
  });

  it('takes no end from a calculation that the manifest says to ignore', () => {
    const manifest = { version: 1 as const, calculations: { 'basal/li-end': { role: 'ignore' as const } } };
    const result = screened(treeOf([...example, hopEnd, ...hopImages], [hopBand]), { manifest });
    expect(codes(result.paths[0]?.issues ?? [])).toEqual(['E_ENDPOINT_ENERGY', 'E_ENDPOINT_GEOMETRY']);
  });

  it('without relaxations of its ends belongs to the slab it runs on, and says what is missing', () => {
    const result = screened(treeOf([slab, atom, metal, ...hopImages], [hopBand]));
    expect(result.systems[0]?.paths).toEqual(['basal/neb']);
    expect(codes(result.paths[0]?.issues ?? [])).toEqual(['E_ENDPOINT_ENERGY', 'E_ENDPOINT_ENERGY']);
  });
});

/** What can be wrong with a calculation. */
const DAMAGES: readonly ((calculation: Calculation) => Calculation)[] = [
  (calculation) => calculation,
  ({ final: _, structure: __, ...rest }) => ({
    ...rest,
    completeness: 'unreadable',
    issues: [issue('E_UNREADABLE', { reason: 'the file is empty' })],
  }),
  (calculation) => ({
    ...calculation,
    completeness: 'truncated',
    issues: [issue('E_TRUNCATED', { expected: 'an end', found: 'none' })],
  }),
  ({ final: _, ...rest }) => ({ ...rest, issues: [issue('E_UNREADABLE', { reason: 'no complete ionic step' })] }),
  (calculation) => withSettings(calculation, { ENCUT: 300 }),
  (calculation) => withSettings(calculation, { NELECT: 1, IDIPOL: 1 }),
  (calculation) => ({ ...calculation, potcars: [], settings: {} }),
  ({ structure: _, ...rest }) => rest,
  ({ kpoints: _, ...rest }) => rest,
  (calculation) =>
    calculation.structure === undefined
      ? calculation
      : { ...calculation, structure: moved(calculation.structure, ([x, y, z], at) => [x, y, z + (at % 5)]) },
  (calculation) => ({ ...calculation, supersededBy: 'later/OUTCAR' }),
];

const everything = [
  ...example,
  hopEnd,
  ...hopImages,
  calculationOf('ref/zno/OUTCAR', { structure: bulkZno(), energyEv: -18.8, mesh: [9, 9, 5] }),
  calculationOf('prism/slab/OUTCAR', { structure: prism, energyEv: -300 }),
  calculationOf('prism/li/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7)]), energyEv: -302 }),
  calculationOf('prism/li2/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7), li(4, 1, 7.2)]), energyEv: -304 }),
  calculationOf('ref/o/OUTCAR', { structure: isolated('O') }),
  renamed(slab, 'backup/slab/OUTCAR'),
];

/** Calculations that a candidate is made of; `others` could have taken their place. */
function isBehind(result: ScreeningResult, candidate: string, andOthers = false): Set<string> {
  const system = result.systems.find(({ id }) => id === candidate);
  const paths = result.paths.filter(({ id }) => system?.paths.includes(id));
  return new Set([
    ...(system?.slab === undefined ? [] : [system.slab]),
    ...(system?.adsorbed ?? []),
    ...(system?.links ?? []).flatMap(({ from, to, others }) => [from, to, ...(andOthers ? others : [])]),
    ...paths.flatMap(({ images }) => images.map(({ source }) => source)),
  ]);
}

describe('whatever is wrong with the calculations of a tree', () => {
  const damage = fc.integer({ min: 0, max: DAMAGES.length - 1 });
  const trees = fc
    .tuple(fc.subarray(everything), fc.array(damage, { minLength: everything.length, maxLength: everything.length }))
    .map(([kept, damages]) => {
      const calculations = kept.map((calculation, at) => DAMAGES[damages[at] ?? 0]!(calculation));
      const ids = new Set(kept.map(({ id }) => id));
      return treeOf(calculations, [
        { ...hopBand, images: hopBand.images.filter(({ run }) => run === undefined || ids.has(run)) },
      ]);
    });

  it('each one stands behind a candidate or is listed as unused with a reason', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const result = screened(tree);
        const behind = result.candidates.flatMap(({ id }) => [...isBehind(result, id)]);
        const unused = result.unused.map(({ calculation }) => calculation);
        const told = new Set([...behind, ...unused]);
        for (const { id } of tree.runs) expect(told.has(id), id).toBe(true);
        for (const { calculation, reasons } of result.unused) expect(reasons.length, calculation).toBeGreaterThan(0);
        expect(new Set(unused).size).toBe(unused.length);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('each candidate has its own name, is ranked or unranked, and has a value or an error for every descriptor', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const result = screened(tree);
        const ids = result.candidates.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const ranked = [...result.ranked, ...result.unranked].map(({ id }) => id);
        expect(ranked.sort()).toEqual([...ids].sort());
        for (const { reasons } of result.unranked) expect(reasons.length).toBeGreaterThan(0);
        for (const { descriptors } of result.candidates) {
          for (const [name, found] of Object.entries(descriptors)) {
            if (found.available) expect(Number.isFinite(found.value), name).toBe(true);
            else
              expect(
                found.reasons.some(({ severity }) => severity === 'error'),
                name,
              ).toBe(true);
          }
        }
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('the order in which they were found does not show in the result', () => {
    fc.assert(
      fc.property(trees, fc.infiniteStream(fc.nat()), (tree, numbers) => {
        const shuffled = [...tree.runs]
          .map((run) => ({ run, at: numbers.next().value }))
          .sort((left, right) => left.at - right.at)
          .map(({ run }) => run);
        expect(JSON.stringify(screened({ ...tree, runs: shuffled }))).toBe(JSON.stringify(screened(tree)));
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('one bad calculation takes nothing from the candidates it does not stand behind', () => {
    const plain = screened(treeOf(everything, [hopBand]));
    for (const calculation of everything) {
      for (const [at, harm] of DAMAGES.entries()) {
        const damaged = everything.map((one) => (one === calculation ? harm(one) : one));
        const result = screened(treeOf(damaged, [hopBand]));
        for (const { id, descriptors } of plain.candidates) {
          if (isBehind(plain, id, true).has(calculation.id)) continue;
          const after = result.candidates.find((candidate) => candidate.id === id);
          for (const [name, value] of Object.entries(descriptors)) {
            if (!value.available) continue;
            expect(after?.descriptors[name], `${name} of ${id} after damage ${at} to ${calculation.id}`).toEqual(value);
          }
        }
      }
    }
  });
});
