/**
 * `adatom match`: the cells that a film and a substrate have in common, and the strain of the film in them.
 */
import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { findCoincidences } from '../descriptors/shared/coincidence/find-coincidences.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { type CoincidenceLimits, DEFAULT_COINCIDENCE_LIMITS as DEFAULTS } from '../model/coincidence.ts';
import { AdatomError } from '../model/errors.ts';
import { type CommonOptions, newCommand, wholeNumber } from './shared/command.ts';
import { type MatchReport, matchDocument, matchIssues } from './shared/match-document.ts';
import { SPEC_HELP, type SpecifiedLattices, specifiedLattices } from './shared/match-lattice.ts';
import { type MatchScan, type ScannedPlane, scanDocument, scanText } from './shared/match-scan.ts';
import {
  checkStructureOptions,
  type StructureOptions,
  structureLines,
  withStructureOptions,
  writtenStructure,
} from './shared/match-structure.ts';
import { matchSvg } from './shared/match-svg.ts';
import { matchText } from './shared/match-text.ts';
import type { DrawnMatch } from './shared/matrix-svg.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { scanFacets } from './shared/scan-facets.ts';
import { paintFor, visible } from './shared/terminal.ts';
import { writeMatches, writeMatrix } from './shared/write-matches.ts';

interface MatchOptions extends CommonOptions, StructureOptions {
  readonly film: string;
  readonly substrate: string;
  readonly maxArea: number;
  readonly lengthTol: number;
  readonly angleTol: number;
  readonly areaRatioTol: number;
  readonly maxMiller: number;
  readonly svg?: string;
  readonly draw: DrawnMatch;
  readonly matrix?: string;
  readonly out?: string;
  readonly threads?: number;
}

const EXAMPLES = `
Examples:
  adatom match --film hex:2.665 --substrate hex:5.35            zinc (0001) on vermiculite: 4/1, +0.375 %
  adatom match --film hex:2.665 --substrate square:2.9995 --svg cell.svg
  adatom match --film centred:3.51,4.9639 --substrate hex:3.2495 --max-area 400 --json
                                                                lithium (110) on ZnO (0001)
  adatom match --film Zn.vasp:0,0,1 --substrate ZnO.cif:0,0,1 --structure interface.vasp
  adatom match --film Zn.vasp:all --substrate coatings/ --max-miller 2 --out scan --matrix scan.svg
                                                                all on all; run again, it does only what is new`;

export function matchCommand(): Command {
  const command = newCommand('match', 'the cells that two lattices have in common, and the strain in them')
    .requiredOption('--film <spec>', `lattice of the film’s facet: ${SPEC_HELP}`)
    .requiredOption('--substrate <spec>', 'lattice of the substrate’s facet, in the same way')
    .option('--max-area <Å²>', 'largest supercell of either', area, DEFAULTS.maxAreaAngstrom2)
    .option('--length-tol <fraction>', 'relative, of each length', tolerance, DEFAULTS.lengthTolerance)
    .option('--angle-tol <fraction>', 'relative, of the angle', tolerance, DEFAULTS.angleTolerance)
    .option('--area-ratio-tol <fraction>', 'of the ratio of areas', tolerance, DEFAULTS.areaRatioTolerance)
    .option('--svg <file>', 'draw the common cell with both lattices into this file')
    .addOption(
      new Option('--draw <match>', 'which match --svg and --matrix draw')
        .choices(['smallest', 'least-strain'])
        .default('smallest'),
    )
    .option('--max-miller <n>', 'largest index of FILE:all and of folders', wholeNumber(1), 1)
    .option('--out <dir>', 'folder for matches.csv, matches.json and matches.parquet of all pairs, and for going on')
    .option('--matrix <file>', 'draw all pairs into this file (SVG): colour = strain, number = area')
    .option('--threads <number>', 'threads to search many pairs with (default: one per core)', wholeNumber(1));
  return withStructureOptions(command).addHelpText('after', EXAMPLES).action(printMatches);
}

async function printMatches(options: MatchOptions): Promise<void> {
  checkStructureOptions(options);
  const films = await specifiedLattices(options.film, '--film', options.maxMiller);
  const substrates = await specifiedLattices(options.substrate, '--substrate', options.maxMiller);
  const [film, ...otherFilms] = films.lattices;
  const [substrate, ...otherSubstrates] = substrates.lattices;
  if (film === undefined || substrate === undefined) throw new Error('a SPEC without a lattice');
  const isOnePair = otherFilms.length === 0 && otherSubstrates.length === 0;
  if (!isOnePair || options.out !== undefined || options.matrix !== undefined) {
    await printScan(films, substrates, options);
    return;
  }
  await printOne({ film, substrate, fileIssues: [...films.issues, ...substrates.issues] }, options);
}

