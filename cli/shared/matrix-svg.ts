/**
 * All film facets against all substrate facets as a picture: colour = strain, number = area of the same match.
 *
 * The mistakes avoided here: the strain of one match beside the area of another, and an empty cell that could be "no
 * match" or "not tried" (no match is hatched). The darker, the better it fits; the number stands on every colour in black
 * or white, so that the picture also reads in grey.
 */
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import { rampColour } from './colour-ramp.ts';
import { type Markup, markup } from './markup.ts';
import { type MatchScan, namesOf, type ScannedPlane } from './match-scan.ts';
import { type MatrixBlock, type MatrixFrame, type MatrixPage, matrixFrame, shortened } from './matrix-frame.ts';
import { fixedText } from './number-text.ts';

export type DrawnMatch = 'smallest' | 'least-strain';

const INK = '#1f2933';
const FAINT = '#52606d';
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, sans-serif';
const RAMP = { width: 200, height: 12, steps: 16 };
/** Of the legend's rows below the top of the page. */
const [TITLE_Y, RAMP_Y] = [34, 52];

interface Picture {
  readonly scan: MatchScan;
  readonly which: DrawnMatch;
  readonly films: readonly string[];
  readonly substrates: readonly string[];
  readonly frame: MatrixFrame;
  readonly matchOf: (film: ScannedPlane, substrate: ScannedPlane) => CoincidenceMatch | undefined;
  /** Strain at the light end of the ramp. */
  readonly most: number;
}

/** One `<svg>` element per page. */
export function matrixPages(scan: MatchScan, which: DrawnMatch): string[] {
  const drawn = new Map(scan.films.map((film) => [film, new Map<ScannedPlane, CoincidenceMatch | undefined>()]));
  for (const { film, substrate, minimumArea, leastStrain } of scan.pairs) {
    drawn.get(film)?.set(substrate, which === 'smallest' ? minimumArea : leastStrain);
  }
  const strains = [...drawn.values()].flatMap((row) =>
    [...row.values()].map((match) => match?.maxAbsPrincipalFraction ?? 0),
  );
  const [films, substrates] = [scan.films, scan.substrates].map((planes) => planes.map(namesOf(planes)).map(shortened));
  if (films === undefined || substrates === undefined) throw new Error('a matrix without sides');
  const picture: Picture = {
    scan,
    which,
    films,
    substrates,
    frame: matrixFrame(films, substrates),
    matchOf: (film, substrate) => drawn.get(film)?.get(substrate),
    most: roundAbove(strains.reduce((most, strain) => Math.max(most, strain), 0)),
  };
  return picture.frame.pages.map((page, at) => pageSvg(picture, page, at));
}

function pageSvg(picture: Picture, page: MatrixPage, at: number): string {
  const { scan, which, frame } = picture;
  const cell = which === 'smallest' ? 'Smallest common cell' : 'Least strained common cell';
  const pages = frame.pages.length > 1 ? `, page ${at + 1} of ${frame.pages.length}` : '';
  const title = `${cell} of ${scan.films.length} film facets on ${scan.substrates.length} substrate facets${pages}`;
  const { width, height, blocks } = page;
  const drawing = markup`<svg xmlns="http://www.w3.org/2000/svg" class="matrix-svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="12" fill="${INK}">
<title>${title}</title>
<desc>Colour: larger principal strain of the film, without its sign. Number: film area of the same match in Å². Hatched: no match.</desc>
<defs><pattern id="none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/><path d="M0 0V6" stroke="#9aa5b1" stroke-width="2"/></pattern></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${frame.margin}" y="${TITLE_Y}" font-size="15" font-weight="600">${title}</text>
${legend(picture)}
${blocks.map((block) => blockMarkup(picture, block))}</svg>`;
  return `${drawing.markup}\n`;
}

