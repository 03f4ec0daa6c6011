/**
 * The healthy campaign that every trap changes in one place: ZnO(0001), O-terminated side up, with Li at two sites and at
 * the end of a hop, with Zn and with H on it, the references of all three, bulk ZnO, and the band of the hop.
 *
 * Structures and the writer of VASP's files are those of examples/zno-lithium/generator; energies are made so that every
 * difference can be told by hand.
 */
import { bandRuns, nameOf } from '../../examples/zno-lithium/generator/band-runs.mjs';
import {
  adsorbedRun,
  cleanSlabRun,
  type Surface as FacetSurface,
  surfaceOf,
} from '../../examples/zno-lithium/generator/facet-runs.mjs';
import { meshOf } from '../../examples/zno-lithium/generator/k-points.mjs';
import { outcarText, type Run } from '../../examples/zno-lithium/generator/outcar.mjs';
import { referenceRuns } from '../../examples/zno-lithium/generator/references.mjs';
import { atomSettings, bulkSettings, incarText } from '../../examples/zno-lithium/generator/settings.mjs';
import { contcarText, kpointsText, poscarText } from '../../examples/zno-lithium/generator/structure-files.mjs';
import { type Cell, combine, toFractional, type Vector } from '../../examples/zno-lithium/generator/vectors.mjs';

export type { Run } from '../../examples/zno-lithium/generator/outcar.mjs';
export type { Vector } from '../../examples/zno-lithium/generator/vectors.mjs';

/** Text of every file by its path in the campaign. */
export type Files = ReadonlyMap<string, string>;

export const FACET = 'zno-002';
export const BAND = `${FACET}/neb`;

/** E_ads relative to the isolated atom, eV; in the hollow as in the example. Above O is the best site of Li. */
export const ADSORPTION_EV = {
  'slab-li': -3.4,
  'slab-li-end': -3.3996,
  'slab-li-top': -3.6,
  'slab-zn': -2.1,
  'slab-h': -2.7,
};
/** Of Li as in the example. */
export const ATOM_EV = { Li: -0.2971, Zn: -0.1902, H: -1.1164 };
export const METAL_EV_PER_ATOM = { Li: -1.9056, Zn: -1.5402 };
const HYDROGEN_MOLECULE_EV = -6.7713;

export const surface: FacetSurface & { readonly facet: '002' } = { ...surfaceOf('002'), facet: '002' };

/** One calculation of the campaign, to be changed. */
export function runNamed(folder: string): Run {
  const run = RUNS.find((candidate) => candidate.folder === folder);
  if (run === undefined) throw new Error(`no ${folder}`);
  return run;
}

export function baseFiles(): Files {
  const files = new Map<string, string>();
  for (const run of RUNS) for (const [path, text] of filesOf(run)) files.set(path, text);
  for (const [path, text] of bandFiles(IMAGES)) files.set(path, text);
  return files;
}

export function filesOf(run: Run): Files {
  return new Map([
    [`${run.folder}/INCAR`, incarText(run.settings)],
    [`${run.folder}/KPOINTS`, kpointsText(run.mesh)],
    ...outputOf(run),
  ]);
}

/** The images between the ends. */
export const bandImages = (): readonly Run[] => IMAGES;

/** The ends are the geometries of the two relaxations, without output. */
export function bandFiles(images: readonly Run[], ends = { start: START, end: END }): Files {
  const [first] = images;
  if (first === undefined) throw new Error('a band without images');
  const geometry = (run: Run): string => poscarText(run.contents, finalOf(run));
  return new Map([
    [`${BAND}/INCAR`, incarText(first.settings)],
    [`${BAND}/KPOINTS`, kpointsText(first.mesh)],
    [`${BAND}/${nameOf(0)}/POSCAR`, geometry(ends.start)],
    [`${BAND}/${nameOf(images.length + 1)}/POSCAR`, geometry(ends.end)],
    ...images.flatMap((image) => [...outputOf(image)]),
  ]);
}

/** Without INCAR and KPOINTS, which a band has once. */
function outputOf(run: Run): Files {
  return new Map([
    [`${run.folder}/POSCAR`, poscarText(run.contents, run.start)],
    [`${run.folder}/CONTCAR`, contcarText(run.contents, finalOf(run))],
    [`${run.folder}/OUTCAR`, outcarText(run)],
  ]);
}

/** Fractional. */
export function finalOf(run: Run): Vector[] {
  const fractional = run.steps.at(-1)?.fractional;
  if (fractional === undefined) throw new Error(`${run.folder} has no step`);
  return fractional;
}

/** Atom by atom, as POSCAR lists them. */
export function elementsOf({ contents }: Run): string[] {
  return contents.species.flatMap(({ element, count }) => Array<string>(count).fill(element));
}

