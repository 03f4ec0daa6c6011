/**
 * Static dielectric constant: electrons and ions together (SCIENCE §7).
 *
 * The mistakes avoided here: the ionic block of an OUTCAR taken for the whole (it excludes the electrons), and ε∞ called
 * static where the ions were not moved.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { told, uncertainty } from './shared/inputs.ts';

const UNIT = '1';

const tensor = (symbol: string, description: string) =>
  told(z.array(z.array(z.number()).length(3).readonly()).length(3).readonly(), symbol, '', description);

const inputs = z.strictObject({
  electronicTensor: tensor(
    'ε_inf',
    'MACROSCOPIC STATIC DIELECTRIC TENSOR with local field effects, three rows of three',
  ),
  ionicTensor: tensor('ε_ion', 'its IONIC CONTRIBUTION').optional(),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;
type Tensor = Inputs['electronicTensor'];

export const dielectricConstant: DescriptorDefinition<typeof inputs> = {
  identifier: 'dielectric-constant',
  version: 1,
  symbol: 'ε_0',
  unit: UNIT,
  title: 'Static dielectric constant',
  sign: 'at least 1',
  formula: 'ε_0 = tr(ε_inf + ε_ion)/3',
  reference: 'VASP wiki, LEPSILON and IBRION = 8; docs/science.md §7',
  group: 'electronic structure',
  better: 'profile',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: (5.1 + 5.1 + 5.2 + 4.9 + 4.9 + 6.1)/3.
    inputs: {
      electronicTensor: [
        [5.1, 0, 0],
        [0, 5.1, 0],
        [0, 0, 5.2],
      ],
      ionicTensor: [
        [4.9, 0, 0],
        [0, 4.9, 0],
        [0, 0, 6.1],
      ],
    },
    prints: '10.43333',
    parts: { electronicConstant: '5.13333', ionicConstant: '5.30000' },
    source: 'traces by hand, of numbers as wurtzite ZnO has them',
  },
  inputs,
  compute,
};

function compute({ electronicTensor, ionicTensor, uncertainty: given }: Inputs): DescriptorResult {
  const electronicConstant = meanOf(electronicTensor);
  const ionicConstant = ionicTensor === undefined ? undefined : meanOf(ionicTensor);
  const missing =
    ionicConstant === undefined
      ? [issue('E_REFERENCE_MISSING', { needed: 'the ionic contribution (IBRION 5–8 with LEPSILON or LCALCEPS)' })]
      : [];
  return descriptorResult({
    value: ionicConstant === undefined ? undefined : electronicConstant + ionicConstant,
    unit: UNIT,
    convention: 'one third of the trace; clamped cell',
    uncertainty: propagated(given),
    parts: {
      electronicConstant,
      ionicConstant,
      diagonal:
        ionicTensor === undefined
          ? undefined
          : [0, 1, 2].map((at) => entry(electronicTensor, at) + entry(ionicTensor, at)),
    },
    issues: missing,
  });
}

function entry(tensorRows: Tensor, at: number): number {
  return tensorRows[at]?.[at] ?? 0;
}

function meanOf(tensorRows: Tensor): number {
  return (entry(tensorRows, 0) + entry(tensorRows, 1) + entry(tensorRows, 2)) / 3;
}
