/**
 * Hydrogen, water and hydroxyl on the clean slab of a candidate: what competes with the deposition of the metal
 * (SCIENCE §6).
 *
 * The mistakes avoided here: hydrogen beside an adatom taken for hydrogen on the clean face, and the offset of metals on
 * an oxide without a word. Of several sites the most strongly bound one counts, as for the metal.
 */

import { unitFormula } from '../assembly/shared/composition-difference.ts';
import { dispersionMethod } from '../assembly/shared/dispersion-method.ts';
import { told } from '../assembly/shared/told-settings.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { depositionSelectivity } from '../descriptors/deposition-selectivity.ts';
import { hydrogenAdsorptionFreeEnergy } from '../descriptors/hydrogen-adsorption-free-energy.ts';
import { hydrogenSuppression } from '../descriptors/hydrogen-suppression.ts';
import { hydroxylAdsorptionEnergy } from '../descriptors/hydroxyl-adsorption-energy.ts';
import { waterAdsorptionEnergy } from '../descriptors/water-adsorption-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, UnavailableDescriptor } from '../model/descriptor.ts';
import { isMetal } from '../model/elements.ts';
import { distinctIssues, issue } from '../model/issues.ts';
import { formula } from '../model/structure.ts';
import type { Link, System } from '../model/system.ts';
import { bestAlternative } from './best-alternative.ts';
import type { CandidateInput } from './candidate-input.ts';
import { hydrogenVibrations } from './hydrogen-vibrations.ts';
import { completed, type Partner, partnerOf, referenceOf, type SlabPair, slabPair } from './slab-pair.ts';

type Results = Readonly<Record<string, DescriptorResult>>;

/** `deposition`: ΔE_dep of the working ion on this facet, where it was asked for. */
export function describeAdsorbates(
  system: System,
  input: CandidateInput,
  deposition: DescriptorResult | undefined,
): Results {
  const hydrogen = bestOf('H', freeEnergyOf, { system, input });
  const water = bestOf('H2O', waterEnergyOf, { system, input });
  const hydroxyl = bestOf('OH', hydroxylEnergyOf, { system, input });
  return {
    ...(hydrogen !== undefined && {
      'hydrogen-adsorption-free-energy': hydrogen,
      'hydrogen-suppression': suppressionOf(hydrogen),
      ...(deposition !== undefined && { 'deposition-selectivity': selectivityOf(hydrogen, deposition) }),
    }),
    ...(water !== undefined && { 'water-adsorption-energy': water }),
    ...(hydroxyl !== undefined && { 'hydroxyl-adsorption-energy': hydroxyl }),
  };
}

interface Place {
  readonly system: System;
  readonly input: CandidateInput;
}

/** A pair of slabs with the molecules that its energy is relative to. */
interface Carrier {
  readonly pair: SlabPair;
  readonly clean: Calculation | undefined;
  readonly adsorbed: Calculation;
  readonly input: CandidateInput;
  /** By formula: `H2`. */
  readonly molecule: (name: string) => Partner;
}

/** Undefined when no slab of the system carries this adsorbate. */
function bestOf(
  adsorbate: string,
  energyOf: (carrier: Carrier) => DescriptorResult,
  place: Place,
): DescriptorResult | undefined {
  const { system } = place;
  const carrying = linksOf(adsorbate, system);
  if (carrying.length === 0) return undefined;
  const alternatives = carrying.map((link) => ({
    id: link.from,
    result: onSlab(link, adsorbate, { ...place, energyOf }),
  }));
  return bestAlternative(alternatives, 'sites', system).result;
}

/** Of slabs that carry nothing else than this adsorbate. */
function linksOf(adsorbate: string, { links, slab, otherAdsorbed }: System): Link[] {
  return links.filter(
    ({ kind, from, to, adsorbate: found }) =>
      kind === 'clean-slab' && to === slab && found?.formula === adsorbate && otherAdsorbed.includes(from),
  );
}

const DESCRIBED = ['H', 'H2O', 'OH'];

/** Adsorbed slabs beside those of the ion that values are computed from. */
export function describedBeside(system: System): string[] {
  return DESCRIBED.flatMap((adsorbate) => linksOf(adsorbate, system).map(({ from }) => from));
}

/** What zero-point energies of adsorbed hydrogen are asked of: slabs with hydrogen, the clean one, and H₂. */
export function hydrogenStates(system: System): string[] {
  const carrying = new Set(linksOf('H', system).map(({ from }) => from));
  if (carrying.size === 0) return [];
  const molecules = system.links.filter(({ kind, from }) => kind === 'molecule-reference' && carrying.has(from));
  const clean = system.slab === undefined ? [] : [system.slab];
  return [...carrying, ...clean, ...molecules.map(({ to }) => to)];
}

function onSlab(
  link: Link,
  adsorbate: string,
  { system, input, energyOf }: Place & { readonly energyOf: (carrier: Carrier) => DescriptorResult },
): DescriptorResult {
  const adsorbed = input.calculations.get(link.from);
  if (adsorbed === undefined) throw new Error(`${link.from} is linked and was not read`);
  const slab = partnerOf(link, input);
  const pair = slabPair({ adsorbed, slab, input, system, adsorbate, described: undefined });
  if (!pair.available) return pair;
  const molecule = (name: string): Partner => {
    const reference = system.links.find(
      ({ kind, from, to }) =>
        kind === 'molecule-reference' &&
        from === adsorbed.id &&
        formula(input.calculations.get(to)?.structure?.species ?? []) === unitFormula(name),
    );
    return reference === undefined ? { issues: [] } : partnerOf(reference, input);
  };
  return energyOf({ pair, clean: slab.calculation, adsorbed, input, molecule });
}

