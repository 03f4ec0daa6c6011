/**
 * Where the lattice of a film can be taken from: bulks of the metal in the screening, one of each method, and measured
 * constants.
 *
 * The mistake avoided here: a measured lattice beside a calculated one without a word. The bulk that was calculated as the
 * slab was comes first; the other sources show how much depends on the choice (SCIENCE §12.3: up to 0.3 %).
 */
import { usableEnergy } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import { hasError } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { type FilmFacet, type FilmMetal, filmMetal } from './film-facets.ts';
import { memberIssues } from './member-issues.ts';
import { REFERENCE_METALS, referenceStructure } from './reference-metals.ts';
import { rememberedOfInput } from './remembered-of-input.ts';
import { methodText } from './settings-text.ts';

export interface FilmSource {
  /** `PBE + D3(BJ)`, `measured: Wyckoff`. */
  readonly text: string;
  readonly facets: readonly FilmFacet[];
  /** Absent for measured constants. */
  readonly calculation?: Calculation;
}

/** The first one is to be used; empty for a metal of no known structure. */
export function filmSources(system: System, slab: Calculation, input: CandidateInput): readonly FilmSource[] {
  const { bulks, measured } = metalsOf(system.ion, input);
  const wanted = methodOf(slab);
  const linked = system.links.flatMap(({ kind, to }) => (kind === 'bulk-reference' ? [to] : []));
  const alike = bulks.filter(({ method }) => method === wanted || method === '' || wanted === '');
  const own = alike.find(({ calculation }) => linked.includes(calculation.id)) ?? alike[0];
  const others = bulks.filter(({ method }, at) => {
    const isFirst = bulks.findIndex((each) => each.method === method) === at;
    return isFirst && method !== own?.method;
  });
  return [own, measured, ...others].flatMap((each) => each ?? []);
}

interface CalculatedMetal extends FilmSource {
  readonly calculation: Calculation;
  readonly method: string;
  readonly energyEvPerAtom: number;
}

interface Metals {
  /** The lowest energy per atom first: of the volumes of an equation of state the relaxed one. */
  readonly bulks: readonly CalculatedMetal[];
  readonly measured: FilmSource | undefined;
}

const knownMetals = rememberedOfInput(() => new Map<string, Metals>());

function metalsOf(element: string, input: CandidateInput): Metals {
  const known = knownMetals(input);
  const found = known.get(element) ?? findMetals(element, input);
  known.set(element, found);
  return found;
}

function findMetals(element: string, input: CandidateInput): Metals {
  const reference = Object.hasOwn(REFERENCE_METALS, element) ? REFERENCE_METALS[element] : undefined;
  const ofReference = reference && filmMetal(element, referenceStructure(element, reference));
  const bulks = [...input.calculations.values()].flatMap((calculation): CalculatedMetal[] => {
    const metal = calculatedMetal(element, calculation, input);
    const energy = usableEnergy(calculation);
    if (metal === undefined || energy === undefined || calculation.structure === undefined) return [];
    if (reference !== undefined && metal.structure !== reference.structure) return [];
    const method = methodOf(calculation);
    const energyEvPerAtom = energy.energySigma0Ev / calculation.structure.species.length;
    return [{ text: method || 'calculated', facets: metal.facets, calculation, method, energyEvPerAtom }];
  });
  return {
    bulks: bulks.sort((left, right) => left.energyEvPerAtom - right.energyEvPerAtom),
    measured: reference && ofReference && { text: `measured: ${reference.from}`, facets: ofReference.facets },
  };
}

function calculatedMetal(element: string, calculation: Calculation, input: CandidateInput): FilmMetal | undefined {
  const { structure } = calculation;
  if (structure === undefined || input.roles.get(calculation.id)?.role !== 'bulk') return undefined;
  if (!structure.species.every((species) => species === element)) return undefined;
  return hasError(memberIssues(calculation, input)) ? undefined : filmMetal(element, structure);
}

/** +U of a compound has no say in the lattice of a metal. */
function methodOf(calculation: Calculation): string {
  return methodText(calculation).replace(/ \+ U$/, '');
}
