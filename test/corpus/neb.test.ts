/**
 * The migration paths of the corpus as `adatom neb` reads them, against EXPECTED.json: energies by grep, distances and
 * spline barriers by pymatgen and scipy, the tables neb.dat by their own authors (how, per path, stands there).
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { runAdatom } from '../cli/run-adatom.ts';
import { expectNear } from '../near.ts';
import { CORPUS, CORPUS_MISSING, corpusBytes, corpusIsThere, expectedValues } from './corpus.ts';

interface Answer {
  readonly images: readonly (Readonly<Record<string, number>> & { readonly state?: string })[];
  readonly forwardBarrierEv?: number;
  readonly reverseBarrierEv?: number;
  readonly reactionEnergyEv?: number;
  readonly method?: string;
  readonly migrating?: {
    readonly atoms: readonly Readonly<Record<string, number | string>>[];
    readonly othersLargestDisplacementAngstrom?: number;
  };
  readonly interpolations?: Readonly<Record<string, { readonly maxima: readonly { readonly energyEv: number }[] }>>;
  readonly issues: readonly { readonly code: string; readonly where: { readonly file?: string } }[];
}

interface ExpectedImage {
  readonly F: number | null;
  readonly E0: number | null;
  readonly path_distance_A: number | null;
  readonly tangent_force_REAL_eV_per_A: number | null;
}

async function answer(path: string, ...options: string[]): Promise<Answer> {
  const run = await runAdatom(['neb', join(CORPUS, path), '--json', ...options]);
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
}

function codes({ issues }: Answer): string[] {
  return issues.map((entry) => entry.code);
}

/** A reference number, by the names that lead to it. */
function expected(system: string, ...names: readonly string[]): number {
  let found: unknown = expectedValues().systems[system];
  for (const name of names) found = found instanceof Object ? Reflect.get(found, name) : undefined;
  if (typeof found !== 'number') throw new Error(`no number ${system} ${names.join(' ')} in EXPECTED.json`);
  return found;
}

function expectedImages(system: string): readonly ExpectedImage[] {
  return expectedValues().systems[system]?.per_image as readonly ExpectedImage[]; // shape: EXPECTED.json's own
}

const MAST = 'mast/neb_Al_vacancy_CI';
/** Of the energies as they are printed. */
const ENERGY_TOLERANCE_EV = 1e-6;
/** Structures are read with all their digits; only the order of additions differs. */
const DISTANCE_TOLERANCE_ANGSTROM = 1e-6;

it('the paths of the corpus are compared with reference values', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
  expect(expectedImages('neb_Al_vacancy_CI')).toHaveLength(5);
});

