/**
 * Energy of an interface and contact angle of its film, from the adhesion and the surface energies of the two facets that
 * other slabs of the screening have (Young and Dupré, SCIENCE §8).
 *
 * The mistakes avoided here: the energy of a slab that is stretched to the cell of the interface, which holds the strain of
 * the whole film, where an unstrained slab of the facet was calculated; and the work that separates frozen parts beside
 * surface energies of relaxed ones.
 */
import { coincidence } from '../assembly/shared/coincidence.ts';
import { planeVectors } from '../assembly/shared/slab-geometry.ts';
import { contactAngle } from '../descriptors/contact-angle.ts';
import { interfaceEnergy } from '../descriptors/interface-energy.ts';
import type { AvailableDescriptor, DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { Candidate, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { describedResult } from './described-result.ts';

/** Of a slab against its bulk: the error of a lattice mismatch (§10.5). */
const SAME_STRAIN_FRACTION = 1e-3;
/** A slab whose plane is stretched by more is found to be no cut of its bulk. */
const STRAIN_LIMITS = { strain: 0.15, angleDegrees: 5 };

/** The candidates, those with an adhesion and the surface energies for it with what follows from both. */
export function withInterfaceEnergies(
  candidates: readonly Candidate[],
  systems: readonly System[],
  input: CandidateInput,
): readonly Candidate[] {
  if (!candidates.some(({ descriptors }) => descriptors['adhesion-energy']?.available)) return candidates;
  const surfaces = surfacesOf(candidates, systems, input);
  return candidates.map((candidate) => {
    const adhesion = candidate.descriptors['adhesion-energy'];
    if (adhesion?.available !== true) return candidate;
    const slabOf = (name: string) => adhesion.inputs.find((each) => each.name === name)?.calculation;
    const [film, substrate] = ['E(film)', 'E(substrate)'].map((name) => surfaceOf(slabOf(name), surfaces));
    if (film === undefined) return candidate;
    const found = {
      'contact-angle': angleOf(adhesion, film),
      ...(substrate !== undefined && { 'interface-energy': energyOf(adhesion, film, substrate) }),
    };
    return { ...candidate, descriptors: { ...candidate.descriptors, ...found } };
  });
}

interface Surface {
  readonly slab: string;
  /** Bulk and family of planes; that of the slab alone where its facet is not known. */
  readonly facet: string;
  readonly energy: DescriptorResult;
  readonly strainFraction: number;
}

/** Slabs with a bulk. */
function surfacesOf(
  candidates: readonly Candidate[],
  systems: readonly System[],
  input: CandidateInput,
): readonly Surface[] {
  const energyOfSystem = new Map(candidates.map(({ system, descriptors }) => [system, descriptors['surface-energy']]));
  return systems.flatMap((system) => {
    const { id, slab, bulk, exposedFacet } = system;
    const energy = energyOfSystem.get(id);
    if (slab === undefined || bulk === undefined || energy === undefined) return [];
    const facet = exposedFacet === undefined ? slab : `${bulk} ${exposedFacet.family.join()}`;
    return [{ slab, facet, energy, strainFraction: strainOf(slab, bulk, input) }];
  });
}

/** Of the slabs of one facet the least strained, of equals the one that the adhesion was calculated with. */
function surfaceOf(slab: string | undefined, surfaces: readonly Surface[]): Surface | undefined {
  const own = surfaces.find((surface) => surface.slab === slab);
  if (own === undefined) return undefined;
  const excess = ({ strainFraction }: Surface): number => Math.max(SAME_STRAIN_FRACTION, Math.abs(strainFraction));
  return surfaces.reduce((best, each) => {
    const isUsable = each.facet === own.facet && each.energy.available && each.energy.quality !== 'unreliable';
    if (!isUsable) return best;
    return !best.energy.available || excess(each) < excess(best) ? each : best;
  }, own);
}

function strainOf(slab: string, bulk: string, { calculations, roles }: CandidateInput): number {
  const [cell, lattice] = [slab, bulk].map((id) => calculations.get(id)?.structure?.latticeAngstrom);
  const axis = roles.get(slab)?.slab?.axis;
  if (cell === undefined || lattice === undefined || axis === undefined) return 0;
  const strains = coincidence(planeVectors(cell, axis), lattice, STRAIN_LIMITS)?.strains ?? [];
  return strains.reduce((largest, each) => (Math.abs(each) > Math.abs(largest) ? each : largest), 0);
}

function angleOf(adhesion: AvailableDescriptor, film: Surface): DescriptorResult {
  return following(adhesion, [['film', film]], ([filmSurface]) =>
    contactAngle.compute(
      contactAngle.inputs.parse({
        adhesionJPerM2: adhesion.value,
        adhesionUncertaintyJPerM2: adhesion.uncertainty,
        filmSurfaceJPerM2: filmSurface?.value,
        surfaceUncertaintyJPerM2: filmSurface?.uncertainty,
      }),
    ),
  );
}

function energyOf(adhesion: AvailableDescriptor, film: Surface, substrate: Surface): DescriptorResult {
  const both = [
    ['film', film],
    ['substrate', substrate],
  ] as const;
  return following(adhesion, both, ([filmSurface, substrateSurface]) =>
    interfaceEnergy.compute(
      interfaceEnergy.inputs.parse({
        adhesionJPerM2: adhesion.value,
        adhesionUncertaintyJPerM2: adhesion.uncertainty,
        filmSurfaceJPerM2: filmSurface?.value,
        substrateSurfaceJPerM2: substrateSurface?.value,
        surfaceUncertaintyJPerM2: Math.max(filmSurface?.uncertainty ?? 0, substrateSurface?.uncertainty ?? 0),
      }),
    ),
  );
}

function following(
  adhesion: AvailableDescriptor,
  surfaces: readonly (readonly [part: string, surface: Surface])[],
  compute: (energies: readonly AvailableDescriptor[]) => DescriptorResult,
): DescriptorResult {
  const energies = surfaces.flatMap(([, { energy }]) => (energy.available ? [energy] : []));
  const reasons: Issue[] = surfaces.flatMap(([part, { energy }]) =>
    energy.available ? notPositive(part, energy.value) : energy.reasons,
  );
  if (adhesion.parts.adhesionConvention !== 'relaxed') {
    const reason = 'the work that separates frozen parts does not go with surface energies of relaxed slabs';
    reasons.push(issue('E_INPUT', { input: 'adhesion', reason }));
  }
  if (reasons.length > 0) return { available: false, reasons: distinctIssues(reasons), parts: {} };
  const strained = surfaces.flatMap(([part, { strainFraction }]) =>
    Math.abs(strainFraction) > SAME_STRAIN_FRACTION
      ? [issue('W_STRAIN_REFERENCE', { part: `the ${part}`, strainFraction })]
      : [],
  );
  const result = compute(energies);
  const named = surfaces.flatMap(([part, { energy }]) =>
    energy.available ? energy.inputs.map((each) => ({ ...each, name: `${each.name} of γ(${part})` })) : [],
  );
  const issues = [...adhesion.issues, ...energies.flatMap((energy) => energy.issues), ...strained];
  return describedResult(result, [...adhesion.inputs, ...named], distinctIssues(issues));
}

/** A facet that would form by itself has no contact angle. */
function notPositive(part: string, valueJPerM2: number): Issue[] {
  if (valueJPerM2 > 0) return [];
  const reason = `the surface energy of the ${part} is not above zero`;
  return [issue('E_INPUT', { input: 'surface energy', reason })];
}
