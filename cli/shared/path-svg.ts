/**
 * An energy path as a drawing: images, the curve through them, and what the barrier is measured between.
 *
 * The mistakes avoided here: a curve without its images, so that nobody sees how few points carry it; a barrier read off
 * the plot as maximum minus minimum (it is measured from the first image); and a path without a barrier that is not
 * shown at all. The drawing stands alone: its colours are plain attributes, which a page may override by class.
 */
import { migrationBarrier } from '../../descriptors/migration-barrier.ts';
import type { PathReport } from '../../model/system.ts';
import { type Markup, markup } from './markup.ts';
import { DECIMALS, fixedText, sigmaText } from './number-text.ts';
import { type PathFrame, type PlottedImage, pathFrame } from './path-frame.ts';
import { CURVE, FAINT, FONT, INK, plotAxes, symbolSpans } from './plot-axes.ts';

const BARRIER = '#8a3b12';
/** An arrow shorter than this would be all heads. */
const SHORTEST_ARROW = 12;

/** One `<svg>` element, to be written to a file as it is or put into a page. */
export function pathSvg(path: PathReport): string {
  const frame = pathFrame(path);
  const { width, height } = frame;
  const drawing = markup`<svg xmlns="http://www.w3.org/2000/svg" class="path-svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="13">
<title>Energy path ${path.id}</title>
<desc>${description(path, frame)}</desc>
<rect class="path-paper" width="${width}" height="${height}" fill="#ffffff"/>
${axes(frame)}
${curveLine(path, frame)}
${barrierMarks(path, frame)}
${frame.images.map(imageMark)}
${climbingLegend(frame)}
${missingImages(frame)}
</svg>`;
  return `${drawing.markup}\n`;
}

function description(path: PathReport, frame: PathFrame): string {
  const energies = frame.images.map(({ image, energyEv }) => `${image.index}: ${fixedText(energyEv)} eV`);
  const listed = energies.length === 0 ? 'No image has an energy.' : `Energies of the images, ${energies.join(', ')}.`;
  if (!path.barrier.available) {
    return `${listed} No barrier: ${path.barrier.reasons.map((reason) => reason.message).join('; ')}.`;
  }
  const { value, uncertainty, unit } = path.barrier;
  return `${listed} Forward barrier ${fixedText(value)} ± ${sigmaText(uncertainty)} ${unit}.`;
}

function axes(frame: PathFrame): Markup {
  return plotAxes(frame, {
    x: {
      title: frame.inAngstrom ? 'distance along path (Å)' : 'image (distances unknown)',
      ...(!frame.inAngstrom && { smallestStep: 1 }),
    },
    y: { title: frame.zeroImage === undefined ? 'energy (eV)' : `E − E(image ${frame.zeroImage}) (eV)` },
  });
}

function curveLine(path: PathReport, frame: PathFrame): Markup | undefined {
  const points = frame.inAngstrom ? (path.curve ?? []) : [];
  if (points.length < 2) return undefined;
  const line = points.map(([distance, energy]) => `${frame.x.at(distance)} ${frame.y.at(energy)}`).join('L');
  return markup`<path class="path-curve" d="M${line}" fill="none" stroke="${CURVE}" stroke-width="2" stroke-linejoin="round"/>`;
}

