/**
 * The difference of an adsorbed and its clean slab, from calculations that may be subtracted, for any adsorbate.
 *
 * The mistake avoided here: a value from two slabs that the gate keeps apart, or one whose warnings stayed with its members.
 */
import { siteOn } from '../assembly/site-on-slab.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import type { Calculation } from '../model/calculation.ts';
import {
  type DescriptorResult,
  type InputReference,
  qualityOf,
  type UnavailableDescriptor,
} from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { Link, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';

/** A calculation that may be subtracted, or the reasons why not. */
export interface Partner {
  readonly calculation?: Calculation;
  readonly issues: readonly Issue[];
}

export function partnerOf(link: Link, input: CandidateInput): Partner {
  const calculation = input.calculations.get(link.to);
  if (calculation === undefined) return { issues: link.issues };
  const issues = [...link.issues, ...memberIssues(calculation, input)];
  return hasError(issues) ? { issues } : { calculation, issues };
}

/** Adsorbed and clean slab, when both may be used. */
export interface SlabPair {
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

export interface PairedSite {
  readonly adsorbed: Calculation;
  readonly slab: Partner;
  readonly input: CandidateInput;
  readonly system: System;
  /** Element, or formula of a molecule. */
  readonly adsorbate: string;
  readonly described: AdsorptionSite | undefined;
}

export function slabPair({
  adsorbed,
  slab,
  input,
  system,
  adsorbate,
  described,
}: PairedSite): SlabPair | UnavailableDescriptor {
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

/** The descriptor asks for an energy; here the calculation behind it is named, and what is wrong with it. */
export function withoutReference(result: DescriptorResult, partner: Partner, needed: string): UnavailableDescriptor {
  const text = partner.issues.length > 0 ? `${needed} that may be subtracted` : needed;
  const missing = issue('E_REFERENCE_MISSING', { needed: text });
  const own = result.available ? [] : result.reasons.filter((reason) => reason.code !== missing.code);
  return { available: false, reasons: distinctIssues([...own, ...partner.issues, missing]), parts: result.parts };
}

export function referenceOf(name: string, partner: Partner): InputReference[] {
  return partner.calculation === undefined ? [] : [inputReference(name, partner.calculation, 'energySigma0Ev')];
}

/** Adds provenance and what is remarkable about the calculations. */
export function completed(
  result: DescriptorResult,
  context: { readonly references: readonly InputReference[]; readonly issues: readonly Issue[] },
): DescriptorResult {
  if (!result.available) return { ...result, reasons: distinctIssues([...result.reasons, ...context.issues]) };
  const issues = distinctIssues([...result.issues, ...context.issues]);
  return { ...result, quality: qualityOf(issues), inputs: context.references, issues };
}
