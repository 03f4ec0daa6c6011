/**
 * Charge that moved when two parts were put together: Δρ = ρ(AB) − ρ(A) − ρ(B), integrated over planes (SCIENCE §7).
 *
 * The mistakes avoided here: densities on different grids subtracted plane by plane; values of a CHGCAR, which are ρ·V,
 * taken for ρ; and a sum of Δρ that is not the difference of the electrons, because a part was left out. What crossed a
 * plane depends on the plane: it is stated, or the largest value counts.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { cumulativeCharge } from '../model/planar-profile.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, positive, real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'e';
/** As for Bader charges (SCIENCE §7). */
const SUM_TOLERANCE_ELECTRONS = 0.01;
/** 0.01 is not exact in binary. */
const EDGE_ELECTRONS = 1e-9;

const planes = (symbol: string, description: string) =>
  told(z.array(z.number()).min(2).readonly(), symbol, 'e/Å³', description);

const inputs = z
  .strictObject({
    combinedPerAngstrom3: planes(
      'ρ_AB',
      'planar averages of the electron density of the whole, from the lowest plane on',
    ),
    firstPerAngstrom3: planes('ρ_A', 'of the first part alone: same cell, grid and positions'),
    secondPerAngstrom3: planes('ρ_B', 'of the second part alone'),
    areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell'),
    heightAngstrom: positive('h', 'Å', 'height of the cell along the normal'),
    planeAngstrom: atLeastZero('z', 'Å', 'plane between the parts; without it the largest transfer counts').optional(),
    electronDifference: real('ΔN', 'e', 'electrons of the whole less those of the parts').default(0),
    uncertainty,
  })
  .refine(
    (given) => given.planeAngstrom === undefined || given.planeAngstrom <= given.heightAngstrom,
    'planeAngstrom lies within the height of the cell',
  );

type Inputs = z.output<typeof inputs>;

export const chargeTransfer: DescriptorDefinition<typeof inputs> = {
  identifier: 'charge-transfer',
  version: 1,
  symbol: 'ΔQ',
  unit: UNIT,
  title: 'Electrons gained below a plane between two parts',
  sign: 'positive = electrons moved below the plane',
  formula: 'ΔQ(z) = A·∫₀ᶻ [ρ_AB − ρ_A − ρ_B] dz',
  reference: 'plane-integrated difference density; docs/science.md §7',
  group: 'electronic structure',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: Δρ = 0, 0.01, 0.01, 0, −0.01, −0.01 e/Å³ on planes 1 Å apart.
    inputs: {
      combinedPerAngstrom3: [0.5, 0.51, 0.51, 0.5, 0.49, 0.49],
      firstPerAngstrom3: [0.3, 0.3, 0.3, 0.3, 0.3, 0.3],
      secondPerAngstrom3: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
      areaAngstrom2: 20,
      heightAngstrom: 6,
      planeAngstrom: 3,
    },
    prints: '0.4',
    parts: { sumElectrons: '0.0' },
    source: 'trapezoids by hand: 20 Å² · (0.005 + 0.010 + 0.005) e/Å³ · 1 Å',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { combinedPerAngstrom3: whole, firstPerAngstrom3: first, secondPerAngstrom3: second } = given;
  const mismatch = gridMismatch(given);
  if (mismatch.length > 0) return result(given, { issues: mismatch });
  const difference = Float64Array.from(whole, (value, at) => value - (first[at] ?? 0) - (second[at] ?? 0));
  const { areaAngstrom2, heightAngstrom } = given;
  const cumulative = cumulativeCharge(difference, areaAngstrom2 * heightAngstrom);
  const sliceAngstrom3 = (areaAngstrom2 * heightAngstrom) / difference.length;
  const sumElectrons = sliceAngstrom3 * difference.reduce((sum, value) => sum + value, 0);
  const movedElectrons = (sliceAngstrom3 * difference.reduce((sum, value) => sum + Math.abs(value), 0)) / 2;
  const plane = given.planeAngstrom ?? largestAt(cumulative) * (heightAngstrom / difference.length);
  return result(given, {
    value: chargeBelow((plane / heightAngstrom) * difference.length, cumulative, sumElectrons),
    parts: {
      planeAngstrom: plane,
      sumElectrons,
      movedElectrons,
      cumulativeElectrons: [...cumulative],
      planarDifferenceElectronsPerAngstrom: Array.from(difference, (value) => value * areaAngstrom2),
    },
    issues: sumIssues(sumElectrons, given.electronDifference),
  });
}

function result(
  given: Inputs,
  found: { readonly value?: number; readonly parts?: Readonly<Record<string, unknown>>; readonly issues: Issue[] },
): DescriptorResult {
  return descriptorResult({
    value: found.value,
    unit: UNIT,
    convention: `electrons below the ${given.planeAngstrom === undefined ? 'plane of the largest transfer' : 'stated plane'}`,
    uncertainty: propagated(given.uncertainty),
    parts: found.parts ?? {},
    issues: found.issues,
  });
}

function gridMismatch({ combinedPerAngstrom3, firstPerAngstrom3, secondPerAngstrom3 }: Inputs): Issue[] {
  const other = [firstPerAngstrom3, secondPerAngstrom3].find((part) => part.length !== combinedPerAngstrom3.length);
  if (other === undefined) return [];
  const [left, right] = [combinedPerAngstrom3, other].map((values) => `${values.length} planes`);
  return [issue('E_GRID_MISMATCH', { what: 'the grid', left: left ?? '', right: right ?? '' })];
}

function largestAt(cumulative: Float64Array): number {
  let largest = 0;
  for (const [at, value] of cumulative.entries()) {
    if (Math.abs(value) > Math.abs(cumulative[largest] ?? 0)) largest = at;
  }
  return largest;
}

/** Between two planes along the straight line. The trapezoids of a whole period add up to the sum over all planes. */
function chargeBelow(position: number, cumulative: Float64Array, sumElectrons: number): number {
  const below = Math.min(Math.floor(position), cumulative.length - 1);
  const start = cumulative[below] ?? 0;
  return start + ((cumulative[below + 1] ?? sumElectrons) - start) * (position - below);
}

function sumIssues(sum: number, expected: number): Issue[] {
  if (Math.abs(sum - expected) <= SUM_TOLERANCE_ELECTRONS + EDGE_ELECTRONS) return [];
  return [issue('W_CHARGE_SUM', { sum, expected })];
}
