/**
 * What the sites of a facet give together: the free energy of an adatom over all of them; and the deposition energy of
 * the ion at equilibrium of the metal electrode.
 *
 * The mistake avoided here: duplicates and slabs at another coverage among the sites of one ensemble. It holds the
 * distinct sites of single adatoms on one clean slab.
 */

import { siteMultiplicity } from '../assembly/site-multiplicity.ts';
import { siteOn } from '../assembly/site-on-slab.ts';
import { depositionEnergy } from '../descriptors/deposition-energy.ts';
import { siteEnsemble } from '../descriptors/site-ensemble.ts';
import { type AvailableDescriptor, type DescriptorResult, qualityOf } from '../model/descriptor.ts';
import { workingIon } from '../model/elements.ts';
import { distinctIssues } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import type { SiteDescription } from './describe-sites.ts';

/** Of one site there is nothing to average. */
const FEWEST_SITES = 2;

export function describeEnsemble(
  system: System,
  input: CandidateInput,
  sites: readonly SiteDescription[],
): Readonly<Record<string, DescriptorResult>> {
  const members = distinctSites(system, sites);
  const [first] = members;
  if (first === undefined || members.length < FEWEST_SITES) return {};
  const clean = input.calculations.get(first.clean);
  if (clean?.structure === undefined) return {};
  const multiplicity = siteMultiplicity(clean.structure);
  const weighted = members.map(({ id, energy }) => {
    const adsorbed = input.calculations.get(id);
    const [place] = (adsorbed && siteOn(adsorbed, clean, system.ion).placesFractional) ?? [];
    return { label: id, energyEv: energy.value, degeneracy: (place && multiplicity(place)) ?? 1 };
  });
  const result = siteEnsemble.compute(siteEnsemble.inputs.parse({ sites: weighted }));
  if (!result.available) return { 'site-ensemble': result };
  const issues = distinctIssues([...result.issues, ...members.flatMap(({ energy }) => energy.issues)]);
  const inputs = members.flatMap(({ energy }) => energy.inputs);
  const parts = { ...result.parts, degeneracies: weighted };
  return { 'site-ensemble': { ...result, parts, inputs, issues, quality: qualityOf(issues) } };
}

interface Member {
  readonly id: string;
  /** The clean slab below it. */
  readonly clean: string;
  readonly energy: AvailableDescriptor;
}

function distinctSites(system: System, sites: readonly SiteDescription[]): Member[] {
  const described = new Map(system.sites?.map((site) => [site.calculation, site]));
  const cleanOf = new Map(
    system.links.flatMap(({ kind, from, to }) => (kind === 'clean-slab' ? [[from, to] as const] : [])),
  );
  const members = sites.flatMap(({ calculation: id, adsorption }): Member[] => {
    const site = described.get(id);
    const clean = cleanOf.get(id);
    if (site?.count !== 1 || site.duplicateOf !== undefined || clean === undefined) return [];
    return adsorption.available && adsorption.quality !== 'unreliable' ? [{ id, clean, energy: adsorption }] : [];
  });
  return members.filter(({ clean }) => clean === members[0]?.clean);
}

/** ΔE_dep at U = 0 against the metal: the driving force itself, as what an ion gains that is deposited. */
export function depositionOf(
  nucleation: DescriptorResult,
  { ion, adsorbed }: System,
): Readonly<Record<string, DescriptorResult>> {
  const chargeNumber = workingIon(ion)?.charge;
  if (chargeNumber === undefined || adsorbed.length === 0) return {};
  if (!nucleation.available) return { 'deposition-energy': { ...nucleation, parts: {} } };
  const result = depositionEnergy.compute(
    depositionEnergy.inputs.parse({ nucleationDrivingForceEv: nucleation.value, chargeNumber }),
  );
  if (!result.available) return { 'deposition-energy': result };
  const issues = distinctIssues([...nucleation.issues, ...result.issues]);
  const { inputs } = nucleation;
  return { 'deposition-energy': { ...result, inputs, issues, quality: qualityOf(issues) } };
}
