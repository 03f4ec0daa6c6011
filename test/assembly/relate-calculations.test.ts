import { describe, expect, it } from 'vitest';
import { assignRoles } from '../../assembly/assign-roles.ts';
import { relateCalculations } from '../../assembly/relate-calculations.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import type { LinkKind } from '../../model/system.ts';
import {
  type Atom,
  bccLi,
  bulkZno,
  calculationOf,
  cubic,
  rotated,
  structureOf,
  supercell,
  translated,
  withAtoms,
  without,
  zincBasal,
  znoBasal,
  znoPrism,
} from './fixtures.ts';

function relate(tree: Readonly<Record<string, Structure | Calculation>>) {
  const calculations = Object.entries(tree).map(([id, entry]) =>
    'species' in entry ? calculationOf(id, { structure: entry }) : entry,
  );
  const related = relateCalculations(calculations, assignRoles(calculations, [], new Map()));
  const links = (kind: LinkKind): string[] =>
    related.relations
      .filter((relation) => relation.kind === kind)
      .map(({ from, to, accepted }) => `${from} ${accepted ? '>' : 'not'} ${to}`);
  const role = (id: string) => related.roles.find((found) => found.calculation === id);
  return { ...related, links, role };
}

const oxygen = structureOf(cubic(15), [
  ['O', [1, 2, 3]],
  ['O', [1, 2, 4.23]],
]);
const zinc = structureOf(bulkZno().latticeAngstrom, [
  ['Zn', [0, 0, 0]],
  ['Zn', [1.6, 0.9, 2.6]],
]);
/** 36 atoms. */
const cell = supercell(bulkZno(), 3, 3);

function substituted(structure: Structure, atom: number, element: string): Structure {
  return { ...structure, species: structure.species.map((symbol, at) => (at === atom ? element : symbol)) };
}

describe('a defect cell', () => {
  it('names its vacancy, interstitial or foreign atom, wherever the cell is cut and however it is turned', () => {
    const tree = relate({
      'bulk/OUTCAR': bulkZno(),
      'foreign/OUTCAR': substituted(cell, 3, 'Mg'),
      'interstitial/OUTCAR': withAtoms(cell, [['Li', [2.1, 3.7, 1.3]]]),
      'moved/OUTCAR': translated(without(cell, 20), [1.1, -0.7, 2.3]),
      'turned/OUTCAR': rotated(without(cell, 20), 33),
      'vacancy/OUTCAR': without(cell, 20),
    });
    const names = ['foreign', 'interstitial', 'moved', 'turned', 'vacancy'];
    expect(tree.links('defect-host')).toEqual(names.map((name) => `${name}/OUTCAR > bulk/OUTCAR`));
    // Atoms 0 to 17 are zinc, 18 to 35 oxygen.
    expect(names.map((name) => tree.role(`${name}/OUTCAR`)?.evidence[0]?.split(':')[0])).toEqual([
      'Mg_Zn',
      'Li_i',
      'V_O',
      'V_O',
      'V_O',
    ]);
    expect(tree.role('vacancy/OUTCAR')?.role).toBe('defect-cell');
    expect(tree.role('bulk/OUTCAR')?.role).toBe('bulk');
  });

  it('with a vacancy in a metal is no bulk metal any more', () => {
    const tree = relate({ 'li/OUTCAR': bccLi(), 'vacancy/OUTCAR': without(supercell(bccLi(), 3, 3), 4) });
    expect(tree.role('vacancy/OUTCAR')).toMatchObject({ role: 'defect-cell' });
    expect(tree.role('vacancy/OUTCAR')?.evidence[0]).toBe('V_Li: a cell of li/OUTCAR');
  });

  it('is not claimed without the bulk, of an alloy, of a perfect supercell, or with another functional', () => {
    const halved = structureOf(
      cell.latticeAngstrom,
      cell.species.map((element, at): Atom => {
        const [x = 0, y = 0, z = 0] = cell.cartesianAngstrom.subarray(3 * at, 3 * at + 3);
        return [element === 'Zn' && at % 2 === 0 ? 'Mg' : element, [x, y, z]];
      }),
    );
    const other = calculationOf('other/OUTCAR', { structure: without(cell, 20), settings: { GGA: 'PS', LEXCH: 14 } });
    expect(relate({ 'vacancy/OUTCAR': without(cell, 20) }).relations).toEqual([]);
    const tree = relate({
      'bulk/OUTCAR': bulkZno(),
      'alloy/OUTCAR': halved,
      'cell/OUTCAR': cell,
      'other/OUTCAR': other,
    });
    expect(tree.links('defect-host')).toEqual([]);
  });
});

