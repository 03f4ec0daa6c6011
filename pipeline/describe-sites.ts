/**
 * Adsorption energy and nucleation driving force of every adsorbed slab of a system.
 */
import { adsorbateCount, siteIssues } from '../assembly/link-adsorption.ts';
import { blockingIssues, chargeIssue, usableEnergy } from '../assembly/usable-energy.ts';
import { adsorptionEnergy } from '../descriptors/adsorption-energy.ts';
import { nucleationDrivingForce } from '../descriptors/nucleation-driving-force.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { Link, LinkKind, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference } from './input-reference.ts';

export interface SiteDescription {
  readonly calculation: string;
  readonly adsorption: DescriptorResult;
  readonly nucleation: DescriptorResult;
}

/** A calculation that may be subtracted, or the reasons why not. */
interface Partner {
  readonly calculation?: Calculation;
  readonly issues: readonly Issue[];
}

export function describeSites(system: System, input: CandidateInput): SiteDescription[] {
  return system.adsorbed.flatMap((id) => {
    const adsorbed = input.calculations.get(id);
    return adsorbed === undefined ? [] : [describeSite(system, adsorbed, input)];
  });
}

function describeSite(system: System, adsorbed: Calculation, input: CandidateInput): SiteDescription {
  const partner = (kind: LinkKind): Partner => {
    const link = system.links.find((candidate) => candidate.kind === kind && candidate.from === adsorbed.id);
    return link === undefined ? { issues: [] } : partnerOf(link, input);
  };
  const site = { ion: system.ion, adsorbed, slab: partner('clean-slab'), input, system };
  return {
    calculation: adsorbed.id,
    adsorption: adsorptionOf(site, partner('atom-reference'), partner('bulk-reference')),
    nucleation: nucleationOf(site, partner('bulk-reference')),
  };
}

interface Site {
  readonly system: System;
  readonly ion: string;
  readonly adsorbed: Calculation;
  readonly slab: Partner;
  readonly input: CandidateInput;
}

function partnerOf(link: Link, input: CandidateInput): Partner {
  const calculation = input.calculations.get(link.to);
  if (calculation === undefined) return { issues: link.issues };
  const issues = [...link.issues, ...blockingIssues(calculation)];
  return hasError(issues) ? { issues } : { calculation, issues };
}

function adsorptionOf(site: Site, atom: Partner, bulk: Partner): DescriptorResult {
  const pair = slabPair(site);
  if (!pair.available) return pair;
  const { energies, references, issues } = pair;
  const atomEnergy = energyPerAtom(atom.calculation);
  const bulkEnergy = energyPerAtom(bulk.calculation);
  const result = adsorptionEnergy.compute(
    adsorptionEnergy.inputs.parse({
      ...energies,
      ...(atomEnergy !== undefined && { atomEv: atomEnergy.sigma0Ev, atomFreeEv: atomEnergy.freeEv }),
      ...(bulkEnergy !== undefined && { bulkPerAtomEv: bulkEnergy.sigma0Ev, bulkPerAtomFreeEv: bulkEnergy.freeEv }),
      ...(pair.areaAngstrom2 !== undefined && { areaAngstrom2: pair.areaAngstrom2 }),
    }),
  );
  return completed(result, {
    references: [
      ...references,
      ...referenceOf(`E(${site.ion} atom)`, atom),
      ...referenceOf(`E(bulk ${site.ion})`, bulk),
    ],
    // What is wrong with the bulk concerns only the parts, not the value relative to the atom.
    issues: [...issues, ...atom.issues, ...bulk.issues.filter((entry) => entry.severity !== 'error')],
    charged: [site.adsorbed, site.slab.calculation],
  });
}