/** The level of the saddle, with the climb from either end; without a barrier the codes that say why. */
function barrierMarks(path: PathReport, frame: PathFrame): Markup | undefined {
  const { left, right, top } = frame.plot;
  const { barrier } = path;
  if (!barrier.available) {
    const errors = barrier.reasons.filter(({ severity }) => severity === 'error');
    const [code = '', next, ...others] = [...new Set(errors.map((reason) => reason.code))];
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    return markup`<text class="path-barrier" fill="${BARRIER}"><tspan x="${left}" y="${top - 18}">no barrier: ${code}</tspan>${
      next === undefined ? undefined : markup`<tspan x="${left}" y="${top - 2}">${next}${more}</tspan>`
    }</text>`;
  }
  if (frame.zeroImage === undefined) return undefined;
  const level = frame.y.at(barrier.value);
  const first = frame.images[0];
  const last = frame.images.at(-1);
  const reverseEv = numberPart(barrier.parts, 'reverseBarrierEv');
  return markup`<g class="path-barrier" fill="${BARRIER}" stroke="none"><line x1="${left}" x2="${right}" y1="${level}" y2="${level}" stroke="${BARRIER}" stroke-dasharray="4 4"/>
${first === undefined ? undefined : arrow(first.x, first.y, level)}${last === undefined || reverseEv === undefined ? undefined : arrow(last.x, last.y, level)}
<text x="${left}" y="${level - 10}">${symbolSpans(migrationBarrier.symbol)} = ${fixedText(barrier.value)} ± ${sigmaText(barrier.uncertainty)} ${barrier.unit}</text>
${reverseEv === undefined ? undefined : markup`<text x="${right}" y="${level - 10}" text-anchor="end">reverse ${fixedText(reverseEv)} ${barrier.unit}</text>`}
${saddleMark(barrier.parts, frame, level)}</g>`;
}

function arrow(x: number, from: number, to: number): Markup | undefined {
  if (from - to < SHORTEST_ARROW) return undefined;
  return markup`<line x1="${x}" x2="${x}" y1="${from - 7}" y2="${to}" stroke="${BARRIER}" stroke-width="1.5"/><path d="M${x - 4} ${to + 7}L${x} ${to}L${x + 4} ${to + 7}Z"/>`;
}

/** A saddle between two images has no marker of its own: a cross says that it is interpolated. */
function saddleMark(parts: Readonly<Record<string, unknown>>, frame: PathFrame, level: number): Markup | undefined {
  const distance = numberPart(parts, 'saddleDistanceAngstrom');
  if (distance === undefined || parts.method !== 'interpolated' || !frame.inAngstrom) return undefined;
  const x = frame.x.at(distance);
  return markup`<path class="path-saddle" d="M${x - 5} ${level - 5}L${x + 5} ${level + 5}M${x - 5} ${level + 5}L${x + 5} ${level - 5}" fill="none" stroke="${BARRIER}" stroke-width="2"><title>interpolated saddle at ${fixedText(distance)} Å</title></path>`;
}

function numberPart(parts: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const part = parts[name];
  return typeof part === 'number' && Number.isFinite(part) ? part : undefined;
}

function imageMark({ image, energyEv, x, y }: PlottedImage): Markup {
  const place = image.distanceAngstrom === undefined ? '' : `${fixedText(image.distanceAngstrom)} Å, `;
  const name = `${image.climbing ? 'climbing image' : 'image'} ${image.index}: ${place}${fixedText(energyEv, DECIMALS)} eV`;
  if (!image.climbing) {
    return markup`<circle class="path-image" cx="${x}" cy="${y}" r="4.5" fill="#ffffff" stroke="${CURVE}" stroke-width="2"><title>${name}</title></circle>
`;
  }
  return markup`<path class="path-image path-climbing" d="${diamond(x, y)}" fill="${CURVE}" stroke="${CURVE}"><title>${name}</title></path>
`;
}

function diamond(x: number, y: number): string {
  return `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`;
}

/** Below the axis, where no curve can run through it. */
function climbingLegend(frame: PathFrame): Markup | undefined {
  if (!frame.images.some(({ image }) => image.climbing)) return undefined;
  const { right, bottom } = frame.plot;
  return markup`<path class="path-image path-climbing" d="${diamond(right - 97, bottom + 36)}" fill="${CURVE}" stroke="${CURVE}"/><text class="path-label" x="${right}" y="${bottom + 40}" text-anchor="end" fill="${INK}" font-size="11">climbing image</text>`;
}

function missingImages(frame: PathFrame): Markup | undefined {
  if (frame.missing.length === 0) return undefined;
  const names = frame.missing.map((image) => image.index).join(', ');
  const { right, bottom } = frame.plot;
  return markup`<text class="path-missing" x="${right}" y="${bottom - 8}" text-anchor="end" fill="${FAINT}">not shown, no energy: image ${names}</text>`;
}
