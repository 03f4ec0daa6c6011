import { describe, expect, it } from 'vitest';
import { linkEndpoint } from '../../assembly/link-endpoints.ts';
import { type AssembledPath, assemblePath, type PathReferences } from '../../assembly/migration-path.ts';
import { indexRelaxations } from '../../assembly/relaxation-index.ts';
import type { Band, BandImage } from '../../model/band.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import {
  calculationOf,
  codes,
  moved,
  permuted,
  rotated,
  supercell,
  translated,
  withAtoms,
  znoBasal,
} from './fixtures.ts';

const host = supercell(znoBasal(2, 25), 2, 2);

/** Li on its way along x, 0.8 Å from image to image; the slab stays where it is. */
const LI = host.species.length;
const image = (at: number): Structure => withAtoms(host, [['Li', [0.5 + 0.8 * at, 1.9, 5.6]]]);
/** −E in eV below zero, F = TOTEN alike: a barrier of 0.24 eV before the middle. */
const ENERGIES = [-200, -199.9, -199.76, -199.85, -199.97];

/** Force on Li alone, in the order of the atoms, eV/Å. */
function forceOnLi(x: number, y: number, z: number): Float64Array {
  const forces = new Float64Array(3 * (LI + 1));
  forces.set([x, y, z], 3 * LI);
  return forces;
}

const relaxed = (id: string, at: number, more: Partial<Calculation> = {}): Calculation =>
  calculationOf(
    id,
    { structure: image(at), energyEv: ENERGIES[at] ?? 0, final: { forcesEvPerAngstrom: forceOnLi(0.01, 0, 0) } },
    more,
  );
const start = relaxed('start/OUTCAR', 0);
const end = relaxed('end/OUTCAR', 4);

function inner(at: number, sketch: { settings?: Settings; force?: Float64Array; neb?: object } = {}): BandImage {
  const folder = `neb/0${at}`;
  return {
    index: at,
    folder,
    structure: image(at),
    calculation: calculationOf(`${folder}/OUTCAR`, {
      structure: image(at),
      energyEv: ENERGIES[at] ?? 0,
      settings: { IBRION: 3, SPRING: -5, LCLIMB: true, ...sketch.settings },
      final: { forcesEvPerAngstrom: sketch.force ?? forceOnLi(0, 0, 0), ...(sketch.neb && { neb: sketch.neb }) },
    }),
  };
}

const bare = (at: number): BandImage => ({ index: at, folder: `neb/0${at}`, structure: image(at) });
const bandOf = (images: readonly BandImage[], settings: Settings = {}): Band => ({ id: 'neb', images, settings });
const whole = bandOf([bare(0), inner(1), inner(2), inner(3), bare(4)]);
const references: PathReferences = { relaxations: indexRelaxations([start, end]) };

const path = (band: Band, given: PathReferences = references): AssembledPath => assemblePath(band, given);
const replaced = (at: number, one: BandImage): Band =>
  bandOf(whole.images.map((old, index) => (index === at ? one : old)));

describe('a complete band', () => {
  it('has energies, distances along the path and distances to its end', () => {
    const found = path(whole);
    expect(found.issues).toEqual([]);
    expect(found.images.map((one) => one.energySigma0Ev)).toEqual(ENERGIES);
    for (const [at, one] of found.images.entries()) {
      expectNear(one.distanceAngstrom, 0.8 * at, 1e-9);
      expectNear(one.distanceToEndAngstrom, 0.8 * (4 - at), 1e-9);
    }
  });

  it('takes its ends from the relaxations of the same geometry, and says so', () => {
    expect(path(whole).links).toMatchObject([
      { kind: 'migration-path', from: 'neb/00', to: 'start/OUTCAR', evidence: ['geometry agrees within 0.0000 Å'] },
      { kind: 'migration-path', from: 'neb/04', to: 'end/OUTCAR' },
    ]);
  });

  it('has its highest image between the ends climb, by TOTEN', () => {
    const climbing = (band: Band) => path(band).images.flatMap((one) => (one.climbing ? [one.index] : []));
    expect(climbing(whole)).toEqual([2]);
    const inTotenOnly = inner(3);
    const final = { ...inTotenOnly.calculation!.final!, freeEnergyEv: -199.7 };
    expect(climbing(replaced(3, { ...inTotenOnly, calculation: { ...inTotenOnly.calculation!, final } }))).toEqual([3]);
    const still = [1, 2, 3].map((at) => inner(at, { settings: { LCLIMB: false } }));
    expect(climbing(bandOf([bare(0), ...still, bare(4)]))).toEqual([]);
  });
});