function nucleationOf(site: Site, bulk: Partner): DescriptorResult {
  const pair = slabPair(site);
  if (!pair.available) return pair;
  const bulkEnergy = energyPerAtom(bulk.calculation);
  if (bulkEnergy === undefined) {
    const missing = issue('E_REFERENCE_MISSING', { needed: `bulk ${site.ion} with matching settings` });
    return { available: false, reasons: distinctIssues([...bulk.issues, missing]), parts: {} };
  }
  const result = nucleationDrivingForce.compute(
    nucleationDrivingForce.inputs.parse({
      adsorbedSlabEv: pair.energies.adsorbedSlabEv,
      slabEv: pair.energies.slabEv,
      adsorbateCount: pair.energies.adsorbateCount,
      bulkPerAtomEv: bulkEnergy.sigma0Ev,
      ion: site.ion,
    }),
  );
  return completed(result, {
    references: [...pair.references, ...referenceOf(`E(bulk ${site.ion})`, bulk)],
    issues: [...pair.issues, ...bulk.issues],
    charged: [site.adsorbed, site.slab.calculation],
  });
}

/** Adsorbed and clean slab, when both may be used. */
function slabPair(site: Site) {
  const slab = site.slab.calculation;
  const axis = slab === undefined ? undefined : site.input.roles.get(slab.id)?.slab?.axis;
  const issues = [
    ...blockingIssues(site.adsorbed),
    ...site.slab.issues,
    ...(slab === undefined || axis === undefined ? [] : siteIssues(site.adsorbed, slab, axis, site.ion)),
  ];
  const own = usableEnergy(site.adsorbed);
  const clean = slab === undefined ? undefined : usableEnergy(slab);
  if (hasError(issues) || slab === undefined || own === undefined || clean === undefined) {
    const reasons = hasError(issues) ? issues : [...site.system.issues, ...issues];
    return { available: false as const, reasons: distinctIssues(reasons), parts: {} };
  }
  const areaAngstrom2 = site.input.roles.get(slab.id)?.slab?.areaAngstrom2;
  return {
    available: true as const,
    energies: {
      adsorbedSlabEv: own.energySigma0Ev,
      slabEv: clean.energySigma0Ev,
      adsorbedSlabFreeEv: own.freeEnergyEv,
      slabFreeEv: clean.freeEnergyEv,
      // The manifest may state a slab that does not fit: n = 0 is refused by the descriptor.
      adsorbateCount: adsorbateCount(site.adsorbed, slab, site.ion) ?? 0,
    },
    ...(areaAngstrom2 !== undefined && { areaAngstrom2 }),
    references: [
      inputReference(`E(slab+n${site.ion})`, site.adsorbed, 'energySigma0Ev'),
      inputReference('E(slab)', slab, 'energySigma0Ev'),
    ],
    issues,
  };
}

function energyPerAtom(calculation: Calculation | undefined) {
  const energies = calculation === undefined ? undefined : usableEnergy(calculation);
  const atoms = calculation?.structure?.species.length;
  if (energies === undefined || atoms === undefined) return undefined;
  return { sigma0Ev: energies.energySigma0Ev / atoms, freeEv: energies.freeEnergyEv / atoms };
}

function referenceOf(name: string, partner: Partner): InputReference[] {
  return partner.calculation === undefined ? [] : [inputReference(name, partner.calculation, 'energySigma0Ev')];
}

interface Context {
  readonly references: readonly InputReference[];
  readonly issues: readonly Issue[];
  readonly charged: readonly (Calculation | undefined)[];
}

/** Adds provenance and the issues of links; a charged member makes the value unreliable (SCIENCE §2.4). */
function completed(result: DescriptorResult, context: Context): DescriptorResult {
  const charges = context.charged.flatMap((member) => (member === undefined ? [] : (chargeIssue(member) ?? [])));
  if (!result.available) {
    return { ...result, reasons: distinctIssues([...result.reasons, ...context.issues, ...charges]) };
  }
  const issues = distinctIssues([
    ...result.issues,
    ...context.issues.filter((entry) => entry.severity !== 'error'),
    ...charges,
  ]);
  const degraded = issues.some((entry) => entry.severity === 'warning');
  const quality = charges.length > 0 ? 'unreliable' : degraded ? 'degraded' : result.quality;
  return { ...result, quality, inputs: context.references, issues };
}
