/**
 * Of several adsorption sites or migration paths the lowest value counts; the others are listed in the parts.
 *
 * The mistakes avoided here: an unreliable value that hides what is known, a site without a value that nobody hears of, and
 * a barrier through the slab taken for the lowest one on its face (SCIENCE §13.12).
 */
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import { type AvailableDescriptor, type DescriptorResult, qualityOf } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import { isPathDomain, PATH_DOMAINS, type PathDomain } from '../model/path-domain.ts';
import type { System } from '../model/system.ts';

export interface Alternative {
  readonly id: string;
  readonly result: DescriptorResult;
}

export interface BestAlternative {
  /** The one that counts; absent when none has a value. */
  readonly id?: string;
  readonly result: DescriptorResult;
}

export type AlternativeKind = 'sites' | 'paths';

/**
 * The lowest value, with the alternatives in its parts; without any value all reasons together. An unreliable value
 * counts only where there is no other one: it must not hide what is known. Of paths only those of one domain are compared.
 */
export function bestAlternative(all: readonly Alternative[], kind: AlternativeKind, system: System): BestAlternative {
  const domain = firstDomain(all);
  const alternatives = all.filter(({ result }) => domain === undefined || (domainOf(result) ?? domain) === domain);
  const listed = all.map((each) => summary(each, system, domain));
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
    const parts = all.length > 1 ? { [kind]: listed } : (all[0]?.result.parts ?? {});
    const told = reasons.length > 0 ? reasons : [nothingThere(kind, system)];
    return { result: { available: false, reasons: told, parts } };
  }
  const result = { ...lowest.result, parts: { ...lowest.result.parts, [kind]: listed } };
  return { id: lowest.id, result: remarked(result, passedOver(alternatives, lowest.result, kind)) };
}

/** The result with these issues too. */
export function remarked(result: DescriptorResult, remarks: readonly Issue[]): DescriptorResult {
  if (!result.available || remarks.length === 0) return result;
  const issues = distinctIssues([...result.issues, ...remarks]);
  return { ...result, issues, quality: qualityOf(issues) };
}

export function domainOf({ parts: { domain } }: DescriptorResult): PathDomain | undefined {
  return isPathDomain(domain) ? domain : undefined;
}

/** Also when no path of that domain has a value: a barrier of another one does not stand for it. */
function firstDomain(alternatives: readonly Alternative[]): PathDomain | undefined {
  return PATH_DOMAINS.find((domain) => alternatives.some(({ result }) => domainOf(result) === domain));
}

/** A site or path that could not be used may be the lowest one: the value stands, but not without saying so. */
function passedOver(alternatives: readonly Alternative[], chosen: AvailableDescriptor, kind: AlternativeKind): Issue[] {
  const unused = alternatives.filter(
    ({ result }) => !result.available || (result.quality === 'unreliable' && result.value < chosen.value),
  );
  return unused.length === 0
    ? []
    : [issue('W_ALTERNATIVES_UNUSED', { kind, unused: unused.map(({ id }) => id).join(', ') })];
}

function summary({ id, result }: Alternative, { sites = [] }: System, chosen: PathDomain | undefined) {
  const site = sites.find(({ calculation }) => calculation === id);
  const domain = domainOf(result);
  const isOther = domain !== undefined && chosen !== undefined && domain !== chosen;
  const reasons = [
    ...(isOther ? [issue('E_DOMAIN_MIXED', { left: chosen, right: domain }).message] : []),
    ...(result.available ? [] : result.reasons.map((reason) => reason.message)),
  ];
  return {
    calculation: id,
    ...(result.available && { value: result.value, unit: result.unit, quality: result.quality }),
    ...(domain !== undefined && { domain }),
    ...(reasons.length > 0 && { reasons }),
    ...(site !== undefined && siteSummary(site)),
  };
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

function nothingThere(kind: AlternativeKind, system: System): Issue {
  const needed =
    kind === 'sites'
      ? `a slab of ${system.label} with adsorbed ${system.ion}`
      : `a migration path (NEB folder) of ${system.ion} on ${system.label}`;
  return issue('E_REFERENCE_MISSING', { needed });
}
