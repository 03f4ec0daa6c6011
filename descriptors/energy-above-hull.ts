/**
 * Energy of a phase above the convex hull: what it gains per atom by decomposing into the stable phases of its chemical
 * system (SCIENCE §8).
 *
 * The mistake avoided here: a negative formation energy taken for stability. It compares with the elements only; other
 * compounds of them can lie lower.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { ON_HULL_EV, phaseDiagramOf, phaseInputs, stableMixture } from './shared/phase-diagram.ts';

const UNIT = 'eV/atom';

const inputs = z.strictObject({ ...phaseInputs, uncertainty });

export const energyAboveHull: DescriptorDefinition<typeof inputs> = {
  identifier: 'energy-above-hull',
  version: 1,
  symbol: 'E_hull',
  unit: UNIT,
  title: 'Energy above the convex hull of its chemical system, per atom',
  sign: '0 = stable, positive = decomposes',
  formula: 'E_hull = E/N − min Σ x_i·E_i/N_i over all mixtures of the same composition',
  reference: 'Ong, Wang, Kang & Ceder, Chem. Mater. 20, 1798 (2008); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: Li2O2 → Li2O + ½O2 would cost; LiO2 halfway between Li2O2 (−6.58/4) and O2: −1.0967 per atom on the hull.
    inputs: {
      energies: 'formation',
      phase: 'LiO2',
      phases: [
        { formula: 'Li2O', energyEv: -6.2 },
        { formula: 'Li2O2', energyEv: -6.58 },
        { formula: 'LiO2', energyEv: -2.99 },
      ],
    },
    prints: '0.1',
    source: 'by hand: LiO2 → ½Li2O2 + ½O2 gains 3.29 − 2.99 = 0.30 eV, of three atoms',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const diagram = phaseDiagramOf(given, []);
  const finding = { unit: UNIT, convention: 'per atom; 0 = on the hull' };
  if ('code' in diagram) {
    return descriptorResult({
      ...finding,
      value: undefined,
      uncertainty: propagated(undefined),
      parts: {},
      issues: [diagram],
    });
  }
  const { target, references, phases } = diagram;
  const mixture = stableMixture(diagram);
  // Rounding of the mixture can leave a phase on the hull a hair below it.
  const aboveEv = Math.max(0, target.energyEvPerAtom - mixture.energyEvPerAtom);
  const isOnHull = aboveEv <= ON_HULL_EV;
  const elementsEv = diagram.elements.reduce(
    (sum, element, at) => sum + (target.fractions[element] ?? 0) * (phases[references[at] ?? -1]?.energyEvPerAtom ?? 0),
    0,
  );
  const sigma = given.energyUncertaintyEvPerAtom;
  const shares = isOnHull ? [] : [1, ...mixture.products.map(({ atomFraction }) => atomFraction)];
  return descriptorResult({
    ...finding,
    value: aboveEv,
    uncertainty: propagated(given.uncertainty, ...shares.map((share) => share * sigma)),
    parts: {
      formationEnergyEvPerAtom: target.energyEvPerAtom - elementsEv,
      isOnHull,
      decomposesInto: isOnHull ? undefined : mixture.products,
      phasesCompared: phases.length,
    },
    issues: isOnHull ? [] : [issue('W_NOT_ON_HULL', { aboveEv })],
  });
}