describe('an endpoint', () => {
  const own = relaxed('neb/00/OUTCAR', 0);

  it('with output of its own needs no relaxation', () => {
    const found = path(replaced(0, { ...bare(0), calculation: own }), { relaxations: indexRelaxations([end]) });
    expect(found.links[0]).toMatchObject({ to: 'neb/00/OUTCAR', evidence: ['output in the image folder'] });
    expect(found.issues).toEqual([]);
  });

  it('with an OSZICAR of its own has an energy whose settings cannot be checked', () => {
    const oszicar = { ...own, id: 'neb/00/OSZICAR', source: 'oszicar' as const };
    const found = path(replaced(0, { ...bare(0), calculation: oszicar }), { relaxations: indexRelaxations([end]) });
    expect(found.images[0]?.energySigma0Ev).toBe(-200);
    expect(codes(found.issues)).toEqual(['W_ENDPOINT_SETTINGS']);
  });

  it('is linked up to 0.05 Å and refused beyond, with the distance and the file', () => {
    const near = { ...start, structure: translated(image(0), [0, 0.05 - 1e-9, 0]) };
    expect(path(whole, { relaxations: indexRelaxations([near, end]) }).issues).toEqual([]);
    const far = { ...start, structure: moved(image(0), ([x, y, z], atom) => [x, y, z + (atom === LI ? 0.061 : 0)]) };
    const { issues } = path(whole, { relaxations: indexRelaxations([far, end]) });
    expect(codes(issues)).toEqual(['E_ENDPOINT_ENERGY', 'E_ENDPOINT_GEOMETRY']);
    expect(issues[1]).toMatchObject({
      message: 'the relaxation linked to endpoint 00 differs by 0.061 Å, more than 0.05 Å',
      where: { file: 'start/OUTCAR' },
    });
  });

  it('is not taken from an unfinished relaxation', () => {
    const torn = { ...start, issues: [issue('E_IONIC_UNCONVERGED', {})] };
    expect(path(whole, { relaxations: indexRelaxations([torn, end]) }).issues).toMatchObject([
      { code: 'E_ENDPOINT_ENERGY', where: { file: 'neb/00' } },
      { code: 'E_IONIC_UNCONVERGED', where: { file: 'start/OUTCAR' } },
    ]);
  });

  it('of several relaxations takes the one that was run like the images', () => {
    const coarse = { ...relaxed('a/OUTCAR', 0), settings: { ...start.settings, ENCUT: 400 } };
    const nearby = { ...start, structure: translated(image(0), [0, 0, 0.01]) };
    const found = path(whole, { relaxations: indexRelaxations([coarse, nearby, end]) });
    expect(found.links[0]).toMatchObject({ to: 'start/OUTCAR', others: ['a/OUTCAR'] });
    expect(found.issues).toEqual([]);
  });

  it('is ambiguous between two relaxations of different energy', () => {
    const other = calculationOf('a/OUTCAR', { structure: image(0), energyEv: -200.1 });
    expect(codes(path(whole, { relaxations: indexRelaxations([other, start, end]) }).issues)).toEqual([
      'W_AMBIGUOUS_LINK',
    ]);
  });

  it('that was run with another cutoff blocks the barrier, both values named', () => {
    const coarse = { ...start, settings: { ...start.settings, ENCUT: 400 } };
    expect(path(whole, { relaxations: indexRelaxations([coarse, end]) }).issues).toMatchObject([
      { code: 'E_ENCUT', details: { left: '520 eV', right: '400 eV' }, where: { file: 'start/OUTCAR' } },
    ]);
  });

  it('named by the user is checked too', () => {
    const stated = linkEndpoint(bare(0), { relaxations: indexRelaxations([]), stated: start });
    expect(stated).toMatchObject({ source: 'stated', issues: [] });
    expect(codes(linkEndpoint(bare(0), { relaxations: indexRelaxations([]), stated: end }).issues)).toEqual([
      'E_ENDPOINT_GEOMETRY',
    ]);
    const larger = { ...start, structure: withAtoms(image(0), [['Li', [4, 4, 7]]]) };
    expect(codes(linkEndpoint(bare(0), { relaxations: indexRelaxations([]), stated: larger }).issues)).toEqual([
      'E_ENDPOINT_ATOMS',
    ]);
  });

  it('that counts its atoms in another order has the same energy, and the link says so', () => {
    const order = [...image(0).species.keys()].reverse();
    const reordered = { ...start, structure: permuted(translated(image(0), [0, 0, 0.02]), order) };
    const found = path(whole, { relaxations: indexRelaxations([reordered, end]) });
    expect(found.issues).toEqual([]);
    expect(found.images[0]?.energySigma0Ev).toBe(-200);
    expect(found.links[0]).toMatchObject({
      to: 'start/OUTCAR',
      evidence: ['geometry agrees within 0.0200 Å', 'it counts the same atoms in another order'],
    });
    const stated = linkEndpoint(bare(0), { relaxations: indexRelaxations([]), stated: reordered });
    expect(stated).toMatchObject({ source: 'stated', atomOrder: 'other', issues: [] });
  });

  it('whose own output has another geometry is not taken for it; a relaxation that has it is', () => {
    const elsewhere = { ...own, structure: image(1) };
    const band = replaced(0, { ...bare(0), calculation: elsewhere });
    const { issues } = path(band, { relaxations: indexRelaxations([end]) });
    // Li is 0.8 Å off.
    expect(issues).toMatchObject([
      { code: 'E_ENDPOINT_ENERGY', where: { file: 'neb/00' } },
      { code: 'E_ENDPOINT_GEOMETRY', where: { file: 'neb/00/OUTCAR' } },
    ]);
    expectNear(issues[1]?.details.displacementAngstrom, 0.8, 1e-9);
    const helped = path(band);
    expect(helped.links[0]?.to).toBe('start/OUTCAR');
    expect(helped.issues).toEqual([]);
  });

  it('whose own output counts the atoms in another order keeps it', () => {
    const reordered = { ...own, structure: permuted(image(0), [...image(0).species.keys()].reverse()) };
    const found = path(replaced(0, { ...bare(0), calculation: reordered }), { relaxations: indexRelaxations([end]) });
    expect(found.issues).toEqual([]);
    expect(found.links[0]?.to).toBe('neb/00/OUTCAR');
  });
});