/** ZnO(10-10) with planes of lithium above, four atoms each in 6.499 × 5.2069 Å: 2.9 Å² more than in bcc (110). */
function lithiumOnZno(planes: number, height = 45): Structure {
  const oxide = supercell(znoPrism(4, height), 2, 1);
  const top = Math.max(...oxide.cartesianAngstrom.filter((_, at) => at % 3 === 2));
  const film = Array.from({ length: planes }, (_, plane): Atom[] =>
    [0, 1, 2, 3].map((site): Atom => {
      const [i, j] = [site % 2, site >> 1];
      return ['Li', [3.2495 * (i + (plane % 2) / 2), 2.60345 * (j + (plane % 2) / 2), top + 2.1 + 2.2 * plane]];
    }),
  );
  return withAtoms(oxide, film.flat());
}

const oxideAlone = supercell(znoPrism(4, 45), 2, 1);

describe('an interface', () => {
  it('of a lithium film on ZnO leads to the slab of its substrate and to the bulk of its film', () => {
    const tree = relate({
      'film/OUTCAR': lithiumOnZno(5),
      'li/OUTCAR': bccLi(),
      'slab/OUTCAR': oxideAlone,
      'zno/OUTCAR': bulkZno(),
    });
    expect(tree.role('film/OUTCAR')?.role).toBe('interface');
    expect(tree.role('slab/OUTCAR')?.role).toBe('slab');
    expect(tree.links('interface-film')).toEqual(['film/OUTCAR > li/OUTCAR']);
    expect(tree.links('interface-substrate')).toEqual(['film/OUTCAR > slab/OUTCAR']);
  });

  it('is none of adatoms, a monolayer or two, or an oxide without its materials in sight', () => {
    const materials = { 'li/OUTCAR': bccLi(), 'zno/OUTCAR': bulkZno(), 'slab/OUTCAR': oxideAlone };
    for (const planes of [1, 2]) {
      expect(relate({ ...materials, 'on/OUTCAR': lithiumOnZno(planes) }).role('on/OUTCAR')?.role).toBe('slab');
    }
    const adatoms = withAtoms(oxideAlone, [
      ['Li', [0.4, 0.3, 13]],
      ['Li', [3.1, 2.9, 14.2]],
      ['Li', [1.4, 4.3, 15.4]],
    ]);
    expect(relate({ ...materials, 'on/OUTCAR': adatoms }).role('on/OUTCAR')?.role).toBe('slab');
  });

  it('is none of one compound with more of an element at its end, however often that slab is there', () => {
    const slab = supercell(znoBasal(3, 30), 2, 2);
    const capped = (count: number): Structure =>
      withAtoms(
        slab,
        Array.from({ length: count }, (_, at): Atom => ['Zn', [1.6 * at, 2.8 * (at % 2), 8.9]]),
      );
    const tree = relate({
      'bulk/OUTCAR': bulkZno(),
      'full/OUTCAR': capped(4),
      'half/OUTCAR': capped(2),
      'metal/OUTCAR': zinc,
    });
    expect(tree.roles.map(({ role }) => role)).toEqual(['bulk', 'slab', 'slab', 'bulk']);
  });

  it('stays a slab when adatoms stand on it', () => {
    const bare = lithiumOnZno(5);
    const covered = withAtoms(bare, [['O', [1, 1, 32]]]);
    const tree = relate({ 'a/OUTCAR': bare, 'b/OUTCAR': covered, 'li/OUTCAR': bccLi(), 'zno/OUTCAR': bulkZno() });
    expect([tree.role('a/OUTCAR')?.role, tree.role('b/OUTCAR')?.role]).toEqual(['slab', 'slab']);
    expect(tree.links('interface-film')).toContain('a/OUTCAR > li/OUTCAR');
  });
});

