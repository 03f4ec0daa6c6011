/**
 * Cumulative plated capacity of a symmetric cell, and its cycles (SCIENCE §9.3).
 *
 * The mistake avoided here: J·t counts stripping too and doubles the capacity. A published figure that is off by a factor
 * of two is told, and never replaced.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, uncertainty } from './shared/inputs.ts';

const UNIT = 'mAh/cm²';
/** §9.3: what rounding of a printed lifespan may explain. */
const PUBLISHED_TOLERANCE_FRACTION = 0.01;
/** A quotient of decimal fractions may miss the edge by its last binary digit. */
const EDGE_FRACTION = 1e-9;

const inputs = z.strictObject({
  currentMaPerCm2: positive('J', 'mA/cm²', 'current density'),
  lifeHours: positive('t', 'h', 'time until the cell failed or the test ended'),
  capacityMahPerCm2: positive('C', 'mAh/cm²', 'plated in each cycle, for the number of cycles').optional(),
  publishedMahPerCm2: positive('Q_pub', 'mAh/cm²', 'published cumulative capacity, to compare').optional(),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const cumulativeCapacity: DescriptorDefinition<typeof inputs> = {
  identifier: 'cumulative-capacity',
  version: 1,
  symbol: 'Q_cum',
  unit: UNIT,
  title: 'Cumulative plated capacity of a symmetric cell',
  sign: 'positive; larger = more metal plated before the end',
  formula: 'Q_cum = J·t/2; cycles = J·t/(2C)',
  reference: 'half of the time plates; docs/science.md §9.3',
  group: 'cell',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { currentMaPerCm2: 10, lifeHours: 700, capacityMahPerCm2: 0.5, publishedMahPerCm2: 3500 },
    prints: '3500',
    parts: { cycles: '7000' },
    source: 'S. Yuan et al., Nano-Micro Lett. 18:120 (2026), table 1: Ti3C2Cl2 MXene',
  },
  inputs,
  compute,
};

function compute({ currentMaPerCm2, lifeHours, capacityMahPerCm2, ...given }: Inputs): DescriptorResult {
  const value = (currentMaPerCm2 * lifeHours) / 2;
  return descriptorResult({
    value,
    unit: UNIT,
    convention: 'plated on one electrode; half of the time',
    uncertainty: propagated(given.uncertainty),
    parts: {
      ...(capacityMahPerCm2 !== undefined && { cycles: value / capacityMahPerCm2 }),
      publishedMahPerCm2: given.publishedMahPerCm2,
    },
    issues: contradiction(value, given.publishedMahPerCm2),
  });
}

function contradiction(computedMahPerCm2: number, publishedMahPerCm2: number | undefined): Issue[] {
  if (publishedMahPerCm2 === undefined) return [];
  const off = Math.abs(publishedMahPerCm2 - computedMahPerCm2) / computedMahPerCm2;
  if (off <= PUBLISHED_TOLERANCE_FRACTION + EDGE_FRACTION) return [];
  return [issue('W_CUMULATIVE', { publishedMahPerCm2, computedMahPerCm2 })];
}