describe('images that do not belong together', () => {
  it('leave a gap, at the end too when IMAGES tells', () => {
    const found = (images: readonly BandImage[], settings: Settings = {}) =>
      path(bandOf(images, settings)).issues.find((entry) => entry.code === 'E_IMAGE_GAP')?.details.found;
    expect(found([bare(0), inner(1), inner(3), bare(4)])).toBe('00, 01, 03, 04');
    expect(found([bare(0), inner(1), inner(2), inner(3)])).toBeUndefined();
    expect(found([bare(0), inner(1), inner(2), inner(3)], { IMAGES: 3 })).toMatch(
      /^00, 01, 02, 03, expected IMAGES = 3/,
    );
    expect(found([inner(1), inner(2), inner(3), bare(4)])).toBe('01, 02, 03, 04');
  });

  it('have another order of atoms', () => {
    const swapped = permuted(image(2), [...image(2).species.keys()].reverse());
    expect(path(replaced(2, { ...inner(2), structure: swapped })).issues[0]).toMatchObject({
      code: 'E_ATOM_ORDER',
      where: { file: 'neb/02' },
    });
  });

  it('have another cell, or the same cell turned', () => {
    const [a, b, c] = image(2).latticeAngstrom;
    const grown = { ...image(2), latticeAngstrom: [[a[0] + 0.02, 0, 0], b, c] as const };
    expect(codes(path(replaced(2, { ...inner(2), structure: grown })).issues)).toContain('E_IMAGE_CELL');
    expect(codes(path(replaced(2, { ...inner(2), structure: rotated(image(2), 5) })).issues)).toContain('E_IMAGE_CELL');
  });

  it('lack a structure or an energy, and say which', () => {
    const { structure: _, ...nothing } = bare(2);
    expect(codes(path(replaced(2, nothing)).issues)).toEqual(['E_IMAGE_STRUCTURE', 'E_IMAGE_ENERGY']);
    const unfinished = inner(2);
    const calculation = { ...unfinished.calculation!, issues: [issue('E_TRUNCATED', { expected: 'a', found: 'b' })] };
    const { issues } = path(replaced(2, { ...unfinished, calculation }));
    expect(codes(issues)).toEqual(['E_TRUNCATED', 'E_IMAGE_ENERGY']);
    expect(issues[0]?.where.file).toBe('neb/02/OUTCAR');
  });

  it('are not refused for an ionic relaxation that a band does not do', () => {
    const running = inner(2);
    const calculation = { ...running.calculation!, issues: [issue('E_IONIC_UNCONVERGED', {})] };
    expect(path(replaced(2, { ...running, calculation })).issues).toEqual([]);
  });
});