describe.runIf(corpusIsThere)('the paths of the corpus', () => {
  for (const [energy, name] of [
    ['free', 'F'],
    ['sigma0', 'E0'],
  ] as const) {
    it(`the vacancy in Al has its barrier at the climbing image (${name})`, async () => {
      const { images, ...path } = await answer(MAST, '--energy', energy);
      const barrier = (kind: string) => expected('neb_Al_vacancy_CI', name, kind);
      expectNear(path.forwardBarrierEv, barrier('forward_barrier_discrete'), ENERGY_TOLERANCE_EV);
      expectNear(path.reverseBarrierEv, barrier('backward_barrier_discrete'), ENERGY_TOLERANCE_EV);
      expectNear(path.reactionEnergyEv, barrier('reaction_energy'), ENERGY_TOLERANCE_EV);
      expect(path.method).toBe('climbing');
      expectedImages('neb_Al_vacancy_CI').forEach((image, at) => {
        expectNear(images[at]!.energyEv, image[name]!, ENERGY_TOLERANCE_EV);
        expectNear(images[at]!.distanceAngstrom, image.path_distance_A!, DISTANCE_TOLERANCE_ANGSTROM);
      });
      // Between the ends: there the forces are printed.
      for (const at of [1, 2, 3]) {
        const force = expectedImages('neb_Al_vacancy_CI')[at]!.tangent_force_REAL_eV_per_A!;
        expectNear(images[at]!.tangentForceEvPerAngstrom, force, 1e-6);
      }
    });

    it(`the vacancy in Al has the spline maxima of pymatgen and nebspline.pl (${name})`, async () => {
      const { interpolations } = await answer(MAST, '--energy', energy);
      const barrier = (kind: string) => expected('neb_Al_vacancy_CI', name, kind);
      const highest = (spline: string) =>
        Math.max(...(interpolations?.[spline]?.maxima ?? []).map((maximum) => maximum.energyEv));
      // The references are sampled on a grid, ours is the stationary point.
      expectNear(highest('hermite'), barrier('forward_barrier_spline_hermite_VTST'), 1e-8);
      expectNear(highest('clamped'), barrier('forward_barrier_spline_clamped'), 1e-8);
    });
  }

  it('the vacancy in Al rises by 9 meV less in F than in E0 between two images', async () => {
    // SCIENCE §3.5: 0.102632 eV in F, 0.111815 eV in E0, from image 01 to the climbing image 02.
    for (const [energy, riseEv] of [
      ['free', 0.102632],
      ['sigma0', 0.111815],
    ] as const) {
      const { images } = await answer(MAST, '--energy', energy);
      expectNear(Number(images[2]?.energyEv) - Number(images[1]?.energyEv), riseEv, ENERGY_TOLERANCE_EV);
    }
  });

  it('the vacancy in Al has a force on one atom that is not that of the band', () => {
    // SCIENCE §3.4, image 01: DFT 0.2161, of the band 0.019191, perpendicular 0.048369, along the path −0.226121 eV/Å.
    const { steps } = outcarParser.parse(memorySource(corpusBytes(`${MAST}/01/OUTCAR`)));
    const last = steps?.at(-1);
    const forces = last?.forcesEvPerAngstrom ?? [];
    const norms = [...forces.keys()].filter((at) => at % 3 === 0).map((at) => Math.hypot(...forces.slice(at, at + 3)));
    expectNear(Math.max(...norms), 0.2161, 5e-5);
    expectNear(last?.neb?.residualForceEvPerAngstrom, 0.019191, 1e-9);
    expectNear(last?.neb?.perpendicularForceEvPerAngstrom, 0.048369, 1e-9);
    expectNear(last?.neb?.tangentForceEvPerAngstrom, -0.226121, 1e-9);
  });

  it('the vacancy in Al tells that the kind of energy matters and that its ends come without settings', async () => {
    // F 0.328602, E0 0.322012 eV: 6.6 meV apart. The OUTCARs of the ends were not published.
    const found = codes(await answer(MAST));
    expect(found).toContain('W_ENERGY_KIND_SENSITIVE');
    expect(found.filter((code) => code === 'W_ENDPOINT_SETTINGS')).toHaveLength(2);
  });

  // pymatgen 2022.11, pbc_shortest_vectors from image to image: way of the atom, straight line, largest of the others.
  for (const [path, element, way, straight, others] of [
    [MAST, 'Al', 2.896244982, 2.896244982, 0.231326416],
    ['pymatgen/neb1_endpoints_only', 'Fe', 2.450805957, 2.450794631, 0.236044501],
  ] as const) {
    it(`the vacancy in ${element} is filled by atom 8 of its neighbours, and by no other`, async () => {
      const { migrating } = await answer(path);
      expect(migrating?.atoms).toMatchObject([{ atom: 8, element }]);
      expectNear(Number(migrating?.atoms[0]?.pathLengthAngstrom), way, DISTANCE_TOLERANCE_ANGSTROM);
      expectNear(Number(migrating?.atoms[0]?.straightAngstrom), straight, DISTANCE_TOLERANCE_ANGSTROM);
      expectNear(migrating?.othersLargestDisplacementAngstrom, others, DISTANCE_TOLERANCE_ANGSTROM);
    });
  }

  it('a band that was stopped tells the steps of its images, one that was not run that it was not', async () => {
    // By grep: 14 blocks of forces in each OUTCAR, and no timing.
    const stopped = await answer(`${MAST}_started`);
    expect(stopped.images.map(({ state, ionicSteps }) => [state, ionicSteps])).toEqual([
      [undefined, undefined],
      ...[1, 2, 3].map(() => ['unfinished', 14]),
      [undefined, undefined],
    ]);
    expect(codes(stopped)).toContain('I_NEB_UNFINISHED');
    expect(codes(await answer('pymatgen/neb1_endpoints_only'))).toContain('I_NEB_NOT_RUN');
    expect(codes(await answer(MAST)).filter((code) => /^I_NEB|ATOM|FIXED/.test(code))).toEqual([]);
  });

  it('unfinished images leave the vacancy in Al without barrier', async () => {
    const path = await answer(`${MAST}_started`);
    expect(path.forwardBarrierEv).toBeUndefined();
    expect(path.method).toBeUndefined();
    const torn = path.issues.filter((entry) => entry.code === 'E_TRUNCATED').map((entry) => entry.where.file);
    expect(torn).toEqual(['01', '02', '03'].map((image) => join(CORPUS, `${MAST}_started/${image}/OUTCAR`)));
  });

  it('identical images without ends have neither barrier nor reaction energy', async () => {
    const path = await answer('aiida-vasp/neb-workchain_calc-000');
    expect(path.forwardBarrierEv).toBeUndefined();
    expect(path.reactionEnergyEv).toBeUndefined();
    expect(codes(path)).toContain('E_IMAGE_GAP');
    // Images 01, 02, 03; 00 and 04 are not there.
    for (const [at, image] of expectedImages('aiida_neb-workchain').slice(1, 4).entries()) {
      expectNear(path.images[at]!.energyEv, image.E0!, ENERGY_TOLERANCE_EV);
    }
  });

  for (const [energy, name] of [
    ['free', 'F'],
    ['sigma0', 'E0'],
  ] as const) {
    it(`ends alone have a reaction energy and no barrier (${name})`, async () => {
      const path = await answer('pymatgen/neb1_endpoints_only', '--energy', energy);
      const images = expectedImages('neb1_endpoints_only');
      expect(path.forwardBarrierEv).toBeUndefined();
      expectNear(path.reactionEnergyEv, images.at(-1)![name]! - images[0]![name]!, 2 * ENERGY_TOLERANCE_EV);
      images.forEach((image, at) => {
        expectNear(path.images[at]!.distanceAngstrom, image.path_distance_A!, DISTANCE_TOLERANCE_ANGSTROM);
      });
      expect(codes(path)).toContain('E_IMAGE_ENERGY');
    });
  }

  for (const [system, folder] of [
    ['MoS2_Pt_neb-mo', 'neb-mo'],
    ['MoS2_Pt_neb-mo+1', 'neb-mo+1'],
  ] as const) {
    it(`Pt on MoS2 has the barrier of its table (${folder})`, async () => {
      for (const named of [folder, `${folder}/neb.dat`]) {
        const path = await answer(`single-adatom-liquid-theory/mos2/${named}`);
        expect(path.images).toHaveLength(expected(system, 'n_images_total'));
        expectNear(path.forwardBarrierEv, expected(system, 'forward_barrier_discrete'), 1e-9);
        expectNear(path.reverseBarrierEv, expected(system, 'backward_barrier_discrete'), 1e-9);
        expectNear(path.reactionEnergyEv, expected(system, 'reaction_energy'), 1e-9);
        expectNear(path.images.at(-1)?.distanceAngstrom, expected(system, 'path_length_A'), 1e-9);
        // All forces in the table are zero, which nebbarrier.pl writes when it found none.
        expect(codes(path)).toContain('W_SADDLE_BRACKETED');
      }
    });
  }
});