describe('a thickness series', () => {
  it('leads from each slab to the next thinner one of its cell', () => {
    const tree = relate({
      'n3/OUTCAR': znoPrism(3, 40),
      'n4/OUTCAR': znoPrism(4, 43),
      'n6/OUTCAR': znoPrism(6, 48),
      'wide/OUTCAR': supercell(znoPrism(5, 45), 2, 1),
    });
    expect(tree.links('thickness-series')).toEqual(['n4/OUTCAR > n3/OUTCAR', 'n6/OUTCAR > n4/OUTCAR']);
  });

  it('holds no slab with an adatom of its own element, and refuses another cutoff', () => {
    const slab = supercell(zincBasal(4, 40), 2, 2);
    const thicker = calculationOf('n6/OUTCAR', {
      structure: supercell(zincBasal(6, 45), 2, 2),
      settings: { ENCUT: 400 },
    });
    const tree = relate({
      'adatom/OUTCAR': withAtoms(slab, [['Zn', [0, 0, 11]]]),
      'n4/OUTCAR': slab,
      'n6/OUTCAR': thicker,
    });
    expect(tree.links('thickness-series')).toEqual(['n6/OUTCAR not n4/OUTCAR']);
  });
});

describe('a compound', () => {
  it('forms from its elements, all of them or none', () => {
    const all = { 'o2/OUTCAR': oxygen, 'zn/OUTCAR': zinc, 'zno/OUTCAR': bulkZno() };
    expect(relate(all).links('formation-reference')).toEqual(['zno/OUTCAR > o2/OUTCAR', 'zno/OUTCAR > zn/OUTCAR']);
    expect(relate({ 'zn/OUTCAR': zinc, 'zno/OUTCAR': bulkZno() }).relations).toEqual([]);
  });
});

describe('a run for a property', () => {
  const slab = znoPrism(3, 40);
  const runOf = (id: string, settings: Calculation['settings'], more: Partial<Calculation> = {}) =>
    calculationOf(id, { structure: slab, settings }, more);

  it('leads to the calculation whose structure it took', () => {
    const tree = relate({
      'bands/OUTCAR': runOf('bands/OUTCAR', { ICHARG: 11, IBRION: -1, NSW: 0 }),
      'phonons/OUTCAR': runOf('phonons/OUTCAR', { IBRION: 5, NSW: 1 }, { ionicStepCount: 25 }),
      'relax/OUTCAR': runOf('relax/OUTCAR', {}),
      'shifted/OUTCAR': translated(slab, [0.2, 0, 0]),
    });
    expect(tree.role('bands/OUTCAR')?.role).toBe('single-point');
    expect(tree.role('relax/OUTCAR')?.role).toBe('slab');
    expect(tree.links('single-point-of')).toEqual(['bands/OUTCAR > relax/OUTCAR', 'phonons/OUTCAR > relax/OUTCAR']);
  });

  it('is not linear response, whose atoms stay where they are, nor a static run', () => {
    const tree = relate({
      'response/OUTCAR': runOf('response/OUTCAR', { IBRION: 8, NSW: 1 }),
      'static/OUTCAR': runOf('static/OUTCAR', { IBRION: -1, NSW: 0 }),
    });
    expect(tree.roles.map(({ role }) => role)).toEqual(['slab', 'slab']);
  });

  it('is not molecular dynamics, which is told by its settings', () => {
    const moves = { IBRION: 0, NSW: 500, MDALGO: 2 };
    const tree = relate({ 'md/OUTCAR': runOf('md/OUTCAR', moves), 'relax/OUTCAR': runOf('relax/OUTCAR', {}) });
    expect(tree.role('md/OUTCAR')).toMatchObject({ role: 'molecular-dynamics' });
    expect(tree.role('md/OUTCAR')?.evidence[0]).toBe('molecular dynamics: IBRION = 0, NSW = 500, MDALGO = 2');
    expect(tree.relations).toEqual([]);
  });
});
