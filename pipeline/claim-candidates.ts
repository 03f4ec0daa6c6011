/**
 * Candidates as claims need them: beyond their values, what a screening's own output tells of each: its ion, the facet
 * that its atoms show, the reference of its adsorption energy and the cohesive energy calculated beside it.
 *
 * The mistake avoided here: a column of a table taken for relative to the atom because ours are. Only a screening's
 * output states its reference; of a table it is not known.
 */
import { z } from 'zod';
import type { RankableCandidate } from '../model/ranking.ts';
import type { FacetIdentity } from '../model/system.ts';
import { BY_PROFILE } from './stated-uncertainties.ts';

export interface ClaimCandidate extends RankableCandidate {
  readonly label?: string;
  readonly ion?: string;
  /** Of the clean slab. */
  readonly formula?: string;
  /** As the atoms show it. */
  readonly exposed?: Pick<FacetIdentity, 'family' | 'label' | 'termination'>;
  /** As the manifest states it. */
  readonly stated?: readonly number[];
  /** Of `adsorption-energy`, as its convention says. */
  readonly reference?: string;
  /** Of the working metal, from the same calculations. */
  readonly cohesiveEnergyEv?: number;
  /** Descriptors whose 1σ is the one that the profile of the screening states. */
  readonly statedByProfile?: readonly string[];
}

const miller = z.tuple([z.number(), z.number(), z.number()]).readonly();
const screeningSchema = z.looseObject({
  systems: z.array(
    z.looseObject({
      id: z.string(),
      formula: z.string(),
      facet: z.array(z.number()).readonly().optional(),
      exposedFacet: z
        .looseObject({ family: miller, label: z.string(), termination: z.enum(['+', '-']).optional() })
        .optional(),
    }),
  ),
  candidates: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      ion: z.string(),
      system: z.string(),
      descriptors: z.record(z.string(), z.unknown()),
    }),
  ),
});
const adsorptionSchema = z.looseObject({
  convention: z.string(),
  parts: z.looseObject({ cohesiveEnergyEv: z.number().optional() }),
});
const statedSchema = z.looseObject({ parts: z.looseObject({ uncertaintyOrigin: z.literal(BY_PROFILE) }) });

type ScreenedCandidate = z.output<typeof screeningSchema>['candidates'][number];
type ScreenedSystem = z.output<typeof screeningSchema>['systems'][number];

/** `document`: the JSON that the candidates were read from; anything but a screening's output adds nothing. */
export function claimCandidates(candidates: readonly RankableCandidate[], document: unknown): ClaimCandidate[] {
  const screening = screeningSchema.safeParse(document);
  if (!screening.success) return [...candidates];
  const systems = new Map(screening.data.systems.map((system) => [system.id, system]));
  const told = new Map(screening.data.candidates.map((each) => [each.id, { each, system: systems.get(each.system) }]));
  return candidates.map((candidate) => {
    const found = told.get(candidate.id);
    return found === undefined ? candidate : { ...candidate, ...screened(found.each, found.system) };
  });
}

function screened(
  { label, ion, descriptors }: ScreenedCandidate,
  system: ScreenedSystem | undefined,
): Partial<ClaimCandidate> {
  const adsorption = adsorptionSchema.safeParse(descriptors['adsorption-energy']).data;
  const reference = /^reference: (\w+)/.exec(adsorption?.convention ?? '')?.[1];
  const cohesiveEnergyEv = adsorption?.parts.cohesiveEnergyEv;
  const statedByProfile = Object.keys(descriptors).filter((name) => statedSchema.safeParse(descriptors[name]).success);
  const facet = system?.exposedFacet;
  return {
    label,
    ion,
    ...(system !== undefined && { formula: system.formula }),
    ...(system?.facet !== undefined && { stated: system.facet }),
    ...(facet !== undefined && {
      exposed: {
        family: facet.family,
        label: facet.label,
        ...(facet.termination !== undefined && { termination: facet.termination }),
      },
    }),
    ...(reference !== undefined && { reference }),
    ...(cohesiveEnergyEv !== undefined && { cohesiveEnergyEv }),
    ...(statedByProfile.length > 0 && { statedByProfile }),
  };
}