describe('forces of stock VASP, which prints none along the path', () => {
  it('are TOTAL-FORCE on the improved tangent: F = −dE/ds, negative uphill', () => {
    const uphill = path(replaced(1, inner(1, { force: forceOnLi(-0.2, 0.03, 0.04) }))).images[1];
    expectNear(uphill?.tangentForceEvPerAngstrom, -0.2, 1e-9);
    // By hand: √(0.03² + 0.04²) across the path.
    expectNear(uphill?.residualForceEvPerAngstrom, 0.05, 1e-9);
  });

  it('leave the whole force on the climbing image', () => {
    const top = path(replaced(2, inner(2, { force: forceOnLi(-0.12, 0.03, 0.04) }))).images[2];
    expectNear(top?.residualForceEvPerAngstrom, 0.13, 1e-9);
  });

  it('count only where atoms may move, along the directions that are free', () => {
    const flags = new Uint8Array(3 * (LI + 1)).fill(1);
    flags.set([0, 0, 0], 0);
    // c is free and a and b are fixed: only z counts.
    flags.set([0, 0, 1], 3 * LI);
    const force = forceOnLi(-0.2, 0.03, 0.04);
    force.set([3, 0, 0], 0);
    const one = inner(1, { force });
    const held = path(replaced(1, { ...one, structure: { ...image(1), selectiveDynamics: flags } })).images[1];
    expectNear(held?.residualForceEvPerAngstrom, 0.04, 1e-9);
  });

  it('are not needed where VTST prints them', () => {
    const neb = { tangentForceEvPerAngstrom: -0.226121, residualForceEvPerAngstrom: 0.019191 };
    const printed = path(replaced(1, inner(1, { force: forceOnLi(1, 1, 1), neb }))).images[1];
    expect(printed).toMatchObject(neb);
  });

  it('stay unknown without TOTAL-FORCE', () => {
    const silent = inner(1);
    const { forcesEvPerAngstrom: _, ...final } = silent.calculation!.final!;
    const one = path(replaced(1, { ...silent, calculation: { ...silent.calculation!, final } })).images[1];
    expect(one).not.toHaveProperty('tangentForceEvPerAngstrom');
    expect(one).not.toHaveProperty('residualForceEvPerAngstrom');
  });
});

describe('forces at the ends', () => {
  it('are those of the relaxations along the first and the last segment', () => {
    const found = path(whole).images;
    // Both relaxations pull Li by 0.01 eV/Å along x, which is forward on the first and on the last segment.
    expectNear(found[0]?.tangentForceEvPerAngstrom, 0.01, 1e-9);
    expectNear(found[4]?.tangentForceEvPerAngstrom, 0.01, 1e-9);
  });
});