/** A run that begins and ends with these atoms, at rest. */
export function runAt(run: Run, atoms: readonly PlacedAtom[], changes: { cell?: Cell; energyEv?: number } = {}): Run {
  const { cell = run.contents.cell, energyEv } = changes;
  const fractional = atoms.map(({ place }) => toFractional(cell, place));
  const last = run.steps.at(-1);
  if (last === undefined) throw new Error(`${run.folder} has no step`);
  const forces = atoms.map((): Vector => [0, 0, 0]);
  const hasFlags = atoms.some(({ free }) => free !== undefined);
  return {
    ...run,
    contents: {
      ...run.contents,
      cell,
      species: blocksOf(atoms),
      free: hasFlags ? atoms.map(({ free }) => free ?? true) : undefined,
    },
    start: fractional,
    steps: [{ ...last, fractional, forces, sigma0Ev: energyEv ?? last.sigma0Ev }],
  };
}

export interface PlacedAtom {
  readonly element: string;
  /** Cartesian, Å. */
  readonly place: Vector;
  readonly free?: boolean;
}

/** Where the atoms are at the end. */
export function atomsOf(run: Run): PlacedAtom[] {
  const { cell, free } = run.contents;
  const elements = elementsOf(run);
  return finalOf(run).map((fractional, atom) => ({
    element: elements[atom] ?? '',
    place: combine(cell, fractional),
    ...(free !== undefined && { free: free[atom] ?? true }),
  }));
}

function blocksOf(atoms: readonly PlacedAtom[]): { element: string; count: number }[] {
  const blocks: { element: string; count: number }[] = [];
  for (const { element } of atoms) {
    const last = blocks.at(-1);
    if (last?.element === element) last.count += 1;
    else blocks.push({ element, count: 1 });
  }
  return blocks;
}

const CLEAN = cleanSlabRun(surface);
const START = adsorbedRun(surface, 'slab-li', 0, 0);
const END = adsorbedRun(surface, 'slab-li-end', 1, 0.0004);
const IMAGES: readonly Run[] = bandRuns(surface, START, END);
const RUNS: readonly Run[] = [
  ...referenceRuns(),
  isolatedRun('zn-atom', [{ element: 'Zn', place: [6, 7, 8] }], ATOM_EV.Zn),
  isolatedRun('h-atom', [{ element: 'H', place: [6, 7, 8] }], ATOM_EV.H),
  isolatedRun(
    'h2',
    [
      { element: 'H', place: [6, 7, 8] },
      { element: 'H', place: [6, 7, 8.75] },
    ],
    HYDROGEN_MOLECULE_EV,
  ),
  zincMetal(),
  CLEAN,
  START,
  END,
  onSurface('slab-li-top', 'Li', { above: 'O', heightAngstrom: 1.85 }),
  onSurface('slab-zn', 'Zn', { above: 'O', heightAngstrom: 1.95 }),
  onSurface('slab-h', 'H', { above: 'O', heightAngstrom: 0.98 }),
];

/** Upright above a topmost atom of the clean slab; the new atom stands last in the list. */
function onSurface(
  name: keyof typeof ADSORPTION_EV,
  element: 'Li' | 'Zn' | 'H',
  { above, heightAngstrom }: { readonly above: string; readonly heightAngstrom: number },
): Run {
  const atoms = atomsOf(CLEAN);
  const highest = atoms.filter((atom) => atom.element === above).reduce((a, b) => (b.place[2] > a.place[2] ? b : a));
  const [x, y, z] = highest.place;
  const energyEv = surface.cleanSigma0Ev + ATOM_EV[element] + ADSORPTION_EV[name];
  const run = { ...CLEAN, folder: `${FACET}/${name}` };
  return runAt(run, [...atoms, { element, place: [x, y, z + heightAngstrom] }], { energyEv });
}

/** In the box of the Li atom, spin-polarised, Γ only. */
function isolatedRun(folder: string, atoms: readonly PlacedAtom[], energyEv: number): Run {
  const [, lithium] = referenceRuns();
  if (lithium === undefined) throw new Error('no isolated Li atom');
  const settings = atomSettings(`synthetic, no DFT: ${folder}`);
  const run = { ...lithium, folder, settings, contents: { ...lithium.contents, comment: `synthetic: ${folder}` } };
  const { magnetisationBohr: _, ...rest } = runAt(run, atoms, { energyEv });
  return { ...rest, magnetisationBohr: 0 };
}

function zincMetal(): Run {
  const [a, c] = [2.665, 4.947];
  const cell: Cell = [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, c],
  ];
  const [bulk] = referenceRuns();
  if (bulk === undefined) throw new Error('no bulk ZnO');
  const settings = bulkSettings('synthetic, no DFT: hcp Zn');
  const run = { ...bulk, folder: 'zn-hcp', settings, mesh: meshOf(cell) };
  const atoms = [[1 / 3, 2 / 3, 0.25] as const, [2 / 3, 1 / 3, 0.75] as const].map((fractional) => ({
    element: 'Zn',
    place: combine(cell, fractional),
  }));
  return runAt(run, atoms, { cell, energyEv: 2 * METAL_EV_PER_ATOM.Zn });
}
