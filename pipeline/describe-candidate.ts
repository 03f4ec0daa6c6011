/**
 * The descriptors of one system, each from calculations that may be subtracted and with the bytes it was read from.
 *
 * Of several adsorption sites the most strongly bound one counts, of several paths the lowest barrier; the others are
 * listed in the parts. A descriptor without a value carries every reason that was found.
 */

import type { AdsorptionSite } from '../model/adsorption-site.ts';
import { type AvailableDescriptor, type DescriptorResult, qualityOf } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { Candidate, System } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { coverageMismatch } from './coverage-mismatch.ts';
import { depositionOf, describeEnsemble } from './describe-ensemble.ts';
import { describeSites, type SiteDescription } from './describe-sites.ts';
import { describeCleavage, describeSurface } from './describe-surface.ts';
import { describeThicknessSeries } from './describe-thickness-series.ts';

/** Descriptors that a candidate has when their calculations were found. */
const OTHER_DESCRIBERS: readonly Describer[] = [describeCleavage, describeThicknessSeries];

export function describeCandidate(system: System, input: CandidateInput): Candidate {
  const sites = describeSites(system, input);
  const coverage = coverageMismatch(sites.map((site) => site.adsorption));
  const bestSite = (energyOf: (site: SiteDescription) => DescriptorResult): DescriptorResult =>
    remarked(
      best(
        sites.map((site) => ({ id: site.calculation, result: energyOf(site) })),
        'sites',
        system,
      ),
      coverage,
    );
  const adsorption = bestSite((site) => site.adsorption);
  const nucleation = bestSite((site) => site.nucleation);
  const barrier = best(
    system.paths.flatMap((id) => {
      const path = input.paths.get(id);
      return path === undefined ? [] : [{ id, result: path.barrier }];
    }),
    'paths',
    system,
  );
  const wetting = nucleation.available ? nucleation.parts.wetting : undefined;
  return {
    id: system.id,
    label: system.label,
    ion: system.ion,
    system: system.id,
    descriptors: {
      'adsorption-energy': adsorption,
      'nucleation-driving-force': nucleation,
      'migration-barrier': barrier,
      'surface-energy': describeSurface(system, input),
      ...describeEnsemble(system, input, sites),
      ...depositionOf(nucleation, system.ion),
      ...Object.assign({}, ...OTHER_DESCRIBERS.map((describe) => describe(system, input))),
    },
    ...(typeof wetting === 'string' && { wetting }),
    issues: system.issues,
  };
}

interface Alternative {
  readonly id: string;
  readonly result: DescriptorResult;
}

/**
 * The lowest value, with the alternatives in its parts; without any value all reasons together. An unreliable value
 * counts only where there is no other one: it must not hide what is known.
 */
function best(alternatives: readonly Alternative[], kind: 'sites' | 'paths', system: System): DescriptorResult {
  const available = alternatives
    .flatMap(({ id, result }) => (result.available ? [{ id, result }] : []))
    .sort(
      (left, right) =>
        Number(left.result.quality === 'unreliable') - Number(right.result.quality === 'unreliable') ||
        left.result.value - right.result.value ||
        (left.id < right.id ? -1 : 1),
    );
  const [lowest] = available;
  if (lowest === undefined) {
    const reasons = distinctIssues(alternatives.flatMap(({ result }) => (result.available ? [] : result.reasons)));
    const [only] = alternatives;
    const parts =
      alternatives.length > 1
        ? { [kind]: alternatives.map((each) => summary(each, system)) }
        : (only?.result.parts ?? {});
    return { available: false, reasons: reasons.length > 0 ? reasons : [nothingThere(kind, system)], parts };
  }
  const listed = {
    ...lowest.result,
    parts: { ...lowest.result.parts, [kind]: alternatives.map((each) => summary(each, system)) },
  };
  return remarked(listed, passedOver(alternatives, lowest.result, kind));
}

/** A site or path that could not be used may be the lowest one: the value stands, but not without saying so. */
function passedOver(
  alternatives: readonly Alternative[],
  chosen: AvailableDescriptor,
  kind: 'sites' | 'paths',
): Issue[] {
  const unused = alternatives.filter(
    ({ result }) => !result.available || (result.quality === 'unreliable' && result.value < chosen.value),
  );
  return unused.length === 0
    ? []
    : [issue('W_ALTERNATIVES_UNUSED', { kind, unused: unused.map(({ id }) => id).join(', ') })];
}

function remarked(result: DescriptorResult, remarks: readonly Issue[]): DescriptorResult {
  if (!result.available || remarks.length === 0) return result;
  const issues = distinctIssues([...result.issues, ...remarks]);
  return { ...result, issues, quality: qualityOf(issues) };
}

function summary({ id, result }: Alternative, { sites = [] }: System): Readonly<Record<string, unknown>> {
  const site = sites.find(({ calculation }) => calculation === id);
  const told = result.available
    ? { value: result.value, unit: result.unit, quality: result.quality }
    : { reasons: result.reasons.map((reason) => reason.message) };
  return { calculation: id, ...told, ...(site !== undefined && siteSummary(site)) };
}

/** What is bound where; the whole description stands with the system. */
function siteSummary({ units, duplicateOf, copies }: AdsorptionSite) {
  return {
    adsorbates: units.map(({ site, stacking, coordination, heightAngstrom, neighbours }) => ({
      site,
      ...(stacking !== undefined && { stacking }),
      ...(coordination !== undefined && { coordination }),
      heightAngstrom,
      neighbours: neighbours.map(({ element, distanceAngstrom }) => ({ element, distanceAngstrom })),
    })),
    ...(duplicateOf !== undefined && { duplicateOf }),
    ...(copies !== undefined && { copies }),
  };
}

function nothingThere(kind: 'sites' | 'paths', system: System): Issue {
  const needed =
    kind === 'sites'
      ? `a slab of ${system.label} with adsorbed ${system.ion}`
      : `a migration path (NEB folder) of ${system.ion} on ${system.label}`;
  return issue('E_REFERENCE_MISSING', { needed });
}