async function printOne(sides: Pick<MatchReport, 'film' | 'substrate' | 'fileIssues'>, options: MatchOptions) {
  const { film, substrate } = sides;
  const limits = limitsOf(options);
  const search =
    film.lattice === undefined || substrate.lattice === undefined
      ? { matches: [], issues: [] }
      : findCoincidences(film.lattice, substrate.lattice, limits);
  const report: MatchReport = { ...sides, limits, search };
  const error = matchIssues(report).find(({ severity }) => severity === 'error');
  const isWritten = options.structure !== undefined && error === undefined;
  const structure = isWritten
    ? await writtenStructure(options.structure, { film: film.facet, substrate: substrate.facet, search }, options)
    : undefined;
  const output = standardOutput();
  if (options.json === true) await writeJson(output, { ...matchDocument(report), ...(structure && { structure }) });
  else {
    const lines = [...matchText(report, paintFor(process.stdout)), ...(structure ? structureLines(structure) : [])];
    await output.write(`${lines.join('\n')}\n`);
  }
  if (error !== undefined) throw new AdatomError('request', visible(error.message));
  if (options.svg !== undefined) draw(report, options.svg, options.draw);
}

async function printScan(
  films: SpecifiedLattices,
  substrates: SpecifiedLattices,
  options: MatchOptions,
): Promise<void> {
  for (const name of ['svg', 'structure'] as const) {
    if (options[name] === undefined) continue;
    throw new AdatomError('request', `--${name} is of one pair: name one facet of each, without --out and --matrix`);
  }
  const sides = { films: scanned(films), substrates: scanned(substrates) };
  const { out, threads, matrix, quiet = false } = options;
  const limits = limitsOf(options);
  const { pairs, kept } = await scanFacets(sides.films, sides.substrates, {
    limits,
    quiet,
    ...(out !== undefined && { out }),
    ...(threads !== undefined && { threads }),
  });
  const scan: MatchScan = { ...sides, limits, pairs, filmIssues: films.issues, substrateIssues: substrates.issues };
  const written = [
    ...(out === undefined ? [] : writeMatches(out, scan)),
    ...(matrix === undefined ? [] : writeMatrix(matrix, scan, options.draw)),
  ];
  if (out !== undefined) note(`${pairs.length - kept} pairs searched, ${kept} taken from before`, quiet);
  if (written.length > 0) note(`written: ${written.join(', ')}`, quiet);
  const output = standardOutput();
  if (options.json === true) await writeJson(output, scanDocument(scan));
  else await output.write(`${scanText(scan, paintFor(process.stdout)).join('\n')}\n`);
}

function note(text: string, quiet: boolean): void {
  if (!quiet) process.stderr.write(`${paintFor(process.stderr)('dim', visible(text))}\n`);
}

function scanned({ lattices }: SpecifiedLattices): ScannedPlane[] {
  return lattices.map((plane) => {
    const { lattice, issues } = plane;
    if (lattice === undefined) throw new AdatomError('request', visible(issues[0]?.message ?? plane.name));
    return { ...plane, lattice };
  });
}

function limitsOf(options: MatchOptions): CoincidenceLimits {
  return {
    maxAreaAngstrom2: options.maxArea,
    lengthTolerance: options.lengthTol,
    angleTolerance: options.angleTol,
    areaRatioTolerance: options.areaRatioTol,
  };
}

function draw(report: MatchReport, file: string, which: MatchOptions['draw']): void {
  const { minimumArea, leastStrain } = report.search;
  const match = which === 'smallest' ? minimumArea : leastStrain;
  if (match === undefined) throw new AdatomError('unanswerable', `--svg ${visible(file)}: there is no match to draw`);
  try {
    writeFileSync(file, matchSvg(report, match));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `--svg ${visible(file)}: ${reasonOf(error)}`, { cause: error });
  }
}

const DECIMAL_NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function area(text: string): number {
  const value = DECIMAL_NUMBER.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(`expected an area in Å², found "${text}".`);
}

function tolerance(text: string): number {
  const value = DECIMAL_NUMBER.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value < 1) return value;
  throw new InvalidArgumentError(`expected a fraction from 0 to 1 (0.03 is 3 %), found "${text}".`);
}
