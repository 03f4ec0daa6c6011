/**
 * How far a surface is from the best one for hydrogen evolution: |ΔG_H*| (SCIENCE §6.3).
 *
 * The mistake avoided here: ranking by ΔG_H* itself. Both a surface that does not bind hydrogen and one that does not let
 * it go suppress the gas; the latter is covered with it, which is told.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { HYDROGEN_UNCERTAINTY_EV, poisoned } from './shared/hydrogen.ts';
import { real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';

const inputs = z.strictObject({
  freeEnergyEv: real('ΔG_H*', 'eV', 'free energy of adsorbed hydrogen'),
  uncertainty,
});

export const hydrogenSuppression: DescriptorDefinition<typeof inputs> = {
  identifier: 'hydrogen-suppression',
  version: 1,
  symbol: '|ΔG_H*|',
  unit: UNIT,
  title: 'Suppression of hydrogen evolution: distance of ΔG_H* from zero',
  sign: 'never negative; 0 = the most active surface',
  formula: '|ΔG_H*|',
  reference: 'rank-only: Lindgren et al. (2019) dispute the optimum at ΔG_H* = 0; docs/science.md §6.3',
  group: 'hydrogen evolution',
  better: 'higher',
  inScreening: true,
  defaultUncertainty: HYDROGEN_UNCERTAINTY_EV,
  aliases: [],
  example: { inputs: { freeEnergyEv: -0.373783 }, prints: '0.373783', source: 'docs/science.md §6.1' },
  inputs,
  compute,
};

function compute({ freeEnergyEv, uncertainty: given }: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: Math.abs(freeEnergyEv),
    unit: UNIT,
    convention: 'distance from the top of the volcano; rank-only',
    uncertainty: uncertaintyOf(given, HYDROGEN_UNCERTAINTY_EV),
    parts: { branch: freeEnergyEv <= 0 ? 'strong binding' : 'weak binding' },
    issues: poisoned(freeEnergyEv),
  });
}
