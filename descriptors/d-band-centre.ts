/**
 * Centre of the d band relative to the Fermi energy (SCIENCE §7).
 *
 * The mistakes avoided here: one spin alone, a window that cuts the band without being stated, and the centre of a closed
 * shell (Zn 3d, 7 eV below the Fermi energy) read as reactivity. The value is for information.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** d shells that are full in the free atom and in the metal. */
const CLOSED_SHELLS = new Set(['Zn', 'Cd', 'Hg', 'Ga', 'In', 'Tl']);

const density = (symbol: string, description: string) =>
  told(z.array(z.number().min(0)).min(2).readonly(), symbol, '1/eV', description);

const inputs = z
  .strictObject({
    energiesEv: told(
      z.array(z.number()).min(2).readonly(),
      'E',
      'eV',
      'energies of the density of states, rising',
    ).optional(),
    densityPerEv: density(
      'ρ_d',
      'd states per eV of the atoms in question; of spin up when densityDownPerEv is there',
    ).optional(),
    densityDownPerEv: density('ρ_d,down', 'of spin down').optional(),
    fermiEnergyEv: real('E_F', 'eV', 'Fermi energy of the same run').default(0),
    fromEv: real('E_from', 'eV', 'lower end of the window, relative to the Fermi energy').optional(),
    toEv: real('E_to', 'eV', 'upper end; without both the full range counts').optional(),
    moments: z
      .strictObject({
        states: z.number().min(0),
        firstEv: z.number(),
        secondEv2: z.number().min(0),
        fromEv: z.number(),
        toEv: z.number(),
      })
      .optional()
      .describe(
        'instead of a density: ∫ρ_d dE, ∫E·ρ_d dE and ∫E²·ρ_d dE over the energies fromEv to toEv, absolute, both spins',
      ),
    element: z.string().optional().describe('element of the atoms, to tell closed shells'),
    uncertainty,
  })
  .refine(
    ({ energiesEv = [] }) => energiesEv.every((energy, at) => at === 0 || energy > (energiesEv[at - 1] ?? energy)),
    'energiesEv rise from one to the next',
  )
  .refine(
    ({ energiesEv = [], densityPerEv = [], densityDownPerEv = densityPerEv }) =>
      densityPerEv.length === energiesEv.length && densityDownPerEv.length === energiesEv.length,
    'one density for each energy',
  )
  .refine(
    ({ energiesEv, moments }) => (energiesEv === undefined) !== (moments === undefined),
    'energiesEv with densityPerEv, or moments; not both',
  )
  .refine(
    ({ moments, fromEv, toEv }) => moments === undefined || (fromEv === undefined && toEv === undefined),
    'moments are over the full range: no window',
  );

type Inputs = z.output<typeof inputs>;

export const dBandCentre: DescriptorDefinition<typeof inputs> = {
  identifier: 'd-band-centre',
  version: 1,
  symbol: 'ε_d',
  unit: UNIT,
  title: 'Centre of the d band relative to the Fermi energy',
  sign: 'negative = below the Fermi energy; higher = adsorbates are bound more strongly',
  formula: 'ε_d = ∫(E − E_F)·ρ_d dE / ∫ρ_d dE',
  reference: 'Hammer & Nørskov, Surf. Sci. 343, 211 (1995); docs/science.md §7',
  group: 'electronic structure',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: trapezoids of a triangle from −4 over −2 to 0 have their centre at its top; E_F = 1.
    inputs: { energiesEv: [-3, -2, -1, 0, 1], densityPerEv: [0, 1, 2, 1, 0], fermiEnergyEv: 1 },
    prints: '-2.0',
    parts: { states: '4.0' },
    source: 'centre of a triangle, by hand',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const moments = momentsOf(given);
  const value = moments.states > 0 ? moments.first / moments.states : undefined;
  const variance = value === undefined ? undefined : moments.second / moments.states - value ** 2;
  return descriptorResult({
    value,
    unit: UNIT,
    convention: `relative to E_F; window: ${windowText(given)}; spins: ${hasBothSpins(given) ? 'both' : 'as given'}`,
    uncertainty: propagated(given.uncertainty),
    parts: {
      states: moments.states,
      widthEv: variance === undefined ? undefined : Math.sqrt(Math.max(0, variance)),
      fromEv: moments.fromEv,
      toEv: moments.toEv,
    },
    issues: [
      ...(value === undefined
        ? [
            issue('E_INPUT', {
              input: given.moments === undefined ? 'densityPerEv' : 'moments',
              reason: 'no d states in the window',
            }),
          ]
        : []),
      informational(given.element),
    ],
  });
}

interface Moments {
  readonly states: number;
  readonly first: number;
  readonly second: number;
  /** Energies that count, relative to E_F. */
  readonly fromEv?: number;
  readonly toEv?: number;
}

/** By trapezoids between the energies of the grid that lie in the window. */
function momentsOf(given: Inputs): Moments {
  const { energiesEv = [], densityPerEv = [], densityDownPerEv, fermiEnergyEv } = given;
  if (given.moments !== undefined) return shiftedMoments(given.moments, fermiEnergyEv);
  const [from, to] = [given.fromEv ?? Number.NEGATIVE_INFINITY, given.toEv ?? Number.POSITIVE_INFINITY];
  const points = energiesEv
    .map((energy, at) => ({
      energyEv: energy - fermiEnergyEv,
      density: (densityPerEv[at] ?? 0) + (densityDownPerEv?.[at] ?? 0),
    }))
    .filter(({ energyEv }) => energyEv >= from && energyEv <= to);
  const moment = (power: number): number =>
    points.slice(1).reduce((sum, { energyEv, density: right }, at) => {
      const before = points[at] ?? { energyEv, density: right };
      const area = before.density * before.energyEv ** power + right * energyEv ** power;
      return sum + ((energyEv - before.energyEv) * area) / 2;
    }, 0);
  const [fromEv, toEv] = [points[0]?.energyEv, points.at(-1)?.energyEv];
  return {
    states: moment(0),
    first: moment(1),
    second: moment(2),
    ...(fromEv !== undefined && { fromEv }),
    ...(toEv !== undefined && { toEv }),
  };
}

function hasBothSpins({ densityDownPerEv, moments }: Inputs): boolean {
  return densityDownPerEv !== undefined || moments !== undefined;
}

/** ∫(E − E_F)ρ = ∫Eρ − E_F∫ρ, and so on. */
function shiftedMoments(
  { states, firstEv, secondEv2, fromEv, toEv }: NonNullable<Inputs['moments']>,
  fermiEnergyEv: number,
): Moments {
  return {
    states,
    first: firstEv - fermiEnergyEv * states,
    second: secondEv2 - 2 * fermiEnergyEv * firstEv + fermiEnergyEv ** 2 * states,
    fromEv: fromEv - fermiEnergyEv,
    toEv: toEv - fermiEnergyEv,
  };
}

function windowText({ fromEv, toEv }: Inputs): string {
  if (fromEv === undefined && toEv === undefined) return 'full range';
  return `${fromEv ?? '−∞'} … ${toEv ?? '∞'} eV`;
}

function informational(element: string | undefined): Issue {
  const closed = element !== undefined && CLOSED_SHELLS.has(element);
  const reason = closed
    ? `the d shell of ${element} is closed, its centre tells nothing of reactivity`
    : 'a d-band centre orders transition metals of one kind, no candidates';
  return issue('I_INFORMATIONAL', { reason });
}
