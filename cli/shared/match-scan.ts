/**
 * All film facets against all substrate facets: as JSON, and as a table with the least strained pairs first.
 *
 * The mistake avoided here: strain alone. Almost anything fits in a cell that is large enough, so the area stands beside
 * it, and the smallest match beside the least strained one.
 */
import type { CoincidenceLimits, CoincidenceMatch } from '../../model/coincidence.ts';
import { distinctIssues, type Issue } from '../../model/issues.ts';
import type { PlaneLattice } from '../../model/plane-lattice.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import type { FacetPair } from '../../pipeline/match-facets.ts';
import { issueLine } from './issue-line.ts';
import { latticeDocument } from './match-document.ts';
import type { SpecifiedLattice } from './match-lattice.ts';
import { signedPercent } from './match-text.ts';
import { fixedText } from './number-text.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

/** A side of a pair: a facet of a file, or a lattice in numbers. */
export type ScannedPlane = SpecifiedLattice & { readonly lattice: PlaneLattice };

export interface MatchScan {
  readonly films: readonly ScannedPlane[];
  readonly substrates: readonly ScannedPlane[];
  readonly limits: CoincidenceLimits;
  readonly pairs: readonly FacetPair<ScannedPlane>[];
  /** Of the files of each side. */
  readonly filmIssues: readonly Issue[];
  readonly substrateIssues: readonly Issue[];
}

export function scanDocument(scan: MatchScan): object {
  const { films, substrates, limits, pairs } = scan;
  const side = ({ name, source }: ScannedPlane): object => ({ name, source });
  return {
    films: films.map(latticeDocument),
    substrates: substrates.map(latticeDocument),
    limits,
    pairs: pairs.map(({ film, substrate, minimumArea, leastStrain, issues: told }) => ({
      film: side(film),
      substrate: side(substrate),
      ...(minimumArea !== undefined && { minimumArea }),
      ...(leastStrain !== undefined && { leastStrain }),
      issues: told.map(issueDocument),
    })),
    issues: fileIssues(scan).map(issueDocument),
  };
}

/** Each once: both sides can name one file. */
function fileIssues({ filmIssues, substrateIssues }: MatchScan): Issue[] {
  return distinctIssues([...filmIssues, ...substrateIssues]);
}

const COLUMNS: readonly Column[] = [
  { title: 'film' },
  { title: 'substrate' },
  { title: 'least strain', align: 'right' },
  { title: 'ε1 (%)', align: 'right' },
  { title: 'ε2 (%)', align: 'right' },
  { title: 'area (Å²)', align: 'right' },
  { title: 'smallest', align: 'right' },
  { title: 'ε1 (%)', align: 'right' },
  { title: 'ε2 (%)', align: 'right' },
  { title: 'area (Å²)', align: 'right' },
];
/** JSON has them all. */
const MOST_ROWS = 40;

export function scanText(scan: MatchScan, paint: Paint): string[] {
  const { films, substrates, limits, pairs } = scan;
  const issues = fileIssues(scan);
  const matched = pairs.filter(({ leastStrain }) => leastStrain !== undefined);
  const [filmName, substrateName] = [namesOf(films), namesOf(substrates)];
  const [titles = '', ...rows] = tableLines(
    COLUMNS,
    matched
      .slice(0, MOST_ROWS)
      .map(({ film, substrate, leastStrain, minimumArea }) => [
        visible(filmName(film)),
        visible(substrateName(substrate)),
        ...cellsOf(leastStrain),
        ...cellsOf(minimumArea),
      ]),
  );
  const [left, without] = [matched.length - rows.length, pairs.length - matched.length];
  return [
    paint('bold', `${films.length} facets on ${substrates.length}: ${pairs.length} pairs`),
    ...(rows.length === 0 ? [] : ['', paint('bold', titles), ...rows]),
    ...(left > 0 ? [`and ${left} more; --json and --out have all of them`] : []),
    ...(without > 0 ? [`${without} pairs have no common cell up to ${fixedText(limits.maxAreaAngstrom2, 0)} Å²`] : []),
    'ε: strain of the film, + = stretched',
    ...(issues.length === 0 ? [] : ['', ...issues.map((entry) => issueLine(issueDocument(entry), paint))]),
  ];
}

/** The name alone, or with its file where several files have planes of the same name. */
export function namesOf(planes: readonly ScannedPlane[]): (plane: ScannedPlane) => string {
  const known = new Map<string, number>();
  for (const { name } of planes) known.set(name, (known.get(name) ?? 0) + 1);
  return ({ name, source }) => ((known.get(name) ?? 0) > 1 ? `${name} ${source}` : name);
}

function cellsOf(match: CoincidenceMatch | undefined): string[] {
  if (match === undefined) return ['', '', '', ''];
  const [least, most] = match.principalStrainFractions;
  return [
    `${match.filmMultiple}/${match.substrateMultiple}`,
    signedPercent(least),
    signedPercent(most),
    fixedText(match.filmAreaAngstrom2),
  ];
}
