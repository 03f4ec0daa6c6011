/**
 * How much the outermost planes of a slab move against the bulk, Δd₁₂/d₁₂ (SCIENCE §4).
 *
 * The mistake avoided here: holding every distance of planes against one number. In ZnO(0001) planes follow each other at
 * 0.61 and 1.99 Å in turn: each distance has its own one in the bulk.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';

/** What atoms of a converged relaxation may still be off, Å: each distance carries that of two planes. */
const PLACE_UNCERTAINTY_ANGSTROM = 0.005;

const distances = (symbol: string, description: string) =>
  z.array(z.number().positive()).min(1).readonly().meta({ symbol, unit: 'Å', description });

const inputs = z.strictObject({
  spacingsAngstrom: distances('d', 'distances of neighbouring planes of the slab, from the surface inwards'),
  bulkSpacingsAngstrom: distances(
    'd_0',
    'the same distances in the bulk; fewer than those of the slab are repeated (one is enough for an element)',
  ),
  uncertainty,
});

export const layerRelaxation: DescriptorDefinition<typeof inputs> = {
  identifier: 'layer-relaxation',
  version: 1,
  symbol: 'Δd₁₂/d₁₂',
  unit: '1',
  title: 'Relaxation of the outermost interlayer distance',
  sign: 'negative = the outermost plane moves inwards',
  formula: 'Δd₁₂/d₁₂ = (d₁₂ − d₁₂(bulk))/d₁₂(bulk), and so on inwards',
  reference: 'Fiorentini & Methfessel, J. Phys. Condens. Matter 8, 6525 (1996); docs/science.md §4',
  group: 'surface',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: 2.4/2.5 − 1 = −0.04; 2.525/2.5 − 1 = 0.01.
    inputs: { spacingsAngstrom: [2.4, 2.525, 2.5], bulkSpacingsAngstrom: [2.5] },
    prints: '-0.0400',
    parts: { secondFraction: '0.0100' },
    source: 'arithmetic by hand',
  },
  inputs,
  compute,
};

function compute({ spacingsAngstrom, bulkSpacingsAngstrom, uncertainty: given }: z.output<typeof inputs>) {
  const bulkOf = (at: number): number => bulkSpacingsAngstrom[at % bulkSpacingsAngstrom.length] ?? 1;
  const fractions = spacingsAngstrom.map((spacing, at) => spacing / bulkOf(at) - 1);
  const result: DescriptorResult = descriptorResult({
    value: fractions[0],
    unit: '1',
    convention: 'fraction of the distance in the bulk, from the surface inwards',
    uncertainty: propagated(given, (Math.SQRT2 * PLACE_UNCERTAINTY_ANGSTROM) / bulkOf(0)),
    parts: {
      secondFraction: fractions[1],
      fractions,
      changesAngstrom: spacingsAngstrom.map((spacing, at) => spacing - bulkOf(at)),
    },
    issues: [],
  });
  return result;
}
