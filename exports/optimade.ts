/**
 * All structures as the response of an OPTIMADE v1.2 `structures` endpoint, which tools of that standard read.
 * Source: OPTIMADE API specification v1.2.0, "JSON Response Schema: Common Fields" and "Structures Entries".
 *
 * VASP repeats a cell in all three directions, also along the vacuum of a slab: `dimension_types` is [1, 1, 1], as the
 * property tells how the lattice vectors are treated and not what the atoms look like. Energies and forces carry the
 * prefix `_adatom_` and their unit.
 */
import { composition } from '../model/structure.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import { atomsOf } from './shared/atoms.ts';
import type { ExportContext, StructuresFormat } from './shared/export-format.ts';

export const optimadeFormat: StructuresFormat = {
  identifier: 'optimade',
  title: 'OPTIMADE v1.2 structures as JSON',
  mediaType: 'application/vnd.api+json',
  extension: 'optimade.json',
  madeOf: 'structures',
  write: responseText,
};

async function* responseText(
  structures: AsyncIterable<StructureDocument>,
  context: ExportContext,
): AsyncGenerator<string> {
  let count = 0;
  yield '{"data":[';
  for await (const structure of structures) {
    yield `${count === 0 ? '\n' : ',\n'}${JSON.stringify(entryOf(structure, context))}`;
    count += 1;
  }
  // Behind the data: only here their number is known.
  yield `\n],\n"meta":${JSON.stringify(metaOf(count, context))}}\n`;
}

function metaOf(count: number, { adatomVersion, finishedAt }: ExportContext): object {
  return {
    api_version: '1.2.0',
    query: { representation: '/structures' },
    more_data_available: false,
    data_returned: count,
    ...(finishedAt !== undefined && { time_stamp: timestamp(finishedAt) }),
    provider: { name: 'Adatom', description: 'Calculations of one Adatom screening', prefix: 'adatom' },
    implementation: { name: 'adatom', version: adatomVersion },
  };
}

function entryOf(structure: StructureDocument, { finishedAt }: ExportContext): object {
  const counts = composition(structure.species);
  const elements = Object.keys(counts).sort();
  const atoms = atomsOf(structure);
  return {
    type: 'structures',
    id: structure.calculation,
    attributes: {
      // The specification's word for a time that is not known.
      last_modified: finishedAt === undefined ? null : timestamp(finishedAt),
      elements,
      nelements: elements.length,
      elements_ratios: elements.map((element) => (counts[element] ?? 0) / atoms.length),
      ...formulas(counts),
      dimension_types: [1, 1, 1],
      nperiodic_dimensions: 3,
      lattice_vectors: structure.latticeAngstrom,
      cartesian_site_positions: atoms.map(({ cartesian }) => cartesian),
      nsites: atoms.length,
      species_at_sites: structure.species,
      species: elements.map((element) => ({ name: element, chemical_symbols: [element], concentration: [1] })),
      structure_features: [],
      _adatom_free_energy_ev: structure.freeEnergyEv,
      _adatom_energy_sigma0_ev: structure.energySigma0Ev,
      ...(structure.forcesEvPerAngstrom !== undefined && {
        _adatom_forces_ev_per_angstrom: atoms.map(({ force }) => force),
      }),
    },
  };
}

function formulas(counts: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  const divisor = Object.values(counts).reduce(greatestCommonDivisor, 0);
  const reduced = Object.keys(counts)
    .sort()
    .map((element) => [element, (counts[element] ?? 0) / divisor] as const);
  const proportions = reduced.map(([, count]) => count).sort((one, other) => other - one);
  const text = (parts: readonly (readonly [symbol: string, count: number])[]): string =>
    parts.map(([symbol, count]) => `${symbol}${count === 1 ? '' : count}`).join('');
  return {
    chemical_formula_descriptive: text(Object.entries(counts)),
    chemical_formula_reduced: text(reduced),
    chemical_formula_anonymous: text(proportions.map((count, index) => [anonymousSymbol(index), count])),
  };
}

/** A, B, …, Z, Aa, Ba, …, Za, Ab, … */
function anonymousSymbol(index: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const round = Math.floor(index / letters.length);
  return `${letters[index % letters.length]}${round === 0 ? '' : letters[round - 1]?.toLowerCase()}`;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/** RFC 3339 without fractions of a second. */
function timestamp(iso: string): string {
  return iso.replace(/\.\d+/, '');
}
