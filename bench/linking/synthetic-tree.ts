/**
 * A tree of parsed calculations as large as asked for: families of bulk, clean slab, adsorbed sites and a band, of many
 * materials, two facets and several supercells, with the references of a campaign in folders of their own.
 *
 * Records, not files: what is timed is the linking behind the parsers. Every family differs in its lattice, so that
 * nothing is found by a shortcut that real campaigns do not offer; every tenth one is there twice, as real ones are.
 * With references of its own, every family brings an atom and a metal with slightly other energies than the next one.
 */
import type { FileRecord, Settings } from '../../model/calculation.ts';
import type { Matrix3, Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import type { ReadBand, ReadFile, ReadRun, ReadTree } from '../../pipeline/read-tree.ts';

const ION = 'Li';
const CATIONS = ['Zn', 'Mg', 'Cd', 'Be', 'Mn', 'Fe', 'Co', 'Ni'];
const ANIONS = ['O', 'S', 'Se', 'Te'];
const SITES = 14;
const IMAGES = 3;
/** Bulk, slab, sites, two ends of the band and its images. */
export const CALCULATIONS_PER_FAMILY = 1 + 1 + SITES + 2 + IMAGES;
const COPIED_FAMILY = 10;
/** From the references of one family to those of the next, eV: some are one energy for the choice, some are not. */
const REFERENCE_STEP_EV = 0.0004;

export interface TreeOptions {
  /** Every family has its own atom and metal, instead of one for all. */
  readonly ownReferences?: boolean;
}

export interface SyntheticTree {
  readonly tree: ReadTree;
  /** What has to come out. */
  readonly expected: { readonly calculations: number; readonly systems: number; readonly adsorbed: number };
}

export function syntheticTree(calculations: number, { ownReferences = false }: TreeOptions = {}): SyntheticTree {
  const perFamily = CALCULATIONS_PER_FAMILY + (ownReferences ? references('', 0).length : 0);
  const families = Math.max(1, Math.round(calculations / perFamily));
  const made = Array.from({ length: families }, (_, index) => {
    const isCopy = index % COPIED_FAMILY === COPIED_FAMILY - 1;
    return family(isCopy ? index - 1 : index, `family-${index}${isCopy ? '-again' : ''}`);
  });
  const shared = ownReferences
    ? made.flatMap((_, index) => references(`family-${index}/references`, index * REFERENCE_STEP_EV))
    : references('references', 0);
  const runs = [...made.flatMap((one) => one.runs), ...shared];
  return {
    tree: { runs, bands: made.map((one) => one.band), issues: [] },
    expected: { calculations: runs.length, systems: families, adsorbed: families * (SITES + 2) },
  };
}

function references(folder: string, aboveEv: number): ReadRun[] {
  const box: Matrix3 = [
    [15, 0, 0],
    [0, 16, 0],
    [0, 0, 17],
  ];
  const cube: Matrix3 = [
    [3.44, 0, 0],
    [0, 3.44, 0],
    [0, 0, 3.44],
  ];
  const metal: readonly Placed[] = [
    [ION, [0, 0, 0]],
    [ION, [1.72, 1.72, 1.72]],
  ];
  return [
    run(`${folder}/li-atom`, structureOf(box, [[ION, [7, 8, 9]]]), {
      mesh: [1, 1, 1],
      settings: { ISPIN: 2 },
      aboveEv,
    }),
    run(`${folder}/li-bcc`, structureOf(cube, metal), { mesh: [9, 9, 9], aboveEv: 2 * aboveEv }),
  ];
}

/** A wurtzite compound with its slab along (0001), 3×3 or 3×2, and Li over its places. */
function family(index: number, folder: string) {
  const cation = CATIONS[index % CATIONS.length] ?? '';
  const anion = ANIONS[Math.floor(index / CATIONS.length) % ANIONS.length] ?? '';
  const a = 3 + 0.0013 * index;
  const c = 1.6 * a;
  const repeats: readonly [number, number] = index % 2 === 0 ? [3, 3] : [3, 2];
  const slab = wurtziteSlab({ cation, anion, a, c }, repeats, 3);
  const bulk = wurtziteBulk({ cation, anion, a, c });
  const sites = Array.from({ length: SITES + 2 }, (_, site): Structure => {
    const at = (site + 0.3) / (SITES + 2);
    return withLithium(slab, [at, (at * 7) % 1, 1.7 + 0.2 * at], index + site);
  });
  const [start, end] = sites.slice(-2);
  const images = [0, 1, 2, 3, 4].map((image) => between(start ?? slab, end ?? slab, image / (IMAGES + 1)));
  const mesh: Mesh = [3, 3, 1];
  const runs = [
    run(`${folder}/bulk`, bulk, { mesh: [9, 9, 6] }),
    run(`${folder}/slab`, slab, { mesh }),
    ...sites.map((site, number) => run(`${folder}/site-${number}`, site, { mesh, aboveEv: 0.037 * number })),
    ...images.slice(1, -1).map((image, at) => run(`${folder}/neb/0${at + 1}`, image, { mesh, settings: BAND })),
  ];
  return { runs, band: bandOf(`${folder}/neb`, images) };
}

interface Wurtzite {
  readonly cation: string;
  readonly anion: string;
  readonly a: number;
  readonly c: number;
}

type Placed = readonly [element: string, place: Vector3];
type Mesh = readonly [number, number, number];

function wurtziteBulk({ cation, anion, a, c }: Wurtzite): Structure {
  const lattice = hexagonal(a, c);
  const at = (f: number, g: number, h: number): Vector3 => cartesian([f, g, h], lattice);
  return structureOf(lattice, [
    [cation, at(1 / 3, 2 / 3, 0)],
    [cation, at(2 / 3, 1 / 3, 0.5)],
    [anion, at(1 / 3, 2 / 3, 0.382)],
    [anion, at(2 / 3, 1 / 3, 0.882)],
  ]);
}

function wurtziteSlab({ cation, anion, a, c }: Wurtzite, [n, m]: readonly [number, number], bilayers: number) {
  const unit = hexagonal(a, bilayers * c + 20);
  const atoms: Placed[] = [];
  for (const [element, height] of [
    [cation, 0],
    [anion, 0.118 * c],
  ] as const) {
    for (let layer = 0; layer < 2 * bilayers; layer += 1) {
      const isEven = (layer % 2 === 0) === (element === cation);
      const [f, g] = isEven ? [1 / 3, 2 / 3] : [2 / 3, 1 / 3];
      for (let cell = 0; cell < n * m; cell += 1) {
        const [x, y] = cartesian([f + (cell % n), g + Math.floor(cell / n), 0], unit);
        atoms.push([element, [x, y, 2 + height + (layer * c) / 2]]);
      }
    }
  }
  const [u, v, w] = unit;
  return structureOf([[u[0] * n, u[1] * n, u[2] * n], [v[0] * m, v[1] * m, v[2] * m], w], atoms);
}

/** One Li above the highest atom; every atom of the slab relaxes a little, each in its own way. */
function withLithium(slab: Structure, [f, g, above]: Vector3, seed: number): Structure {
  const lattice = slab.latticeAngstrom;
  let highest = 0;
  for (let at = 2; at < slab.cartesianAngstrom.length; at += 3) {
    highest = Math.max(highest, slab.cartesianAngstrom[at] ?? 0);
  }
  const [x, y] = cartesian([f, g, 0], lattice);
  const relaxed = slab.cartesianAngstrom.map((value, at) => value + 0.05 * Math.sin(12.9898 * at + 78.233 * seed));
  return {
    latticeAngstrom: lattice,
    species: [...slab.species, ION],
    cartesianAngstrom: Float64Array.from([...relaxed, x, y, highest + above]),
  };
}

function between(start: Structure, end: Structure, share: number): Structure {
  const places = start.cartesianAngstrom.map((value, at) => value + share * ((end.cartesianAngstrom[at] ?? 0) - value));
  return { ...start, cartesianAngstrom: places };
}

function bandOf(folder: string, images: readonly Structure[]): ReadBand {
  const last = images.length - 1;
  return {
    folder,
    images: images.map((structure, index) => {
      const own = `${folder}/0${index}`;
      if (index !== 0 && index !== last) return { index, folder: own, run: `${own}/OUTCAR` };
      return { index, folder: own, poscar: poscar(own, structure) };
    }),
  };
}

const SETTINGS: Settings = {
  ...{ GGA: 'PE', LEXCH: 8, METAGGA: '--', LHFCALC: false, LSORBIT: false, LUSE_VDW: false, ISPIN: 1 },
  ...{ ENCUT: 520, ENAUG: 650, PREC: 'Accurate', LREAL: false, LASPH: true, ADDGRID: false, IVDW: 12 },
  ...{ ISMEAR: 0, SIGMA: 0.05, EDIFF: 1e-5, EDIFFG: -0.02, IBRION: 2, NSW: 200, ISIF: 2, NELM: 60 },
};
const BAND: Settings = { IMAGES, SPRING: -5, LCLIMB: true };

interface Sketch {
  readonly mesh: Mesh;
  readonly settings?: Settings;
  /** Energy above that of the first one of its kind, eV. */
  readonly aboveEv?: number;
}

function run(folder: string, structure: Structure, { mesh, settings, aboveEv = 0 }: Sketch): ReadRun {
  const id = `${folder}/OUTCAR`;
  const energyEv = -4 * structure.species.length + aboveEv;
  const record: FileRecord = {
    format: 'outcar',
    completeness: 'complete',
    version: '6.4.2',
    settings: { ...SETTINGS, ...settings },
    potcars: [...new Set(structure.species)].map((element) => ({
      title: `PAW_PBE ${element} 06Sep2000`,
    })),
    structure,
    kpoints: { scheme: 'gamma', mesh },
    ionicStepCount: 1,
    steps: [
      {
        index: 1,
        freeEnergyEv: energyEv,
        energyWithoutEntropyEv: energyEv,
        energySigma0Ev: energyEv,
        electronic: 'reached',
        forcesEvPerAngstrom: new Float64Array(structure.cartesianAngstrom.length).fill(0.001),
      },
    ],
    convergence: { electronic: 'reached', ionic: 'reached' },
    places: {},
    issues: [],
  };
  return { id, folder, files: { outcar: { identity: identity(id), record } }, issues: [] };
}

function poscar(folder: string, structure: Structure): ReadFile {
  const record: FileRecord = { format: 'poscar', completeness: 'complete', structure, places: {}, issues: [] };
  return { identity: identity(`${folder}/POSCAR`), record };
}

function identity(path: string) {
  return { path, sha256: '0'.repeat(64), bytes: 1 };
}

function structureOf(latticeAngstrom: Matrix3, atoms: readonly Placed[]): Structure {
  return {
    latticeAngstrom,
    species: atoms.map(([element]) => element),
    cartesianAngstrom: Float64Array.from(atoms.flatMap(([, place]) => [...place])),
  };
}

function hexagonal(a: number, c: number): Matrix3 {
  return [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, c],
  ];
}

function cartesian([f, g, h]: Vector3, [a, b, c]: Matrix3): Vector3 {
  return [f * a[0] + g * b[0] + h * c[0], f * a[1] + g * b[1] + h * c[1], f * a[2] + g * b[2] + h * c[2]];
}
