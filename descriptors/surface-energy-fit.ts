/**
 * Surface energy from slabs of several thicknesses, without a bulk calculation (SCIENCE §4.4): the intercept of a line is
 * the energy of both faces, its slope that of the bulk.
 *
 * The mistake avoided here: a bulk energy from another cell and mesh. What it is off by enters once per formula unit, so
 * that γ grows or falls with thickness instead of converging.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { positive, real, uncertainty } from './shared/inputs.ts';
import { type Line, leastSquaresLine } from './shared/least-squares-line.ts';
import { jPerM2, SURFACE_UNCERTAINTY_J_PER_M2, SURFACE_UNIT } from './shared/surface-excess.ts';

const FEWEST_SLABS = 3;
/** From this many on the thinnest may be left out. */
const FEWEST_TO_DROP = 4;
/** Of the thinnest slab from the line of the others, and of the slope from the bulk (§4.4). */
const TOLERANCE_EV = 0.005;
/** 5 meV exactly is within: sums of decimals differ in the last bits. */
const EDGE_EV = 1e-9;
const LEAST_PLAUSIBLE_J_PER_M2 = -0.05;

const inputs = z
  .strictObject({
    formulaUnits: z
      .array(z.number().positive())
      .min(2)
      .readonly()
      .meta({ symbol: 'N', description: 'formula units of each slab, or any unit that all of them count' }),
    slabEnergiesEv: z
      .array(z.number())
      .min(2)
      .readonly()
      .meta({ symbol: 'E', unit: 'eV', description: 'energy of each slab, in the same order' }),
    areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell, one face, the same for all'),
    bulkPerFormulaUnitEv: real('E_b', 'eV', 'bulk, per formula unit, to be held against the slope').optional(),
    symmetric: z
      .boolean()
      .optional()
      .describe('whether both faces are equivalent: of others the line gives the cleavage energy only'),
    uncertainty,
  })
  .refine(
    ({ formulaUnits, slabEnergiesEv }) => formulaUnits.length === slabEnergiesEv.length,
    'formulaUnits and slabEnergiesEv have one entry per slab',
  )
  .refine(({ formulaUnits }) => new Set(formulaUnits).size > 1, 'formulaUnits: slabs of one thickness make no line');

export const surfaceEnergyFit: DescriptorDefinition<typeof inputs> = {
  identifier: 'surface-energy-fit',
  version: 1,
  symbol: 'γ_fit',
  unit: SURFACE_UNIT,
  title: 'Surface energy from the energies of slabs of several thicknesses',
  sign: 'positive = creating the surface costs energy',
  formula: 'E(N) = 2A·γ_fit + N·E_b by least squares over at least three thicknesses',
  reference: 'Fiorentini & Methfessel, J. Phys. Condens. Matter 8, 6525 (1996); docs/science.md §4.4',
  group: 'surface',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: SURFACE_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: {
      formulaUnits: [4, 6, 8, 10, 12],
      slabEnergiesEv: [-20.052, -30.619, -41.193, -51.76, -62.331],
      areaAngstrom2: 9.144,
    },
    prints: '0.953702',
    parts: { slopeEv: '-5.28495000', interceptEv: '1.08860000' },
    source: 'docs/science.md §4.4',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { areaAngstrom2, bulkPerFormulaUnitEv: bulkEv } = given;
  const slabs = given.formulaUnits
    .map((units, at) => ({ units, energyEv: given.slabEnergiesEv[at] ?? 0 }))
    .sort((left, right) => left.units - right.units);
  const dropped = droppedThinnest(slabs);
  const used = dropped === undefined ? slabs : slabs.slice(1);
  const line = lineThrough(used);
  if (line === undefined) throw new Error('the inputs were checked to differ in thickness');
  const gammaJPerM2 = jPerM2(line.intercept / (2 * areaAngstrom2));
  const isEnough = thicknesses(used) >= FEWEST_SLABS;
  const isSingle = given.symmetric !== false;
  const numeric = line.interceptSigma === undefined ? undefined : jPerM2(line.interceptSigma / (2 * areaAngstrom2));
  return descriptorResult({
    value: isEnough && isSingle ? gammaJPerM2 : undefined,
    unit: SURFACE_UNIT,
    convention: 'line through E(N); energy: sigma0; area: 2A',
    uncertainty: uncertaintyOf(given.uncertainty, SURFACE_UNCERTAINTY_J_PER_M2, numeric),
    parts: {
      slopeEv: line.slope,
      interceptEv: line.intercept,
      slopeUncertaintyEv: line.slopeSigma,
      slabs: used.map(({ units, energyEv }) => ({
        formulaUnits: units,
        deviationEv: energyEv - line.intercept - line.slope * units,
      })),
      surfaceEnergyOfTwoJPerM2: isEnough || !isSingle ? undefined : gammaJPerM2,
      cleavageEnergyJPerM2: isSingle ? undefined : 2 * gammaJPerM2,
    },
    issues: [
      ...(isEnough ? [] : [tooFew(thicknesses(used))]),
      ...(isSingle ? [] : [issue('E_POLAR_SINGLE_GAMMA', {})]),
      ...(dropped === undefined ? [] : [issue('W_THINNEST_DROPPED', dropped)]),
      ...(bulkEv !== undefined && Math.abs(line.slope - bulkEv) > TOLERANCE_EV + EDGE_EV
        ? [issue('W_BULK_INCONSISTENT', { slopeEv: line.slope, bulkEv })]
        : []),
      ...(isEnough && gammaJPerM2 < LEAST_PLAUSIBLE_J_PER_M2
        ? [issue('W_NEGATIVE_GAMMA', { valueJPerM2: gammaJPerM2 })]
        : []),
    ],
  });
}

interface SlabPoint {
  readonly units: number;
  readonly energyEv: number;
}

/** The thinnest, when it lies off the line of the others: it has no bulk inside yet. */
function droppedThinnest(slabs: readonly SlabPoint[]) {
  const [thinnest, ...others] = slabs;
  if (thinnest === undefined || thicknesses(slabs) < FEWEST_TO_DROP) return undefined;
  const line = lineThrough(others);
  if (line === undefined) return undefined;
  const deviationEv = thinnest.energyEv - line.intercept - line.slope * thinnest.units;
  return Math.abs(deviationEv) > TOLERANCE_EV + EDGE_EV ? { units: thinnest.units, deviationEv } : undefined;
}

function lineThrough(slabs: readonly SlabPoint[]): Line | undefined {
  return leastSquaresLine(
    slabs.map(({ units }) => units),
    slabs.map(({ energyEv }) => energyEv),
  );
}

function thicknesses(slabs: readonly SlabPoint[]): number {
  return new Set(slabs.map(({ units }) => units)).size;
}

function tooFew(found: number): Issue {
  const reason = `${found} thicknesses; a line that shows its own error needs ${FEWEST_SLABS}`;
  return issue('E_INPUT', { input: 'formulaUnits', reason });
}
