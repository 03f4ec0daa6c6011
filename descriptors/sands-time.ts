/**
 * Sand's time: how long a current above the limiting one lasts before the salt at the electrode is used up (SCIENCE §9.1).
 *
 * The mistakes avoided here: the form printed in the zinc review, which lost the squares of the charge density, of J and
 * of the mobilities and has the dimension of a length times a mobility; and a time for a current below the limiting one,
 * at which the salt is never used up.
 */
import { z } from 'zod';
import { FARADAY_COULOMB_PER_MOLE } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, real, uncertainty } from './shared/inputs.ts';

const UNIT = 's';
const MILLIAMPERE_PER_AMPERE = 1000;
/** S. Yuan et al., Nano-Micro Lett. 18:120 (2026), as printed. */
const PRINTED_FORM = 'τ = πD·ε·C0(μ_a+μ_c)²/(4J·μ_a)';

const inputs = z
  .strictObject({
    diffusionCm2PerS: positive('D', 'cm²/s', 'ambipolar diffusion coefficient of the salt'),
    chargeNumber: count('z', 'charge number of the cation'),
    concentrationMolePerCm3: positive('c_0', 'mol/cm³', 'concentration of the salt in the bulk (1 mol/L = 1e-3)'),
    currentAmperePerCm2: real('J', 'A/cm²', 'current density (1 mA/cm² = 1e-3)'),
    anionTransference: real('t_a', '', 'transference number of the anion, 1 − t_c; 1 = no migration').optional(),
    anionMobility: positive('μ_a', '', 'mobility of the anion, with μ_c instead of t_a; any unit').optional(),
    cationMobility: positive('μ_c', '', 'mobility of the cation, in the same unit').optional(),
    electrodeDistanceCm: positive('L', 'cm', 'distance of the electrodes, for the limiting current').optional(),
    printedForm: z.boolean().default(false).describe('tell what is wrong with the form printed in the review'),
    transferenceUncertainty: atLeastZero('σ_t', '', '1σ of t_a').default(0),
    diffusionUncertaintyCm2PerS: atLeastZero('σ_D', 'cm²/s', '1σ of D').default(0),
    uncertainty,
  })
  .refine(({ anionTransference, anionMobility, cationMobility }) => {
    const mobilities = [anionMobility, cationMobility].filter((given) => given !== undefined).length;
    return mobilities === (anionTransference === undefined ? 2 : 0);
  }, 't_a (ta), or μ_a and μ_c (mua, muc)');

type Inputs = z.output<typeof inputs>;

export const sandsTime: DescriptorDefinition<typeof inputs> = {
  identifier: 'sands-time',
  version: 1,
  symbol: 'τ_Sand',
  unit: UNIT,
  title: 'Sand’s time',
  sign: 'positive; larger = later depletion at the electrode',
  formula:
    'τ_Sand = πD·(z·c_0·F/(2J·t_a))², t_a = μ_a/(μ_a + μ_c); above J_lim = 2z·F·D·c_0/(t_a·L). ' +
    `Not the printed ${PRINTED_FORM}, which lost its squares and is no time`,
  reference:
    'Sand, Phil. Mag. 1, 45 (1901); Chazalviel, Phys. Rev. A 42, 7355 (1990); Brissot et al., J. Power Sources 81–82, ' +
    '925 (1999); docs/science.md §9.1',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: {
      diffusionCm2PerS: 5e-6,
      chargeNumber: 2,
      concentrationMolePerCm3: 2e-3,
      currentAmperePerCm2: 0.01,
      anionTransference: 0.6,
    },
    prints: '16248.00',
    source: 'docs/science.md §9.1',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { currentAmperePerCm2: current, chargeNumber, concentrationMolePerCm3: concentration } = given;
  const transference = anionTransferenceOf(given);
  const unfit = unfitInputs(current, transference);
  const chargePerCm3 = chargeNumber * concentration * FARADAY_COULOMB_PER_MOLE;
  const seconds = Math.PI * given.diffusionCm2PerS * (chargePerCm3 / (2 * current * transference)) ** 2;
  const limiting = limitingCurrent(given, transference);
  return descriptorResult({
    value: unfit.length > 0 ? undefined : seconds,
    unit: UNIT,
    convention: 'standard form; D ambipolar; semi-infinite electrolyte',
    uncertainty: propagated(
      given.uncertainty,
      (2 * seconds * given.transferenceUncertainty) / transference,
      (seconds * given.diffusionUncertaintyCm2PerS) / given.diffusionCm2PerS,
    ),
    parts: {
      anionTransference: transference,
      ...(unfit.length === 0 && { limitingCurrentMaPerCm2: limiting }),
      ...(given.printedForm && { printedForm: PRINTED_FORM }),
    },
    issues: [
      ...unfit,
      ...(unfit.length === 0 ? limitingIssues(current, limiting) : []),
      ...(given.printedForm ? [issue('W_SAND_PRINTED_FORM', { printed: PRINTED_FORM })] : []),
    ],
  });
}

function anionTransferenceOf({ anionTransference, anionMobility = 0, cationMobility = 0 }: Inputs): number {
  return anionTransference ?? anionMobility / (anionMobility + cationMobility);
}

function unfitInputs(current: number, transference: number): Issue[] {
  return [
    ...(current > 0 ? [] : [issue('E_SAND_INPUT', { input: 'J', found: current })]),
    ...(transference > 0 && transference <= 1 ? [] : [issue('E_SAND_INPUT', { input: 't_a', found: transference })]),
  ];
}

/** mA/cm². */
function limitingCurrent(given: Inputs, transference: number): number | undefined {
  const { electrodeDistanceCm, chargeNumber, diffusionCm2PerS, concentrationMolePerCm3 } = given;
  if (electrodeDistanceCm === undefined) return undefined;
  const chargeFlow = 2 * chargeNumber * FARADAY_COULOMB_PER_MOLE * diffusionCm2PerS * concentrationMolePerCm3;
  return (MILLIAMPERE_PER_AMPERE * chargeFlow) / (transference * electrodeDistanceCm);
}

function limitingIssues(current: number, limitingMaPerCm2: number | undefined): Issue[] {
  if (limitingMaPerCm2 === undefined) return [issue('W_NO_LIMITING_CHECK', {})];
  return MILLIAMPERE_PER_AMPERE * current < limitingMaPerCm2 ? [issue('W_BELOW_LIMITING', { limitingMaPerCm2 })] : [];
}
