/**
 * Adsorption energy and nucleation driving force of every adsorbed slab of a system.
 */
import { siteOn } from '../assembly/site-on-slab.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { adsorptionEnergy } from '../descriptors/adsorption-energy.ts';
import { nucleationDrivingForce } from '../descriptors/nucleation-driving-force.ts';
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import type { Calculation } from '../model/calculation.ts';
import {
  type DescriptorResult,
  type InputReference,
  qualityOf,
  type UnavailableDescriptor,
} from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { Link, LinkKind, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';

export interface SiteDescription {
  readonly calculation: string;
  readonly adsorption: DescriptorResult;
  readonly nucleation: DescriptorResult;
}

export function describeSites(system: System, input: CandidateInput): SiteDescription[] {
  const links = new Map(system.links.map((link) => [linkKey(link.kind, link.from), link]));
  const sites = new Map(system.sites?.map((site) => [site.calculation, site]));
  return system.adsorbed.flatMap((id) => {
    const adsorbed = input.calculations.get(id);
    return adsorbed === undefined ? [] : [describeSite(adsorbed, { system, links, sites, input })];
  });
}

/** A calculation that may be subtracted, or the reasons why not. */
interface Partner {
  readonly calculation?: Calculation;
  readonly issues: readonly Issue[];
}

interface SiteContext {
  readonly system: System;
  readonly links: ReadonlyMap<string, Link>;
  readonly sites: ReadonlyMap<string, AdsorptionSite>;
  readonly input: CandidateInput;
}

function linkKey(kind: LinkKind, from: string): string {
  return `${kind} ${from}`;
}

function describeSite(adsorbed: Calculation, { system, links, sites, input }: SiteContext): SiteDescription {
  const partner = (kind: LinkKind): Partner => {
    const link = links.get(linkKey(kind, adsorbed.id));
    return link === undefined ? { issues: [] } : partnerOf(link, input);
  };
  const adsorbate = links.get(linkKey('clean-slab', adsorbed.id))?.adsorbate?.formula ?? system.ion;
  const pair = slabPair({
    adsorbed,
    slab: partner('clean-slab'),
    input,
    system,
    adsorbate,
    described: sites.get(adsorbed.id),
  });
  const [atom, bulk] = [partner('atom-reference'), partner('bulk-reference')];
  return {
    calculation: adsorbed.id,
    adsorption: pair.available ? adsorptionOf(pair, { atom, bulk, ion: system.ion }) : pair,
    nucleation: pair.available ? nucleationOf(pair, bulk, system.ion) : pair,
  };
}

function partnerOf(link: Link, input: CandidateInput): Partner {
  const calculation = input.calculations.get(link.to);
  if (calculation === undefined) return { issues: link.issues };
  const issues = [...link.issues, ...memberIssues(calculation, input)];
  return hasError(issues) ? { issues } : { calculation, issues };
}

/** Adsorbed and clean slab, when both may be used. */
interface SlabPair {
  readonly available: true;
  readonly energies: {
    readonly adsorbedSlabEv: number;
    readonly slabEv: number;
    readonly adsorbedSlabFreeEv: number;
    readonly slabFreeEv: number;
    readonly adsorbateCount: number;
  };
  readonly doubleSided: boolean;
  readonly areaAngstrom2?: number;
  readonly references: readonly InputReference[];
  readonly issues: readonly Issue[];
}

interface Site {
  readonly adsorbed: Calculation;
  readonly slab: Partner;
  readonly input: CandidateInput;
  readonly system: System;
  /** Element, or formula of a molecule. */
  readonly adsorbate: string;
  readonly described: AdsorptionSite | undefined;
}

function slabPair({ adsorbed, slab, input, system, adsorbate, described }: Site): SlabPair | UnavailableDescriptor {
  const clean = slab.calculation;
  const site = described ?? (clean === undefined ? undefined : siteOn(adsorbed, clean, adsorbate));
  const issues = [...memberIssues(adsorbed, input), ...slab.issues, ...(site?.issues ?? [])];
  const [own, bare] = [usableEnergy(adsorbed), clean === undefined ? undefined : usableEnergy(clean)];
  if (hasError(issues) || clean === undefined || site === undefined || own === undefined || bare === undefined) {
    // Without a link the system says why there is none.
    const reasons = slab.issues.length === 0 && clean === undefined ? [...system.issues, ...issues] : issues;
    return { available: false, reasons: distinctIssues(reasons), parts: {} };
  }
  const areaAngstrom2 = input.roles.get(clean.id)?.slab?.areaAngstrom2;
  return {
    available: true,
    energies: {
      adsorbedSlabEv: own.energySigma0Ev,
      slabEv: bare.energySigma0Ev,
      adsorbedSlabFreeEv: own.freeEnergyEv,
      slabFreeEv: bare.freeEnergyEv,
      adsorbateCount: site.count,
    },
    doubleSided: described?.face === 'both',
    ...(areaAngstrom2 !== undefined && { areaAngstrom2 }),
    references: [
      inputReference(`E(slab+n${adsorbate})`, adsorbed, 'energySigma0Ev'),
      inputReference('E(slab)', clean, 'energySigma0Ev'),
    ],
    issues,
  };
}

interface SiteReferences {
  readonly atom: Partner;
  readonly bulk: Partner;
  readonly ion: string;
}

function adsorptionOf(pair: SlabPair, { atom, bulk, ion }: SiteReferences): DescriptorResult {
  const atomEnergy = energyPerAtom(atom.calculation);
  const bulkEnergy = energyPerAtom(bulk.calculation);
  const result = adsorptionEnergy.compute(
    adsorptionEnergy.inputs.parse({
      ...pair.energies,
      doubleSided: pair.doubleSided,
      ...(atomEnergy !== undefined && { atomEv: atomEnergy.sigma0Ev, atomFreeEv: atomEnergy.freeEv }),
      ...(bulkEnergy !== undefined && { bulkPerAtomEv: bulkEnergy.sigma0Ev, bulkPerAtomFreeEv: bulkEnergy.freeEv }),
      ...(pair.areaAngstrom2 !== undefined && { areaAngstrom2: pair.areaAngstrom2 }),
    }),
  );
  if (atomEnergy === undefined) return withoutReference(result, atom, `isolated ${ion} atom`);
  return completed(result, {
    references: [...pair.references, ...referenceOf(`E(${ion} atom)`, atom), ...referenceOf(`E(bulk ${ion})`, bulk)],
    // The bulk stands behind the parts only; what is remarkable about it is told with the driving force.
    issues: [...pair.issues, ...atom.issues],
  });
}

function nucleationOf(pair: SlabPair, bulk: Partner, ion: string): DescriptorResult {
  const bulkEnergy = energyPerAtom(bulk.calculation);
  const { adsorbedSlabEv, slabEv, adsorbateCount } = pair.energies;
  const result = nucleationDrivingForce.compute(
    nucleationDrivingForce.inputs.parse({
      adsorbedSlabEv,
      slabEv,
      adsorbateCount,
      ...(bulkEnergy !== undefined && { bulkPerAtomEv: bulkEnergy.sigma0Ev }),
      ion,
    }),
  );
  if (bulkEnergy === undefined) return withoutReference(result, bulk, `bulk ${ion}`);
  return completed(result, {
    references: [...pair.references, ...referenceOf(`E(bulk ${ion})`, bulk)],
    issues: [...pair.issues, ...bulk.issues],
  });
}

/** The descriptor asks for an energy; here the calculation behind it is named, and what is wrong with it. */
function withoutReference(result: DescriptorResult, partner: Partner, needed: string): UnavailableDescriptor {
  const text = partner.issues.length > 0 ? `${needed} that may be subtracted` : needed;
  const missing = issue('E_REFERENCE_MISSING', { needed: text });
  const own = result.available ? [] : result.reasons.filter((reason) => reason.code !== missing.code);
  return { available: false, reasons: distinctIssues([...own, ...partner.issues, missing]), parts: result.parts };
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

/** Adds provenance and what is remarkable about the calculations. */
function completed(
  result: DescriptorResult,
  context: { readonly references: readonly InputReference[]; readonly issues: readonly Issue[] },
): DescriptorResult {
  if (!result.available) return { ...result, reasons: distinctIssues([...result.reasons, ...context.issues]) };
  const issues = distinctIssues([...result.issues, ...context.issues]);
  return { ...result, quality: qualityOf(issues), inputs: context.references, issues };
}
