/**
 * Adsorption energy and nucleation driving force of every adsorbed slab of a system.
 */
import { usableEnergy } from '../assembly/usable-energy.ts';
import { adsorptionEnergy } from '../descriptors/adsorption-energy.ts';
import { nucleationDrivingForce } from '../descriptors/nucleation-driving-force.ts';
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { Link, LinkKind, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import {
  completed,
  type Partner,
  partnerOf,
  referenceOf,
  type SlabPair,
  slabPair,
  withoutReference,
} from './slab-pair.ts';

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

function energyPerAtom(calculation: Calculation | undefined) {
  const energies = calculation === undefined ? undefined : usableEnergy(calculation);
  const atoms = calculation?.structure?.species.length;
  if (energies === undefined || atoms === undefined) return undefined;
  return { sigma0Ev: energies.energySigma0Ev / atoms, freeEv: energies.freeEnergyEv / atoms };
}
