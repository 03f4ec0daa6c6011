/**
 * Net charge of an atom by Bader's division of the electron density (SCIENCE §7).
 *
 * The mistakes avoided here: the column CHARGE of ACF.dat taken for the net charge (it counts electrons), a wrong ZVAL
 * (Li_sv has 3 valence electrons, Li has 1), and a division of the valence density alone, whose borders run through cores.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, positive, real, uncertainty } from './shared/inputs.ts';

const UNIT = 'e';
/** ΣCHARGE and the vacuum charge against NELECT. */
const SUM_TOLERANCE_ELECTRONS = 0.01;
/** 20.01 − 20 is a little above 0.01 in binary. */
const EDGE_ELECTRONS = 1e-9;

const inputs = z
  .strictObject({
    valenceElectrons: positive('ZVAL', 'e', 'valence electrons of the POTCAR of this atom'),
    basinElectrons: atLeastZero('CHARGE', 'e', 'electrons in the basin of the atom: column CHARGE of ACF.dat'),
    sumElectrons: real('ΣCHARGE', 'e', 'of all atoms').optional(),
    vacuumElectrons: atLeastZero('CHARGE_vac', 'e', 'VACUUM CHARGE of ACF.dat').default(0),
    totalElectrons: positive('NELECT', 'e', 'electrons of the run').optional(),
    coreReference: z
      .boolean()
      .optional()
      .describe('whether the density was divided with AECCAR0 + AECCAR2 as reference'),
    uncertainty,
  })
  .refine(
    (given) => (given.sumElectrons === undefined) === (given.totalElectrons === undefined),
    'sumElectrons and totalElectrons go together',
  );

type Inputs = z.output<typeof inputs>;

export const baderCharge: DescriptorDefinition<typeof inputs> = {
  identifier: 'bader-charge',
  version: 1,
  symbol: 'q_B',
  unit: UNIT,
  title: 'Bader charge of an atom',
  sign: 'positive = the atom lost electrons',
  formula: 'q_B = ZVAL − CHARGE',
  reference: 'Henkelman, Arnaldsson & Jónsson, Comput. Mater. Sci. 36, 354 (2006); docs/science.md §7',
  group: 'electronic structure',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { valenceElectrons: 3, basinElectrons: 2.1102 },
    prints: '0.8898',
    source: 'docs/science.md §7: Li_sv',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { valenceElectrons, basinElectrons, sumElectrons, vacuumElectrons } = given;
  const foundElectrons = sumElectrons === undefined ? undefined : sumElectrons + vacuumElectrons;
  return descriptorResult({
    value: valenceElectrons - basinElectrons,
    unit: UNIT,
    convention: 'ZVAL − CHARGE; positive = lost electrons',
    uncertainty: propagated(given.uncertainty),
    parts: { foundElectrons },
    issues: [
      ...sumIssues(foundElectrons, given.totalElectrons),
      ...(given.coreReference === false ? [issue('W_BADER_NO_CORE', {})] : []),
    ],
  });
}

function sumIssues(sum: number | undefined, expected: number | undefined): Issue[] {
  if (sum === undefined || expected === undefined) return [];
  if (Math.abs(sum - expected) <= SUM_TOLERANCE_ELECTRONS + EDGE_ELECTRONS) return [];
  return [issue('W_BADER_SUM', { sum, expected })];
}
