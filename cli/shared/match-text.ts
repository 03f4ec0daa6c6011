/** Coincidence cells for the terminal: the mismatch along one direction, then the matches as a table. */
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import { type Matrix2, planeArea } from '../../model/plane-lattice.ts';
import { issueLine } from './issue-line.ts';
import { type MatchReport, matchIssues, oneDimensional } from './match-document.ts';
import type { SpecifiedLattice } from './match-lattice.ts';
import { exactText, fixedText } from './number-text.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

const COLUMNS: readonly Column[] = [
  { title: 'film/substrate', align: 'right' },
  { title: 'area (Å²)', align: 'right' },
  { title: 'ε1 (%)', align: 'right' },
  { title: 'ε2 (%)', align: 'right' },
  { title: 'von Mises (%)', align: 'right' },
  { title: 'angle (°)', align: 'right' },
  { title: 'turned by (°)', align: 'right' },
  { title: 'film cells' },
  { title: 'substrate cells' },
  { title: '' },
];
/** JSON has them all. */
const MOST_ROWS = 20;

export function matchText(report: MatchReport, paint: Paint): string[] {
  const { film, substrate, search } = report;
  const issues = matchIssues(report).map((entry) => issueLine(entry, paint));
  return [
    paint('bold', `${latticeText(film)} on ${latticeText(substrate)}`),
    ...oneDimensionalLines(report),
    ...(search.matches.length === 0 ? [] : ['', ...matchLines(report, paint)]),
    ...(issues.length === 0 ? [] : ['', ...issues]),
  ];
}

function latticeText({ name, lattice }: SpecifiedLattice): string {
  return visible(lattice === undefined ? name : `${name} (${fixedText(planeArea(lattice), 4)} Å²)`);
}

function oneDimensionalLines(report: MatchReport): string[] {
  const found = oneDimensional(report);
  if (found === undefined) return [];
  const { filmMultiple, substrateMultiple, filmAngstrom, substrateAngstrom } = found;
  return [
    `along the shortest vectors, ${filmMultiple} × ${fixedText(filmAngstrom, 4)} Å on ${substrateMultiple} × ${fixedText(substrateAngstrom, 4)} Å: ` +
      `ε_film ${signedPercent(found.epsilonFilmFraction)} %, f_sub ${signedPercent(found.fSubFraction)} %, f_avg ${signedPercent(found.fAvgFraction)} %`,
  ];
}

function matchLines({ search }: MatchReport, paint: Paint): string[] {
  const { matches, minimumArea, leastStrain } = search;
  const isNamed = (match: CoincidenceMatch): boolean => match === minimumArea || match === leastStrain;
  const shown = [...matches.slice(0, MOST_ROWS), ...matches.slice(MOST_ROWS).filter((match) => isNamed(match))];
  const [titles = '', ...rows] = tableLines(
    COLUMNS,
    shown.map((match) => [
      ...cellsOf(match),
      [
        ...(match === minimumArea ? ['smallest'] : []),
        ...(match === leastStrain ? ['least strain'] : []),
        ...(match.isFilmTurnedOver ? ['film turned over'] : []),
      ].join(', '),
    ]),
  );
  const left = matches.length - shown.length;
  return [
    paint('bold', titles),
    ...rows,
    ...(left > 0 ? [`and ${left} more; --json has all of them`] : []),
    'ε: strain of the film, + = stretched',
  ];
}

function cellsOf(match: CoincidenceMatch): string[] {
  const [least, most] = match.principalStrainFractions;
  return [
    `${match.filmMultiple}/${match.substrateMultiple}`,
    fixedText(match.filmAreaAngstrom2),
    signedPercent(least),
    signedPercent(most),
    fixedText(100 * match.vonMisesFraction),
    fixedText(match.angleDegrees),
    fixedText(match.rotationDegrees),
    matrixText(match.filmMatrix),
    matrixText(match.substrateMatrix),
  ];
}

export function signedPercent(fraction: number): string {
  const text = fixedText(100 * fraction);
  return Number(text) > 0 ? `+${text}` : text;
}

/** `(2 0 / 0 2)` */
function matrixText(matrix: Matrix2): string {
  return `(${matrix.map((row) => row.map(exactText).join(' ')).join(' / ')})`;
}
