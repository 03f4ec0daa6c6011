/**
 * The two ends of the electrochemical window of a phase as potentials against the metal, with what it turns into.
 */

import { z } from 'zod';
import { workingIon, workingIonElements } from '../../model/elements.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { count, told } from './inputs.ts';
import { ON_HULL_EV, type PhaseInputs, phaseDiagramOf, stableMixture } from './phase-diagram.ts';
import { stabilityWindow, type WindowEnd } from './stability-window.ts';

/** Keys of every definition that asks for a potential against a metal. */
export const metalInputs = {
  metal: told(
    z.string().refine((element) => workingIon(element) !== undefined, `one of ${workingIonElements().join(', ')}`),
    'M',
    '',
    'the metal that the potential is measured against',
  ),
  charge: count('z', 'electrons per atom of the metal; left out: 1 of Li, 2 of Zn').optional(),
};

export type LimitInputs = PhaseInputs & z.output<z.ZodObject<typeof metalInputs>>;

interface Limit {
  readonly volt: number;
  readonly uncertaintyVolt: number;
}

export interface Limits {
  readonly reduction: Limit;
  /** Absent when the phase holds none of the metal. */
  readonly oxidation?: Limit;
}

export interface FoundLimits {
  /** Absent when the issues hold an error. */
  readonly limits?: Limits;
  readonly parts: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

export function limitsOf(given: LimitInputs): FoundLimits {
  const { metal } = given;
  const diagram = phaseDiagramOf(given, [metal]);
  if ('code' in diagram) return { parts: {}, issues: [diagram] };
  const { target } = diagram;
  if (diagram.elements.length === 1) {
    return { parts: {}, issues: [issue('E_INPUT', { input: 'phase', reason: `${target.name} is the metal itself` })] };
  }
  const hullEv = stableMixture(diagram).energyEvPerAtom;
  const aboveEv = target.energyEvPerAtom - hullEv;
  const { upper, lower } = stabilityWindow(diagram, metal, Math.min(target.energyEvPerAtom, hullEv));
  const charge = given.charge ?? workingIon(metal)?.charge ?? 1;
  const limit = ({ potentialEv, errorFactor }: WindowEnd): Limit => ({
    // Zero with a sign is no potential.
    volt: 0 - potentialEv / charge,
    uncertaintyVolt: (errorFactor * given.energyUncertaintyEvPerAtom) / charge,
  });
  const [reduction, oxidation] = [limit(upper), lower && limit(lower)];
  return {
    limits: { reduction, ...(oxidation !== undefined && { oxidation }) },
    parts: {
      reductionLimitVolt: reduction.volt,
      reducedTo: upper.products.length === 0 ? undefined : upper.products,
      oxidationLimitVolt: oxidation?.volt,
      oxidisedTo: lower?.products,
    },
    issues: aboveEv > ON_HULL_EV ? [issue('W_NOT_ON_HULL', { aboveEv })] : [],
  };
}
