/**
 * Between which chemical potentials of a metal a phase neither takes it up nor gives it away (SCIENCE §8): the slopes of
 * the energy of the system when metal is added to the phase, and when it is taken away.
 *
 * The mistakes avoided here: a scan of the potential in steps, which gives the limits to the width of a step; and a phase
 * without the metal called stable at every potential, although adding metal can reduce it.
 */
import { leastCost } from './linear-program.ts';
import { columnOf, type Mixture, type PhaseDiagram, productsOf } from './phase-diagram.ts';

export interface WindowEnd {
  /** Relative to the metal itself, eV per atom of it. */
  readonly potentialEv: number;
  /** What the phase turns into beyond; the phase itself and the metal left out. */
  readonly products: Mixture['products'];
  /** 1σ of the potential for an independent error of 1 eV per atom of every phase in the reaction. */
  readonly errorFactor: number;
}

export interface StabilityWindow {
  /** Above it the metal reduces the phase. At most 0: there the metal itself is deposited. */
  readonly upper: WindowEnd;
  /** Below it the phase loses metal; absent when it holds none. */
  readonly lower?: WindowEnd;
}

/** `targetEvPerAtom`: of the phase, not above the hull. */
export function stabilityWindow(diagram: PhaseDiagram, metal: string, targetEvPerAtom: number): StabilityWindow {
  const { target, elements, references } = diagram;
  const at = elements.indexOf(metal);
  const metalEv = diagram.phases[references[at] ?? -1]?.energyEvPerAtom ?? 0;
  const { cost: uptakeEv, ...uptake } = reaction(diagram, metal, targetEvPerAtom, 1);
  const upper = { potentialEv: uptakeEv - metalEv, ...uptake };
  if ((target.fractions[metal] ?? 0) === 0) return { upper };
  const { cost: lossEv, ...loss } = reaction(diagram, metal, targetEvPerAtom, -1);
  return { upper, lower: { potentialEv: -lossEv - metalEv, ...loss } };
}

/** Least energy of phase + metal → others (sign 1) or phase → others + metal (−1), per atom of the metal. */
function reaction(
  { target, elements, phases, references }: PhaseDiagram,
  metal: string,
  targetEvPerAtom: number,
  sign: 1 | -1,
): Omit<WindowEnd, 'potentialEv'> & { readonly cost: number } {
  const { entries } = columnOf(target, elements);
  const consumed = { cost: -targetEvPerAtom, entries: entries.map((entry) => -entry) };
  // A mixture cannot lie below a phase on the hull; without this the rounding of its energy would be mined without end.
  const others = phases.map((phase) =>
    phase === target ? { cost: targetEvPerAtom, entries } : columnOf(phase, elements),
  );
  const row = elements.indexOf(metal);
  const start = references.map((column, at) => (sign === -1 && at === row ? phases.length : column));
  const found = leastCost(
    [...others, consumed],
    elements.map((_, at) => (at === row ? sign : 0)),
    start,
  );
  if (found === undefined) throw new Error('a phase on the hull has a finite potential');
  const amounts = phases.map((phase, at) =>
    phase === target || at === references[row] ? 0 : (found.amounts[at] ?? 0),
  );
  const changes = amounts.some((amount) => amount > 0);
  return {
    cost: found.cost,
    products: changes ? productsOf(phases, amounts) : [],
    // The metal is the reference of the potential and enters once more.
    errorFactor: changes ? Math.hypot(...found.amounts, 1) : 0,
  };
}