function legend({ frame, most, scan }: Picture): Markup {
  const step = RAMP.width / RAMP.steps;
  const y = RAMP_Y + RAMP.height;
  const right = frame.margin + RAMP.width;
  const swatch = right + 60;
  const ticks = [0, 0.5, 1].map(
    (share) =>
      markup`<text x="${frame.margin + share * RAMP.width}" y="${y + 14}" text-anchor="${share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}">${percentText(share * most)}</text>`,
  );
  return markup`${Array.from(
    { length: RAMP.steps },
    (_, at) =>
      markup`<rect x="${frame.margin + at * step}" y="${RAMP_Y}" width="${step}" height="${RAMP.height}" fill="${rampColour((at + 0.5) / RAMP.steps).fill}"/>`,
  )}
<g fill="${FAINT}" font-size="11">${ticks}<text x="${right + 8}" y="${y - 2}">strain</text>
<rect x="${swatch}" y="${RAMP_Y}" width="24" height="${RAMP.height}" fill="url(#none)" stroke="#9aa5b1" stroke-width="0.5"/>
<text x="${swatch + 30}" y="${y - 2}">no common cell up to ${fixedText(scan.limits.maxAreaAngstrom2, 0)} Å²; number: film area in Å²</text>
<text x="${swatch}" y="${y + 14}">strain: the larger principal strain of the film, without its sign</text></g>`;
}

function blockMarkup(picture: Picture, block: MatrixBlock): Markup {
  const { frame, films, substrates, scan } = picture;
  const { cellWidth, rowHeight, top, isSlanted } = frame;
  const heads = films.map((name, at) => {
    const x = block.left + (at + 0.5) * cellWidth;
    return isSlanted
      ? markup`<text transform="translate(${x + 4} ${top - 6}) rotate(-45)">${name}</text>
`
      : markup`<text x="${x}" y="${top - 6}" text-anchor="middle">${name}</text>
`;
  });
  const rows = scan.substrates.slice(block.first, block.end).map((substrate, row) => {
    const y = top + row * rowHeight;
    const name = substrates[block.first + row] ?? '';
    return markup`<text x="${block.left - 6}" y="${y + rowHeight - 6}" text-anchor="end">${name}</text>
${scan.films.map((film, column) => cellMarkup(picture, [film, substrate], [block.left + column * cellWidth, y]))}`;
  });
  return markup`<g font-weight="600">${heads}</g>
${rows}`;
}

function cellMarkup(
  { frame, matchOf, most }: Picture,
  [film, substrate]: readonly [ScannedPlane, ScannedPlane],
  [x, y]: readonly [number, number],
): Markup {
  const { cellWidth, rowHeight } = frame;
  const match = matchOf(film, substrate);
  const rect = markup`x="${x}" y="${y}" width="${cellWidth}" height="${rowHeight}" stroke="#ffffff"`;
  const pair = `${film.name} on ${substrate.name}`;
  if (match === undefined) {
    return markup`<rect ${rect} fill="url(#none)"><title>${pair}: no match</title></rect>
`;
  }
  const strain = match.maxAbsPrincipalFraction;
  const { fill, ink } = rampColour(strain / most);
  const tip = `${pair}: ${match.filmMultiple}/${match.substrateMultiple}, ${fixedText(match.filmAreaAngstrom2)} Å², strain ${fixedText(100 * strain)} %`;
  return markup`<g><rect ${rect} fill="${fill}"/><text x="${x + cellWidth / 2}" y="${y + rowHeight - 6}" text-anchor="middle" fill="${ink}" font-size="11">${fixedText(match.filmAreaAngstrom2, 1)}</text><title>${tip}</title></g>
`;
}

function percentText(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(3))} %`;
}

/** A plain number times a power of ten, not below the value; 1 % when nothing is strained. */
function roundAbove(value: number): number {
  if (!(value > 1e-9)) return 0.01;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((each) => each * power >= value * (1 - 1e-12)) ?? 10) * power;
}