/** Corrected by its own vibrations where they were calculated, else as on metals. */
function freeEnergyOf({ pair, clean, adsorbed, input, molecule }: Carrier): DescriptorResult {
  const hydrogen = moleculeOf('H2', molecule);
  if (!hydrogen.available) return hydrogen;
  const { calculation: gas } = hydrogen.partner;
  const count = pair.energies.adsorbateCount;
  const vibrations =
    clean === undefined || gas === undefined
      ? undefined
      : hydrogenVibrations({ adsorbed, clean, molecule: gas, count }, input);
  const isMetallic = clean?.structure?.species.every(isMetal) === true;
  const result = hydrogenAdsorptionFreeEnergy.compute(
    hydrogenAdsorptionFreeEnergy.inputs.parse({
      ...slabEnergies(pair),
      hydrogenMoleculeEv: hydrogen.energyEv,
      surface: isMetallic ? 'metal' : 'other',
      ...vibrations?.zeroPoints,
    }),
  );
  const energy = withMolecules(result, pair, [hydrogen]);
  if (!energy.available || vibrations === undefined) return energy;
  return completed(energy, {
    references: [...energy.inputs, ...vibrations.references],
    issues: vibrations.issues,
  });
}

function waterEnergyOf({ pair, adsorbed, molecule }: Carrier): DescriptorResult {
  const water = moleculeOf('H2O', molecule);
  if (!water.available) return water;
  const dispersion = hasDispersion(adsorbed);
  const result = waterAdsorptionEnergy.compute(
    waterAdsorptionEnergy.inputs.parse({
      ...slabEnergies(pair),
      waterMoleculeEv: water.energyEv,
      ...(dispersion !== undefined && { dispersion }),
    }),
  );
  return withMolecules(result, pair, [water]);
}

function hydroxylEnergyOf({ pair, molecule }: Carrier): DescriptorResult {
  const [water, hydrogen] = [moleculeOf('H2O', molecule), moleculeOf('H2', molecule)];
  if (!water.available) return water;
  if (!hydrogen.available) return hydrogen;
  const result = hydroxylAdsorptionEnergy.compute(
    hydroxylAdsorptionEnergy.inputs.parse({
      ...slabEnergies(pair),
      waterMoleculeEv: water.energyEv,
      hydrogenMoleculeEv: hydrogen.energyEv,
    }),
  );
  return withMolecules(result, pair, [water, hydrogen]);
}

function slabEnergies({ energies: { adsorbedSlabEv, slabEv, adsorbateCount } }: SlabPair) {
  return { adsorbedSlabEv, slabEv, adsorbateCount };
}

/** Undefined when the files do not tell. */
function hasDispersion(calculation: Calculation): boolean | undefined {
  const method = dispersionMethod(calculation);
  return told(calculation, 'LUSE_VDW') === true ? true : method === undefined ? undefined : method > 0;
}

interface Molecule {
  readonly available: true;
  readonly name: string;
  readonly partner: Partner;
  readonly energyEv: number;
}

function moleculeOf(name: string, molecule: Carrier['molecule']): Molecule | UnavailableDescriptor {
  const partner = molecule(name);
  const energy = partner.calculation === undefined ? undefined : usableEnergy(partner.calculation);
  if (energy !== undefined) return { available: true, name, partner, energyEv: energy.energySigma0Ev };
  const needed = `${name} molecule${partner.issues.length > 0 ? ' that may be subtracted' : ''}`;
  return {
    available: false,
    reasons: distinctIssues([...partner.issues, issue('E_REFERENCE_MISSING', { needed })]),
    parts: {},
  };
}

function withMolecules(result: DescriptorResult, pair: SlabPair, molecules: readonly Molecule[]): DescriptorResult {
  return completed(result, {
    references: [...pair.references, ...molecules.flatMap(({ name, partner }) => referenceOf(`E(${name})`, partner))],
    issues: [...pair.issues, ...molecules.flatMap(({ partner }) => partner.issues)],
  });
}

function suppressionOf(hydrogen: DescriptorResult): DescriptorResult {
  if (!hydrogen.available) return { ...hydrogen, parts: {} };
  const result = hydrogenSuppression.compute(hydrogenSuppression.inputs.parse({ freeEnergyEv: hydrogen.value }));
  return completed(result, { references: hydrogen.inputs, issues: hydrogen.issues });
}

/** At U = 0 against the metal electrode and ΔG_H* at U = 0 against SHE: each at its own standard potential. */
function selectivityOf(hydrogen: DescriptorResult, deposition: DescriptorResult): DescriptorResult {
  if (!hydrogen.available || !deposition.available) {
    const reasons = [hydrogen, deposition].flatMap((member) => (member.available ? [] : member.reasons));
    return { available: false, reasons: distinctIssues(reasons), parts: {} };
  }
  const result = depositionSelectivity.compute(
    depositionSelectivity.inputs.parse({
      depositionEnergyEv: deposition.value,
      freeEnergyEv: hydrogen.value,
      depositionUncertaintyEv: deposition.uncertainty,
      freeEnergyUncertaintyEv: hydrogen.uncertainty,
    }),
  );
  return completed(result, {
    references: [...deposition.inputs, ...hydrogen.inputs],
    issues: [...deposition.issues, ...hydrogen.issues],
  });
}
