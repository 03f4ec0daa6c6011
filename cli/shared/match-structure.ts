/**
 * `adatom match --structure`: a match of two facets of files as a structure file.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { StrainedPart } from '../../assembly/stack-facets.ts';
import type { CoincidenceMatch, CoincidenceSearch } from '../../model/coincidence.ts';
import { AdatomError } from '../../model/errors.ts';
import { type StackedMatch, stackedMatch } from '../../pipeline/stacked-match.ts';
import { wholeNumber } from './command.ts';
import type { FileFacet } from './facet-spec.ts';
import { structureFormatOf, writeStructureFile } from './structure-file.ts';
import { visible } from './terminal.ts';

export interface StructureOptions {
  readonly structure?: string;
  readonly pick: 'minimum-area' | 'least-strain' | number;
  readonly strain: StrainedPart;
  readonly gap: number;
  readonly vacuum: number;
  readonly filmLayers?: number;
  readonly substrateLayers?: number;
}

export function withStructureOptions(command: Command): Command {
  return command
    .option(
      '--structure <file>',
      'write the film on the substrate: .vasp, .cif, .extxyz or .json (facets of files only)',
    )
    .option('--pick <match>', 'which: minimum-area, least-strain, or the number of a row', picked, 'minimum-area')
    .addOption(
      new Option('--strain <part>', 'which gives way').choices(['film', 'substrate', 'shared']).default('film'),
    )
    .option('--gap <Å>', 'between film and substrate', length, 2.5)
    .option('--vacuum <Å>', 'above the film', length, 15)
    .option('--film-layers <n>', 'lattice planes of the film (default: 8 Å)', wholeNumber(1))
    .option('--substrate-layers <n>', 'lattice planes of the substrate (default: 8 Å)', wholeNumber(1));
}

/** Nothing is computed for a file that cannot be written. */
export function checkStructureOptions({ structure }: StructureOptions): void {
  if (structure !== undefined) structureFormatOf(structure);
}

export type WrittenStructure = ReturnType<typeof structureDocument>;

export interface StackedFacets {
  readonly film: FileFacet | undefined;
  readonly substrate: FileFacet | undefined;
  readonly search: CoincidenceSearch;
}

/** Written, and what is to be told of it. Throws `AdatomError`. */
export async function writtenStructure(
  file: string,
  facets: StackedFacets,
  options: StructureOptions,
): Promise<WrittenStructure> {
  const { film, substrate, search } = facets;
  if (film === undefined || substrate === undefined) {
    const reason = 'needs atoms: give film and substrate as files, such as Zn.vasp:0,0,1';
    throw new AdatomError('request', visible(`--structure ${file} ${reason}`));
  }
  const match = pickedMatch(search, options.pick);
  if (match === undefined)
    throw new AdatomError('unanswerable', visible(`--structure ${file}: there is no such match`));
  checkSize(film, substrate, match);
  const { filmLayers, substrateLayers, strain, gap, vacuum } = options;
  const stacked = stackedMatch(
    { ...film, ...(filmLayers !== undefined && { planes: filmLayers }) },
    { ...substrate, ...(substrateLayers !== undefined && { planes: substrateLayers }) },
    { match, strained: strain, gapAngstrom: gap, vacuumAngstrom: vacuum },
  );
  await writeStructureFile(file, stacked.structure);
  return structureDocument(file, stacked, match, options);
}

function pickedMatch({ matches, minimumArea, leastStrain }: CoincidenceSearch, pick: StructureOptions['pick']) {
  if (pick === 'minimum-area') return minimumArea;
  return pick === 'least-strain' ? leastStrain : matches[pick - 1];
}

/** More atoms than any calculation of an interface has; they would fill the memory. */
const MOST_CELLS = 20_000;

function checkSize(film: FileFacet, substrate: FileFacet, { filmMultiple, substrateMultiple }: CoincidenceMatch): void {
  const atoms = filmMultiple * film.bulk.crystal.atoms.length + substrateMultiple * substrate.bulk.crystal.atoms.length;
  if (atoms > MOST_CELLS)
    throw new AdatomError('request', `the common cell has ${atoms} atoms in one layer: choose a smaller match`);
}

function structureDocument(file: string, stacked: StackedMatch, match: CoincidenceMatch, options: StructureOptions) {
  return {
    file,
    orientation: stacked.orientation,
    atoms: stacked.filmAtoms + stacked.substrateAtoms,
    filmAtoms: stacked.filmAtoms,
    substrateAtoms: stacked.substrateAtoms,
    filmLayers: stacked.filmPlanes,
    substrateLayers: stacked.substratePlanes,
    filmSense: stacked.filmSense,
    strained: options.strain,
    gapAngstrom: options.gap,
    vacuumAngstrom: options.vacuum,
    latticeAngstrom: stacked.structure.latticeAngstrom,
    match,
  };
}

/** What the terminal says of it. */
export function structureLines(told: WrittenStructure): string[] {
  const { file, orientation, atoms, filmAtoms, substrateAtoms, filmSense } = told;
  const sense = filmSense === 'as cut' ? '' : `; the film lies ${filmSense}`;
  return [
    '',
    visible(`${file}: ${orientation}, ${atoms} atoms (film ${filmAtoms}, substrate ${substrateAtoms})${sense}`),
  ];
}

function picked(text: string): StructureOptions['pick'] {
  if (text === 'minimum-area' || text === 'least-strain') return text;
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError(`expected minimum-area, least-strain or the number of a match, found "${text}".`);
}

function length(text: string): number {
  const value = /^\+?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1000) return value;
  throw new InvalidArgumentError(`expected a length in Å, found "${text}".`);
}
