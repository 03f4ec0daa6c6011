/**
 * Transference number of the metal cation by the Bruce–Vincent method (SCIENCE §3.10).
 *
 * The mistake avoided here: I_s/I_0 alone, which takes the growth of the film on the electrodes during the measurement
 * for a property of the electrolyte. A number outside 0 … 1 is no transference number and is refused.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, positive, uncertainty } from './shared/inputs.ts';

const inputs = z.strictObject({
  initialCurrentAmpere: positive('I_0', 'A', 'current at once after the voltage is applied'),
  steadyCurrentAmpere: positive('I_s', 'A', 'steady current'),
  polarisationVolt: positive('V', 'V', 'applied voltage, about 10 mV'),
  initialResistanceOhm: atLeastZero('R_0', 'Ω', 'resistance of the interfaces before'),
  steadyResistanceOhm: atLeastZero('R_s', 'Ω', 'resistance of the interfaces in the steady state'),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const transferenceNumber: DescriptorDefinition<typeof inputs> = {
  identifier: 'transference-number',
  version: 1,
  symbol: 't_+',
  unit: '1',
  title: 'Transference number of the cation (Bruce–Vincent)',
  sign: '0 … 1; larger = less polarisation of the electrolyte',
  formula: 't_+ = I_s(V − I_0·R_0)/[I_0(V − I_s·R_s)]',
  reference: 'Bruce & Vincent, J. Electroanal. Chem. 225, 1 (1987); docs/science.md §3.10',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: {
      initialCurrentAmpere: 2e-5,
      steadyCurrentAmpere: 8e-6,
      polarisationVolt: 0.01,
      initialResistanceOhm: 100,
      steadyResistanceOhm: 125,
    },
    prints: '0.355556',
    parts: { currentRatio: '0.4' },
    source: 'by hand: 8 µA·(10 − 2) mV / [20 µA·(10 − 1) mV] = 64/180',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { initialCurrentAmpere, steadyCurrentAmpere, polarisationVolt } = given;
  const initialDropVolt = initialCurrentAmpere * given.initialResistanceOhm;
  const steadyDropVolt = steadyCurrentAmpere * given.steadyResistanceOhm;
  const currentRatio = steadyCurrentAmpere / initialCurrentAmpere;
  const value = (currentRatio * (polarisationVolt - initialDropVolt)) / (polarisationVolt - steadyDropVolt);
  const issues = [
    ...overdrawn('I_0·R_0', initialDropVolt, polarisationVolt),
    ...overdrawn('I_s·R_s', steadyDropVolt, polarisationVolt),
  ];
  if (issues.length === 0 && value > 1) issues.push(aboveOne(value));
  return descriptorResult({
    value: issues.length > 0 ? undefined : value,
    unit: '1',
    convention: 'fraction; corrected for the resistance of the interfaces',
    uncertainty: propagated(given.uncertainty),
    parts: { currentRatio, initialDropVolt, steadyDropVolt },
    issues,
  });
}

/** The interfaces cannot take more than the whole voltage. */
function overdrawn(input: string, dropVolt: number, polarisationVolt: number): Issue[] {
  if (dropVolt < polarisationVolt) return [];
  const reason = `a drop of ${dropVolt} V at the interfaces leaves nothing of the ${polarisationVolt} V for the electrolyte`;
  return [issue('E_INPUT', { input, reason })];
}

function aboveOne(value: number): Issue {
  const reason = `they give ${value.toPrecision(4)}: the cation cannot carry more than the whole current`;
  return issue('E_INPUT', { input: 'currents and resistances', reason });
}
