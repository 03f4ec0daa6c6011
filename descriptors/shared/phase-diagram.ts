/**
 * Phases of one chemical system and what they decompose into: the convex hull of energy over composition, point by point,
 * as the cheapest mixture of the same composition (SCIENCE §8).
 *
 * The mistakes avoided here: a hull without the elements, on which every compound is stable; two structures of one
 * composition, of which only the lower one counts; and coordinates that a hull of points has to be lifted and rounded
 * into, with faces too flat to be seen.
 */
import { z } from 'zod';
import { type Issue, issue } from '../../model/issues.ts';
import { type Amounts, amountsOfFormula } from './chemical-formula.ts';
import { told } from './inputs.ts';
import { type Column, leastCost } from './linear-program.ts';

/** Below the last digit of published energies; above it a phase is not on the hull, eV per atom. */
export const ON_HULL_EV = 1e-6;

/** Shares of atoms that differ by less are equal, and zero below. */
const SAME_SHARE = 1e-9;

const phaseSchema = z.strictObject({
  formula: z.string().refine((text) => amountsOfFormula(text) !== undefined, 'a formula such as Zn3(PO4)2'),
  energyEv: z.number(),
  label: z.string().exactOptional(),
});

/** Keys of every definition that starts from a set of phases. */
export const phaseInputs = {
  phases: told(
    z.array(phaseSchema).min(1).readonly(),
    'E_i',
    'eV',
    'energy per formula as written, of every phase of the chemical system, the elements among them',
  ),
  phase: z.string().describe('label or formula of the phase in question; of several of one formula the lowest counts'),
  energies: z
    .enum(['total', 'formation'])
    .default('total')
    .describe('formation: from the elements, which are zero then and may be left out'),
  energyUncertaintyEvPerAtom: z.number().min(0).default(0).describe('1σ of each energy, per atom'),
};

export type PhaseInputs = z.output<z.ZodObject<typeof phaseInputs>>;

export interface Phase {
  readonly name: string;
  /** Share of each element, adding up to one. */
  readonly fractions: Amounts;
  readonly energyEvPerAtom: number;
}

export interface PhaseDiagram {
  readonly target: Phase;
  /** Of the target and what was asked for beside it; one equation each. */
  readonly elements: readonly string[];
  /** The phases made of these elements only; the target is among them. */
  readonly phases: readonly Phase[];
  /** Place in `phases` of the lowest reference of each element. */
  readonly references: readonly number[];
}

/** Everything of the chemical system of the target and `others`, or what is missing. */
export function phaseDiagramOf(given: PhaseInputs, others: readonly string[]): PhaseDiagram | Issue {
  const all = given.phases.flatMap(({ formula, energyEv, label }) => {
    const amounts = amountsOfFormula(formula);
    return amounts === undefined ? [] : [{ label, phase: phaseOf(label ?? formula, amounts, energyEv) }];
  });
  const named = amountsOfFormula(given.phase);
  const fractions = named && phaseOf('', named, 0).fractions;
  const target = lowest(
    all.flatMap(({ label, phase }) =>
      label === given.phase || (fractions !== undefined && isSame(phase.fractions, fractions)) ? [phase] : [],
    ),
  );
  if (target === undefined) return issue('E_NO_PHASES', { needed: `the energy of ${given.phase}` });
  const elements = [...new Set([...Object.keys(target.fractions), ...others])].sort();
  const phases = all
    .map(({ phase }) => phase)
    .filter((phase) => Object.keys(phase.fractions).every((element) => elements.includes(element)));
  if (given.energies === 'formation')
    for (const element of elements) phases.push(phaseOf(element, { [element]: 1 }, 0));
  const references = elements.map((element) => {
    const reference = lowest(phases.filter((phase) => (phase.fractions[element] ?? 0) > 1 - SAME_SHARE));
    return reference === undefined ? -1 : phases.indexOf(reference);
  });
  const missing = elements.filter((_, at) => (references[at] ?? -1) < 0);
  if (missing.length > 0) return issue('E_NO_PHASES', { needed: `the elements ${missing.join(', ')}` });
  return { target, elements, phases, references };
}

export interface Mixture {
  readonly energyEvPerAtom: number;
  /** What it consists of, the largest share of the atoms first. */
  readonly products: readonly { readonly phase: string; readonly atomFraction: number }[];
}

/** The mixture of lowest energy with the composition of the target. */
export function stableMixture({ target, elements, phases, references }: PhaseDiagram): Mixture {
  const found = leastCost(
    phases.map((phase) => columnOf(phase, elements)),
    elements.map((element) => target.fractions[element] ?? 0),
    references,
  );
  if (found === undefined) throw new Error('a mixture of finite amounts has a lowest energy');
  return { energyEvPerAtom: found.cost, products: productsOf(phases, found.amounts) };
}

export function columnOf(phase: Phase, elements: readonly string[]): Column {
  return { cost: phase.energyEvPerAtom, entries: elements.map((element) => phase.fractions[element] ?? 0) };
}

/** Amounts in atoms; as shares of all of them. */
export function productsOf(phases: readonly Phase[], amounts: readonly number[]): Mixture['products'] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return phases
    .map(({ name }, at) => ({ phase: name, atomFraction: (amounts[at] ?? 0) / total }))
    .filter(({ atomFraction }) => atomFraction > SAME_SHARE)
    .sort((left, right) => {
      const difference = right.atomFraction - left.atomFraction;
      return Math.abs(difference) > SAME_SHARE ? difference : left.phase < right.phase ? -1 : 1;
    });
}

function phaseOf(name: string, amounts: Amounts, energyEv: number): Phase {
  const atoms = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  const fractions = Object.fromEntries(Object.entries(amounts).map(([element, amount]) => [element, amount / atoms]));
  return { name, fractions, energyEvPerAtom: energyEv / atoms };
}

function isSame(one: Amounts, other: Amounts): boolean {
  const elements = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...elements].every((element) => Math.abs((one[element] ?? 0) - (other[element] ?? 0)) < SAME_SHARE);
}

function lowest(phases: readonly Phase[]): Phase | undefined {
  return phases.reduce<Phase | undefined>(
    (found, phase) => (found === undefined || phase.energyEvPerAtom < found.energyEvPerAtom ? phase : found),
    undefined,
  );
}
