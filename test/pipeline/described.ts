/** Descriptors of one candidate that is stated, with the relations that its tree of calculations shows. */
import { assignRoles } from '../../assembly/assign-roles.ts';
import { relateCalculations } from '../../assembly/relate-calculations.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { Candidate, FacetIdentity, System } from '../../model/system.ts';
import { describeScreening } from '../../pipeline/describe-screening.ts';

interface Stated {
  readonly slab?: string;
  readonly bulk?: string;
  readonly ion?: string;
  readonly exposedFacet?: FacetIdentity;
}

export function described(
  calculations: readonly Calculation[],
  { slab, bulk, ion = 'Li', exposedFacet }: Stated,
): Candidate['descriptors'] {
  const related = relateCalculations(calculations, assignRoles(calculations, [], new Map()));
  const system: System = {
    id: 'candidate',
    label: 'candidate',
    ion,
    formula: 'OZn',
    ...(slab !== undefined && { slab }),
    ...(bulk !== undefined && { bulk }),
    ...(exposedFacet !== undefined && { exposedFacet }),
    adsorbed: [],
    otherAdsorbed: [],
    paths: [],
    links: [],
    issues: [],
  };
  const assembly = { calculations, systems: [system], paths: [], unused: [], issues: [], ...related };
  return describeScreening(assembly).candidates[0]?.descriptors ?? {};
}

/** By name; asking for one that is not there is an error. */
export function describedByName(...given: Parameters<typeof described>) {
  const found = described(...given);
  return (name: string) => {
    const result = found[name];
    if (result === undefined) throw new Error(`no ${name}`);
    return result;
  };
}
