/**
 * One clean slab with one, two and more adatoms: what the last ones gain, and whether two of them attract each other
 * (SCIENCE §2.5).
 *
 * The mistakes avoided here: adatoms on both faces beside adatoms on one, which differ by more than their number; and one
 * site more of the same coverage taken for a step. Of every number of adatoms the lowest slab counts.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { aggregationEnergy } from '../descriptors/aggregation-energy.ts';
import { differentialAdsorptionEnergy } from '../descriptors/differential-adsorption-energy.ts';
import type { AdsorptionSite, Face } from '../model/adsorption-site.ts';
import type { AvailableDescriptor, DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, type Issue } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import type { SiteDescription } from './describe-sites.ts';
import { describedResult } from './described-result.ts';

interface Covered {
  readonly id: string;
  readonly count: number;
  readonly face: Face | 'both';
  readonly coveragePerNm2: number;
  /** With n adatoms, without, and one adatom alone. */
  readonly energies: {
    readonly adsorbed: InputReference;
    readonly slab: InputReference;
    readonly atom: InputReference;
  };
  readonly issues: readonly Issue[];
}

export function describeCoverage(
  system: System,
  input: CandidateInput,
  sites: readonly SiteDescription[],
): Readonly<Record<string, DescriptorResult>> {
  const steps = lowestByCount(system, sites);
  const [fewer, more] = steps.slice(-2);
  if (fewer === undefined || more === undefined) return {};
  const [first, second] = steps;
  const isPair = first?.count === 1 && second?.count === 2 && first.face !== 'both';
  return {
    'differential-adsorption-energy': differentialOf(fewer, more, input, steps),
    ...(isPair && { 'aggregation-energy': aggregationOf(first, second, input) }),
  };
}

/** Of one clean slab, one free atom and one face; those with the most numbers of adatoms, the lowest energy of each. */
function lowestByCount(system: System, sites: readonly SiteDescription[]): readonly Covered[] {
  const described = new Map(system.sites?.map((site) => [site.calculation, site]));
  const groups = new Map<string, Map<number, Covered>>();
  for (const { calculation: id, adsorption } of sites) {
    const covered = coveredOf(described.get(id), adsorption);
    if (covered === undefined) continue;
    const { energies, face, count } = covered;
    const key = `${energies.slab.calculation} ${energies.atom.calculation} ${face}`;
    const group = groups.get(key) ?? new Map<number, Covered>();
    const known = group.get(count);
    if (known === undefined || energies.adsorbed.value < known.energies.adsorbed.value) group.set(count, covered);
    groups.set(key, group);
  }
  const [longest] = [...groups.values()].sort((left, right) => right.size - left.size);
  return [...(longest?.values() ?? [])].sort((left, right) => left.count - right.count);
}

function coveredOf(site: AdsorptionSite | undefined, adsorption: DescriptorResult): Covered | undefined {
  if (site === undefined || !adsorption.available || adsorption.quality === 'unreliable') return undefined;
  const named = (name: RegExp) => adsorption.inputs.find((input) => name.test(input.name));
  const [adsorbed, slab, atom] = [named(/^E\(slab\+n/), named(/^E\(slab\)$/), named(/ atom\)$/)];
  if (adsorbed === undefined || slab === undefined || atom === undefined) return undefined;
  const { calculation: id, count, face, coveragePerNm2 } = site;
  return { id, count, face, coveragePerNm2, energies: { adsorbed, slab, atom }, issues: ownIssues(adsorption) };
}

/** What is said of the other sites beside this one is not said of a step. */
function ownIssues({ issues }: AvailableDescriptor): readonly Issue[] {
  return issues.filter(({ code }) => code !== 'W_COVERAGE_MISMATCH' && code !== 'W_ALTERNATIVES_UNUSED');
}

function differentialOf(
  fewer: Covered,
  more: Covered,
  input: CandidateInput,
  steps: readonly Covered[],
): DescriptorResult {
  const energyOf = (from: Covered, to: Covered): DescriptorResult =>
    differentialAdsorptionEnergy.compute(
      differentialAdsorptionEnergy.inputs.parse({
        moreEv: to.energies.adsorbed.value,
        fewerEv: from.energies.adsorbed.value,
        addedCount: to.count - from.count,
        referenceEv: to.energies.atom.value,
      }),
    );
  const result = energyOf(fewer, more);
  const listed = steps.slice(1).map((to, at) => {
    const from = steps[at] ?? to;
    const step = energyOf(from, to);
    return {
      calculation: to.id,
      fromCount: from.count,
      toCount: to.count,
      coveragePerNm2: to.coveragePerNm2,
      ...(step.available && { differentialEnergyEv: step.value }),
    };
  });
  const parts = { ...result.parts, adsorbateCount: more.count, coveragePerNm2: more.coveragePerNm2, steps: listed };
  const inputs = [
    { ...more.energies.adsorbed, name: `E(${more.count})` },
    { ...fewer.energies.adsorbed, name: `E(${fewer.count})` },
    more.energies.atom,
  ];
  return describedResult({ ...result, parts }, inputs, issuesOf(fewer, more, input));
}

function aggregationOf(single: Covered, pair: Covered, input: CandidateInput): DescriptorResult {
  const { adsorbed, slab } = single.energies;
  const result = aggregationEnergy.compute(
    aggregationEnergy.inputs.parse({
      pairEv: pair.energies.adsorbed.value,
      singleEv: adsorbed.value,
      slabEv: slab.value,
    }),
  );
  const inputs = [{ ...pair.energies.adsorbed, name: 'E(2A)' }, { ...adsorbed, name: 'E(A)' }, slab];
  return describedResult(result, inputs, issuesOf(single, pair, input));
}

/** Both passed the gate beside the clean slab; here they pass it beside each other. */
function issuesOf(fewer: Covered, more: Covered, { calculations }: CandidateInput): Issue[] {
  const [left, right] = [calculations.get(more.id), calculations.get(fewer.id)];
  const gate = left === undefined || right === undefined ? [] : compatibilityIssues(left, right, 'slab-pair');
  return distinctIssues([...gate, ...fewer.issues, ...more.issues]);
}
