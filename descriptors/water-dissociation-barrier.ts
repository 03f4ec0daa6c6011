/**
 * Barrier of splitting adsorbed water, H₂O* → H* + OH* (SCIENCE §6.3): the first step of hydrogen evolution away from acid.
 *
 * The mistake avoided here: a barrier from the gas instead of from the adsorbed molecule, and one below the reaction
 * energy, which no saddle point has.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** As for other barriers (SCIENCE §10.5). */
const DEFAULT_UNCERTAINTY_EV = 0.05;

const inputs = z.strictObject({
  adsorbedWaterEv: real('E_H2O*', 'eV', 'slab with the adsorbed molecule'),
  transitionStateEv: real('E_TS', 'eV', 'slab with the molecule at the saddle point'),
  dissociatedEv: real('E_H*+OH*', 'eV', 'slab with H and OH apart').optional(),
  uncertainty,
});

export const waterDissociationBarrier: DescriptorDefinition<typeof inputs> = {
  identifier: 'water-dissociation-barrier',
  version: 1,
  symbol: 'E_diss',
  unit: UNIT,
  title: 'Barrier of splitting adsorbed water',
  sign: 'positive = a barrier; high = little hydrogen from neutral and alkaline water',
  formula: 'E_diss = E(TS) − E(H₂O*)',
  reference: 'docs/science.md §6.3',
  group: 'hydrogen evolution',
  better: 'higher',
  inScreening: false,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: 0.95 above the initial state, 0.20 below it at the end: 1.15 back.
    inputs: { adsorbedWaterEv: -226.915678, transitionStateEv: -225.965678, dissociatedEv: -227.115678 },
    prints: '0.950000',
    parts: { reactionEnergyEv: '-0.200000', reverseBarrierEv: '1.150000' },
    source: 'arithmetic by hand on the slab of docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { adsorbedWaterEv, transitionStateEv, dissociatedEv } = given;
  const issues = belowAnEnd(given);
  return descriptorResult({
    value: issues.length > 0 ? undefined : transitionStateEv - adsorbedWaterEv,
    unit: UNIT,
    convention: 'from the adsorbed molecule; energy: sigma0',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts:
      dissociatedEv === undefined
        ? {}
        : {
            reactionEnergyEv: dissociatedEv - adsorbedWaterEv,
            reverseBarrierEv: issues.length > 0 ? undefined : transitionStateEv - dissociatedEv,
          },
    issues,
  });
}

function belowAnEnd({ adsorbedWaterEv, transitionStateEv, dissociatedEv }: z.output<typeof inputs>): Issue[] {
  if (transitionStateEv >= Math.max(adsorbedWaterEv, dissociatedEv ?? adsorbedWaterEv)) return [];
  return [issue('E_INPUT', { input: 'transitionStateEv', reason: 'lies below one of the states that it is between' })];
}
