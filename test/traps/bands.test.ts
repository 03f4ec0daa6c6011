/** What can be wrong with a band, each once: SCIENCE §3.1, §3.2, §3.8. Its three images hop over a barrier of 0.12 eV. */
import { describe, expect, it } from 'vitest';
import { add, combine, scale } from '../../examples/zno-lithium/generator/vectors.mjs';
import { expectNear } from '../near.ts';
import { atomsOf, BAND, bandFiles, bandImages, FACET, type Run, runAt, runNamed } from './campaign.ts';
import { all, type Change, edited, imageAt, type Replacement, removed, rewritten } from './changes.ts';
import { inCell, shifted, withAtoms } from './places.ts';
import { expectTrap, type Trap, valueIn } from './trap.ts';

const BARRIER_EV = 0.12;
const NAMES = ['01', '02', '03'];
const BLOCKED: Trap['values'] = { 'migration-barrier': 'unavailable' };
const WEAKER: Trap['values'] = { 'migration-barrier': 'degraded' };

function image(number: number): Run {
  const run = bandImages()[number - 1];
  if (run === undefined) throw new Error(`no image ${number}`);
  return run;
}

const middle = (change: (run: Run) => Run): Change => imageAt('02', change(image(2)));
const outcar = (name: string, ...replacements: readonly Replacement[]): Change =>
  edited(`${BAND}/${name}/OUTCAR`, ...replacements);
const everyOutcar = (...replacements: readonly Replacement[]): Change =>
  all(...NAMES.map((name) => outcar(name, ...replacements)));

/** Two atoms of one element under each other's number. */
function exchanged(run: Run, one: number, other: number): Run {
  const atoms = atomsOf(run);
  const places = new Map([
    [one, atoms[other]?.place],
    [other, atoms[one]?.place],
  ]);
  return withAtoms(run, (atom, index) => ({ ...atom, place: places.get(index) ?? atom.place }));
}

/** 01 and 03 under each other's name. */
const exchangedFolders: Change = (files) =>
  new Map(
    [...files].map(([path, text]) => [
      path.replace(new RegExp(`^${BAND}/0([13])/`), (_, index) => `${BAND}/0${index === '1' ? 3 : 1}/`),
      text,
    ]),
  );

/** One image between the ends, the climbing one. */
const oneImage: Change = (files) => {
  const [run] = [image(2)];
  const band = run.settings.band;
  if (band === undefined) throw new Error('no band');
  const alone = { ...run, folder: `${BAND}/01`, settings: { ...run.settings, band: { ...band, images: 1 } } };
  return new Map([...removed(BAND)(files), ...bandFiles([alone])]);
};

const REFUSED: readonly Trap[] = [
  {
    name: 'two Zn exchanged in the list of one image',
    change: middle((run) => exchanged(run, 9, 14)),
    told: { E_ATOM_ORDER: ['neb'] },
  },
  {
    name: 'one image that lists O before Zn',
    change: middle((run) => {
      const atoms = atomsOf(run);
      return runAt(run, [...atoms.slice(16, 32), ...atoms.slice(0, 16), ...atoms.slice(32)]);
    }),
    told: { E_ATOM_ORDER: ['neb'] },
  },
  { name: 'an image missing', change: removed(`${BAND}/02`), told: { E_IMAGE_GAP: ['neb'] } },
  { name: 'two images alike', change: imageAt('02', image(1)), told: { E_DUPLICATE_IMAGES: ['neb'] } },
  {
    name: 'an image in a cell 0.2 Å higher',
    change: middle((run) => {
      const [a, b, [x, y, z]] = run.contents.cell;
      return inCell(run, [a, b, [x, y, z + 0.2]]);
    }),
    told: { E_IMAGE_CELL: ['neb'] },
  },
  {
    name: 'springs of a plain elastic band',
    change: all(
      everyOutcar([/SPRING +-5\.000000/, 'SPRING      5.000000']),
      edited(`${BAND}/INCAR`, ['SPRING = -5', 'SPRING = 5']),
    ),
    told: { E_PLAIN_ELASTIC_BAND: ['neb'] },
  },
  {
    name: 'a NEB force of 0.3 eV/Å',
    change: outcar('01', [/FORCES: max atom, RMS +\S+/g, 'FORCES: max atom, RMS     0.300000']),
    told: { E_NEB_UNCONVERGED: ['neb'] },
  },
  {
    name: 'an image with one electron less',
    change: outcar('02', [/NELECT = +\S+/, 'NELECT =     290.0000']),
    told: { E_NELECT: ['neb'] },
  },
  {
    name: 'an image at another cutoff',
    change: outcar('02', ['ENCUT  =  520.0 eV', 'ENCUT  =  400.0 eV']),
    told: { E_ENCUT: ['neb'] },
  },
  {
    name: 'an end whose relaxation is missing',
    change: removed(`${FACET}/slab-li-end`),
    told: { E_ENDPOINT_ENERGY: ['neb'] },
  },
  {
    name: 'an end 0.08 Å from its relaxation',
    change: imageAt(
      '00',
      withAtoms(runNamed(`${FACET}/slab-li`), (atom, index) =>
        index === 32 ? { ...atom, place: add(atom.place, [0, 0.08, 0]) } : atom,
      ),
    ),
    // No energy, and why the relaxation that is nearly there is not taken.
    told: { E_ENDPOINT_ENERGY: ['neb'], E_ENDPOINT_GEOMETRY: ['neb'] },
  },
  {
    name: 'images that were never run',
    change: all(...NAMES.flatMap((name) => [removed(`${BAND}/${name}/OUTCAR`), removed(`${BAND}/${name}/CONTCAR`)])),
    // What it is, and what that forbids.
    told: { I_NEB_NOT_RUN: ['neb'], E_IMAGE_ENERGY: ['neb'] },
  },
  {
    name: 'an image that is still running',
    change: outcar('02', [/ General timing[\s\S]*$/, '']),
    // What the band is, what is wrong with the file, and what that forbids.
    told: { I_NEB_UNFINISHED: ['neb'], E_TRUNCATED: ['neb'], E_IMAGE_ENERGY: ['neb'], I_UNLINKED: ['neb/02'] },
  },
];

