/**
 * How well the facets of the depositing metal fit on a coating: the best match, the mismatch along one direction where
 * both lattices are of one kind, and the texture that the coating favours (SCIENCE §5).
 *
 * The mistakes avoided here: a mismatch without the source of its lattices, and a candidate judged by one facet of the
 * film that nobody would see if another one fits better. A pair of lattices is searched once, however many candidates
 * share it. The energy of a slab has no part in its lattice: what is remarked of it is not repeated.
 */
import { coincidenceMismatch } from '../descriptors/coincidence-mismatch.ts';
import { type FacetStrain, texturePreference } from '../descriptors/texture-preference.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { type CoatingPlane, coatingPlane, lengthReferences } from './coating-plane.ts';
import { lengthMismatches } from './describe-lengths.ts';
import { describedResult } from './described-result.ts';
import { bestFacet, type FacetMatch, summaryOf } from './facet-matches.ts';
import type { FilmFacet } from './film-facets.ts';
import { type FilmSource, filmSources } from './film-sources.ts';
import { filmStrainEnergy } from './film-strain-energy.ts';
import { latticeText } from './lattice-as-text.ts';
import { sourceParts, type ToldOfLattices } from './lattice-sources.ts';
import { memberIssues } from './member-issues.ts';
import { rememberedOfInput } from './remembered-of-input.ts';

export const describeMismatch: Describer = (system, input) => {
  const coating = coatingPlane(system, input);
  const sources = coating === undefined ? [] : filmSources(system, coating.slab, input);
  const [film] = sources;
  if (coating === undefined || film === undefined) return {};
  const substrate = latticeText(coating.lattice);
  const searched = sources.map((source) => searchedOn(substrate, source, input));
  const remarks = remarksOf(system.ion, film, coating, input);
  const told = { film, coating, remarks, inputs: inputsOf(film, coating) };
  return {
    'coincidence-mismatch': coincidenceOf(searched, told, input),
    'texture-preference': preferenceOf(searched, told),
    ...lengthMismatches(sources, told),
  };
};

/** What the facets of one source show on one substrate. */
interface Searched {
  readonly source: FilmSource;
  readonly matches: readonly FacetMatch[];
  readonly texture: DescriptorResult;
}

const knownResults = rememberedOfInput(() => new Map<string, DescriptorResult>());

function searchedOn(substrate: string, source: FilmSource, input: CandidateInput): Searched {
  const known = knownResults(input);
  const once = (key: string, compute: () => DescriptorResult): DescriptorResult => {
    const found = known.get(key) ?? compute();
    known.set(key, found);
    return found;
  };
  const facets = source.facets.map((facet) => ({ facet, text: latticeText(facet.lattice) }));
  const sourced = { substrate, filmSource: source.text, substrateSource: 'calculated' };
  const matches = facets.map(({ facet, text }): FacetMatch => {
    const result = once(`${text} ${substrate}`, () =>
      coincidenceMismatch.compute(coincidenceMismatch.inputs.parse({ film: text, ...sourced })),
    );
    return { facet, result };
  });
  const [wanted, ...others] = facets.map(({ facet, text }) => ({ facet: facet.name, film: text }));
  const key = facets.map(({ facet, text }) => `${facet.name} ${text}`).join(' ');
  const texture = once(`${key} on ${substrate}`, () =>
    texturePreference.compute(texturePreference.inputs.parse({ ...wanted, others, ...sourced })),
  );
  return { source, matches, texture };
}

function inputsOf({ calculation }: FilmSource, { inputs }: CoatingPlane): InputReference[] {
  return [...(calculation === undefined ? [] : lengthReferences(calculation, 'film')), ...inputs];
}

function remarksOf(element: string, film: FilmSource, coating: CoatingPlane, input: CandidateInput): Issue[] {
  if (film.calculation !== undefined) return distinctIssues(memberIssues(film.calculation, input));
  return [issue('I_LATTICE_MIXED', { film: element, filmSource: film.text, substrateSource: coating.method })];
}

function coincidenceOf(searched: readonly Searched[], told: ToldOfLattices, input: CandidateInput): DescriptorResult {
  const { film, coating, remarks, inputs } = told;
  const [own] = searched;
  const best = bestFacet(own?.matches ?? []);
  if (own === undefined || best === undefined) throw new Error('a film without facets');
  const { result, facet } = best;
  const energy = filmStrainEnergy(film, best, coating.lattice, input);
  const sources = searched.map(({ source, matches }) => {
    const match = bestFacet(matches);
    return { source: source.text, match: match && summaryOf(match) };
  });
  const strains = sources.flatMap(({ match }) => match?.strainFraction ?? []);
  const parts = {
    ...(result.available && { filmFacet: facet.name }),
    ...texturePart(own),
    ...result.parts,
    ...sourceParts(told),
    filmFacets: own.matches.map(summaryOf),
    ...energy?.parts,
    sensitivity: sources.map(({ source, match }) => ({ source, ...match })),
    ...(strains.length > 1 && { sourceSpreadFraction: Math.max(...strains) - Math.min(...strains) }),
  };
  if (!result.available) return describedResult({ ...result, parts }, inputs, remarks);
  const names = own.matches.map((match) => match.facet.name).join(', ');
  const convention = `the best of ${names}; ${result.convention}`;
  return describedResult({ ...result, parts, convention }, [...inputs, ...(energy?.inputs ?? [])], remarks);
}

function preferenceOf(searched: readonly Searched[], told: ToldOfLattices): DescriptorResult {
  const [own] = searched;
  if (own === undefined) throw new Error('a film without facets');
  const sensitivity = searched.map(({ source, texture }) => ({
    source: source.text,
    ...(texture.available && { preferenceFraction: texture.value }),
    ...texturePart({ source, texture }),
  }));
  const { favouredFacet: _, facets: searches, ...found } = own.texture.parts;
  const facets = (searches as readonly FacetStrain[]).map(leastStrainOf); // as texture-preference gives them
  const parts = { ...texturePart(own), ...found, ...sourceParts(told), facets, sensitivity };
  return describedResult({ ...own.texture, parts }, told.inputs, told.remarks);
}

function leastStrainOf({ facet, leastStrain }: FacetStrain) {
  if (leastStrain === undefined) return { facet };
  const { maxAbsPrincipalFraction: strainFraction, filmMultiple, substrateMultiple, filmAreaAngstrom2 } = leastStrain;
  return { facet, strainFraction, filmMultiple, substrateMultiple, filmAreaAngstrom2 };
}

/** `favours Zn(002) texture`; a difference within its uncertainty favours none. */
function texturePart({ source, texture }: Pick<Searched, 'source' | 'texture'>) {
  const { favouredFacet } = texture.parts;
  const favoured = source.facets.find((facet: FilmFacet) => facet.name === favouredFacet);
  if (favoured === undefined) return {};
  const isTie = texture.available && Math.abs(texture.value) <= (texture.uncertainty ?? 0);
  if (isTie) return { favours: 'no texture: the difference is within its uncertainty' };
  return { favouredFacet: favoured.name, favours: `favours ${favoured.texture} texture` };
}
