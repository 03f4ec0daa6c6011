/**
 * The common cell of a film and a substrate as a drawing: both lattices, one over the other, with the cell of each.
 *
 * The mistake avoided here: a picture without its numbers. Multiples, area, strain, rotation and a scale in Å stand in
 * it, so that it says the same wherever it is pasted. Film points are rings and substrate points dots: where they
 * coincide a dot fills a ring, and that is told without colour.
 */
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import type { PlaneLattice, Vector2 } from '../../model/plane-lattice.ts';
import { type Markup, markup } from './markup.ts';
import type { MatchReport } from './match-document.ts';
import { type LatticePoints, type MatchFrame, matchFrame } from './match-frame.ts';
import { signedPercent } from './match-text.ts';
import { fixedText } from './number-text.ts';

const INK = '#1f2933';
const FAINT = '#52606d';
const FILM = '#0b5cad';
const SUBSTRATE = '#8a3b12';
const CELL = '#fff4d6';
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, sans-serif';
/** Of the rings, in the film's shortest length; and the largest and smallest that still reads. */
const RING_SHARE = 0.16;
const [SMALLEST_RING, LARGEST_RING] = [1.5, 6];
const LINE_HEIGHT = 19;

/** One `<svg>` element, to be written to a file as it is. */
export function matchSvg({ film, substrate }: MatchReport, match: CoincidenceMatch): string {
  if (substrate.lattice === undefined) throw new Error('a match without a lattice');
  const frame = matchFrame(match, substrate.lattice);
  const names = { film: film.name, substrate: substrate.name };
  const lines = legendLines(names, match);
  const { width, height } = frame;
  const drawing = markup`<svg xmlns="http://www.w3.org/2000/svg" class="match-svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="13">
<title>${names.film} on ${names.substrate}, ${match.filmMultiple}/${match.substrateMultiple}</title>
<desc>${lines.join('; ')}.</desc>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<path class="match-cell" d="${outline(frame, frame.corners)}" fill="${CELL}" stroke="${INK}" stroke-width="1.5"/>
${unitCell(frame, frame.substrate, SUBSTRATE)}
${unitCell(frame, frame.film, FILM)}
${points(frame, frame.substrate, 'substrate')}
${points(frame, frame.film, 'film')}
${legend(frame, lines)}
${scaleBar(frame)}
</svg>`;
  return `${drawing.markup}\n`;
}

function legendLines(names: { film: string; substrate: string }, match: CoincidenceMatch): string[] {
  const [least, most] = match.principalStrainFractions;
  const turnedOver = match.isFilmTurnedOver ? ', film turned over' : '';
  return [
    `film ${names.film}: ${match.filmMultiple} cells, strained as on the substrate`,
    `substrate ${names.substrate}: ${match.substrateMultiple} cells`,
    `common cell ${fixedText(match.filmAreaAngstrom2)} Å² of the film, ${fixedText(match.angleDegrees)}°`,
    `principal strains of the film ${signedPercent(least)} % and ${signedPercent(most)} %`,
    `von Mises strain ${fixedText(100 * match.vonMisesFraction)} %; film turned by ${fixedText(match.rotationDegrees)}°${turnedOver}`,
  ];
}

/** At the origin of the common cell, on its side of the first vector. */
function unitCell(frame: MatchFrame, { lattice }: LatticePoints, colour: string): Markup {
  const [, up = [0, 0]] = frame.corners.slice(2);
  const [a, b] = lattice.map(([x, y]): Vector2 => (y * up[1] < 0 || (y === 0 && x < 0) ? [-x, -y] : [x, y]));
  if (a === undefined || b === undefined) return markup``;
  const corners: Vector2[] = [[0, 0], a, [a[0] + b[0], a[1] + b[1]], b];
  return markup`<path d="${outline(frame, corners)}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="5 3"/>`;
}

function outline(frame: MatchFrame, corners: readonly Vector2[]): string {
  return `M${corners.map((corner) => frame.at(corner).join(' ')).join('L')}Z`;
}

function points(frame: MatchFrame, { points: all }: LatticePoints, kind: 'film' | 'substrate'): Markup {
  const radius = ringRadius(frame);
  return markup`<g class="match-${kind}" ${symbolStyle(kind)}>
${all.map((point) => {
  const [x, y] = frame.at(point);
  return markup`<circle cx="${x}" cy="${y}" r="${kind === 'film' ? radius : radius / 2}"/>
`;
})}</g>`;
}

function symbolStyle(kind: 'film' | 'substrate'): Markup {
  return kind === 'film'
    ? markup`fill="none" stroke="${FILM}" stroke-width="1.5"`
    : markup`fill="${SUBSTRATE}" stroke="none"`;
}

function ringRadius({ film, pixelsPerAngstrom }: MatchFrame): number {
  const wanted = RING_SHARE * shortest(film.lattice) * pixelsPerAngstrom;
  return Math.round(10 * Math.min(LARGEST_RING, Math.max(SMALLEST_RING, wanted))) / 10;
}

function shortest([a, b]: PlaneLattice): number {
  return Math.min(Math.hypot(...a), Math.hypot(...b));
}

function legend({ plot }: MatchFrame, lines: readonly string[]): Markup {
  const y = (line: number): number => Math.round(plot.bottom + 30 + line * LINE_HEIGHT);
  return markup`<circle cx="${plot.left + 6}" cy="${y(0) - 4}" r="5" ${symbolStyle('film')}/>
<circle cx="${plot.left + 6}" cy="${y(1) - 4}" r="3" ${symbolStyle('substrate')}/>
<g fill="${INK}">${lines.map(
    (line, at) => markup`<text x="${plot.left + 20}" y="${y(at)}">${line}</text>
`,
  )}</g>`;
}

/** A round length, at most a third of the drawing. */
function scaleBar({ plot, pixelsPerAngstrom }: MatchFrame): Markup {
  const third = (plot.right - plot.left) / 3 / pixelsPerAngstrom;
  const power = 10 ** Math.floor(Math.log10(third));
  const length = ([5, 2, 1].find((each) => each * power <= third) ?? 1) * power;
  const right = plot.right;
  const left = Math.round(100 * (right - length * pixelsPerAngstrom)) / 100;
  const y = Math.round(plot.bottom + 30 + 5 * LINE_HEIGHT);
  return markup`<path d="M${left} ${y - 10}L${left} ${y - 5}L${right} ${y - 5}L${right} ${y - 10}" fill="none" stroke="${FAINT}"/>
<text x="${(left + right) / 2}" y="${y + 8}" text-anchor="middle" fill="${FAINT}" font-size="11">${length} Å</text>`;
}