const DOUBTFUL: readonly Trap[] = [
  {
    name: 'two images in each other’s folder',
    change: exchangedFolders,
    told: { W_IMAGE_ORDER: ['neb'] },
    values: { 'migration-barrier': 'unreliable' },
  },
  {
    name: 'an image five times nearer to one neighbour',
    change: imageAt(
      '01',
      withAtoms(image(1), (atom, index) => {
        const start = atomsOf(runNamed(`${FACET}/slab-li`))[index]?.place ?? atom.place;
        return { ...atom, place: add(scale(start, 0.8), scale(atom.place, 0.2)) };
      }),
    ),
    told: { W_UNEVEN_IMAGES: ['neb'] },
  },
  {
    name: 'an atom held in one image only',
    change: middle((run) => withAtoms(run, (atom, index) => (index === 20 ? { ...atom, free: !atom.free } : atom))),
    told: { W_FIXED_ATOMS_DIFFER: ['neb'] },
  },
  {
    name: 'a held atom 0.06 Å from its place',
    change: middle((run) => {
      const held = atomsOf(run).findIndex(({ free }) => free === false);
      return withAtoms(run, (atom, index) =>
        index === held ? { ...atom, place: add(atom.place, [0, 0, 0.06]) } : atom,
      );
    }),
    told: { W_FIXED_ATOM_MOVED: ['neb'] },
  },
  {
    name: 'no climbing image',
    change: all(
      everyOutcar(['LCLIMB      T', 'LCLIMB      F']),
      edited(`${BAND}/INCAR`, ['LCLIMB = .TRUE.', 'LCLIMB = .FALSE.']),
    ),
    told: { W_NO_CLIMBING: ['neb'] },
  },
  {
    name: 'a NEB force of 0.1 eV/Å',
    change: outcar('01', [/FORCES: max atom, RMS +\S+/g, 'FORCES: max atom, RMS     0.100000']),
    told: { W_NEB_UNCONVERGED: ['neb'] },
  },
  { name: 'one image between the ends', change: oneImage, told: { W_FEW_IMAGES: ['neb'] } },
  {
    name: 'an image with another smearing',
    change: outcar('02', [/SIGMA {2}= {3}0\.05/g, 'SIGMA  =   0.10']),
    told: { W_SMEARING: ['neb'] },
  },
];

describe('a band', () => {
  it.each(REFUSED)('with $name has no barrier', async (trap) => {
    await expectTrap({ ...trap, values: BLOCKED });
  });

  it.each(DOUBTFUL)('with $name has a weaker barrier', async (trap) => {
    await expectTrap({ values: WEAKER, ...trap });
  });

  it.each([
    [
      'an image shifted with its cell',
      middle((run) =>
        withAtoms(run, (atom) => ({ ...atom, place: add(atom.place, combine(run.contents.cell, [1, -1, 1])) })),
      ),
    ],
    [
      'Li listed on the other side of the cell in one image',
      middle((run) =>
        withAtoms(run, (atom, index) =>
          index === 32 ? { ...atom, place: add(atom.place, combine(run.contents.cell, [0, -1, 0])) } : atom,
        ),
      ),
    ],
    [
      'all of it shifted so that Li hops across the boundary of the cell',
      (files: Parameters<Change>[0]) => {
        const by = combine(image(1).contents.cell, [0.71, 0.33, 0]);
        const start = shifted(runNamed(`${FACET}/slab-li`), by);
        const end = shifted(runNamed(`${FACET}/slab-li-end`), by);
        const ends = all(
          rewritten(`${FACET}/slab-li`, (run) => shifted(run, by)),
          rewritten(`${FACET}/slab-li-end`, (run) => shifted(run, by)),
        );
        const moved = bandFiles(bandImages(), { start, end });
        const images = NAMES.map((name, at) => imageAt(name, shifted(image(at + 1), by)));
        return all(...images)(new Map([...ends(files), ...moved]));
      },
    ],
  ])('with %s has the same barrier', async (name, change) => {
    const result = await expectTrap({ name, change, told: {} });
    expectNear(valueIn(result, 'migration-barrier'), BARRIER_EV, 1e-7);
    expect(result.paths).toHaveLength(1);
  });
});
