/**
 * Candidates in the plane of two objectives as a drawing: the first front with its stairs, the others lighter, those that
 * are not ranked hollow.
 *
 * The mistakes avoided here: a plane that does not say which side is better, points without their 1σ, and candidates that
 * a constraint refused left out as if they had no values.
 */
import { type Markup, markup } from './markup.ts';
import { sigmaText, valueText } from './number-text.ts';
import { CURVE, FAINT, FONT, INK, plotAxes, symbolSpans } from './plot-axes.ts';
import {
  type Box,
  type Scatter,
  type ScatterAxis,
  type ScatterFrame,
  type ScatterPoint,
  scatterFrame,
} from './scatter-frame.ts';
import { placedLabels } from './scatter-labels.ts';

const TARGET = '#22633a';
/** Of ranked candidates: beyond it only the first front has bars. */
export const MOST_WITH_BARS = 40;
const MOST_LABELS = 12;
const HATCH_STEP = 9;

/** One `<svg>` element, to be put into a page or written to a file. */
export function scatterSvg(scatter: Scatter): string {
  const frame = scatterFrame(scatter);
  const { width, height } = frame;
  const drawing = markup`<svg xmlns="http://www.w3.org/2000/svg" class="path-svg scatter-svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="13">
<title>${scatter.x.symbol} and ${scatter.y.symbol} of the candidates</title>
<desc>${description(scatter)}</desc>
<rect class="path-paper" width="${width}" height="${height}" fill="#ffffff"/>
${windows(scatter, frame)}
${plotAxes(frame, { x: { title: axisTitle(scatter.x) }, y: { title: axisTitle(scatter.y) } })}
${frame.refused.map(hatched)}
${stairs(frame)}
${marks(scatter, frame)}
${labels(scatter, frame)}
${legend(scatter, frame)}
</svg>`;
  return `${drawing.markup}\n`;
}

function description({ x, y, points }: Scatter): string {
  const front = points.filter((point) => point.front === 1);
  const listed = front.slice(0, MOST_LABELS).map((point) => `${point.label} ${valuesText(point, x, y)}`);
  const more = front.length > listed.length ? `; and ${front.length - listed.length} more` : '';
  const told = listed.length === 0 ? 'No candidate is on a front' : `Front 1: ${listed.join('; ')}${more}`;
  return `${betterText(x)}; ${betterText(y)}. ${told}. ${points.length} candidates are drawn.`;
}

function valuesText(point: ScatterPoint, x: ScatterAxis, y: ScatterAxis): string {
  const [sigmaX, sigmaY] = point.sigmas;
  return `${x.symbol} ${valueText(point.x, sigmaX)} ± ${sigmaText(sigmaX)} ${x.unit}, ${y.symbol} ${valueText(point.y, sigmaY)} ± ${sigmaText(sigmaY)} ${y.unit}`;
}

function betterText({ symbol, unit, desirability }: ScatterAxis): string {
  if (desirability.kind === 'target') return `${symbol} is best at ${plainNumber(desirability.target)} ${unit}`;
  return `${desirability.kind === 'min' ? 'smaller' : 'larger'} ${symbol} is better`;
}

/** With an arrow to the better side; turned with the title of an upright axis, it points there too. */
function axisTitle({ symbol, unit, desirability }: ScatterAxis): Markup {
  const name = markup`${symbolSpans(symbol)} (${unit})`;
  if (desirability.kind === 'min') return markup`← better ${name}`;
  if (desirability.kind === 'max') return markup`${name} better →`;
  return markup`${name}, best at ${plainNumber(desirability.target)}`;
}

function plainNumber(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** Of targets: where a value is worth anything, and the best one. */
function windows({ x, y }: Scatter, frame: ScatterFrame): Markup[] {
  const { plot } = frame;
  const span = (axis: ScatterFrame['x'], value: number): number =>
    axis.at(Math.min(axis.maximum, Math.max(axis.minimum, value)));
  return [x, y].flatMap(({ desirability }, at) => {
    if (desirability.kind !== 'target') return [];
    const axis = at === 0 ? frame.x : frame.y;
    const [first, second] = [span(axis, desirability.lower), span(axis, desirability.upper)];
    const box = at === 0 ? { ...plot, left: first, right: second } : { ...plot, top: second, bottom: first };
    const best = axis.at(desirability.target);
    const line =
      at === 0
        ? markup`x1="${best}" x2="${best}" y1="${plot.top}" y2="${plot.bottom}"`
        : markup`x1="${plot.left}" x2="${plot.right}" y1="${best}" y2="${best}"`;
    return [
      markup`<rect class="scatter-window" ${rectangle(box)} fill="${TARGET}" fill-opacity="0.08"/><line class="scatter-target" ${line} stroke="${TARGET}" stroke-dasharray="2 3"/>
`,
    ];
  });
}

function rectangle({ left, right, top, bottom }: Box): Markup {
  return markup`x="${left}" y="${top}" width="${rounded(right - left)}" height="${rounded(bottom - top)}"`;
}

/** Drawn line by line: a pattern would need an identifier, and a page may hold many drawings. */
function hatched(box: Box): Markup {
  const { left, right, top, bottom } = box;
  const lines: string[] = [];
  for (let sum = left + top + HATCH_STEP; sum < right + bottom; sum += HATCH_STEP) {
    const [x1, x2] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    lines.push(`M${rounded(x1)} ${rounded(sum - x1)}L${rounded(x2)} ${rounded(sum - x2)}`);
  }
  return markup`<g class="scatter-refused"><rect ${rectangle(box)} fill="none" stroke="${FAINT}" stroke-opacity="0.6"/><path d="${lines.join('')}" stroke="${FAINT}" stroke-opacity="0.35" fill="none"/></g>
`;
}

function stairs({ stairs: lines }: ScatterFrame): Markup | undefined {
  if (lines.length === 0) return undefined;
  const path = lines.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('');
  return markup`<path class="scatter-stairs" d="${path}" fill="none" stroke="${CURVE}" stroke-width="1.5"/>`;
}

/** The first front is drawn last, over the others. */
function marks({ x, y, points }: Scatter, frame: ScatterFrame): Markup[] {
  const hasAllBars = points.filter(({ front }) => front !== undefined).length <= MOST_WITH_BARS;
  return [...points].reverse().map((point) => {
    const place = point.rank === undefined ? 'not ranked' : `rank ${point.rank}`;
    const front = point.front === undefined ? '' : `, front ${point.front}`;
    const title = `${point.label}: ${valuesText(point, x, y)}; ${place}${front}`;
    const hasBars = point.front === 1 || (hasAllBars && point.front !== undefined);
    return markup`<g>${hasBars ? bars(point, frame) : undefined}${mark(point, frame)}<title>${title}</title></g>
`;
  });
}

function bars({ x, y, sigmas }: ScatterPoint, frame: ScatterFrame): Markup {
  const line = ([fromX, toX]: readonly [number, number], [fromY, toY]: readonly [number, number]): string =>
    `M${frame.x.at(fromX)} ${frame.y.at(fromY)}L${frame.x.at(toX)} ${frame.y.at(toY)}`;
  const across = sigmas[0] > 0 ? line([x - sigmas[0], x + sigmas[0]], [y, y]) : '';
  const upright = sigmas[1] > 0 ? line([x, x], [y - sigmas[1], y + sigmas[1]]) : '';
  return markup`<path class="scatter-sigma" d="${across}${upright}" stroke="${FAINT}" stroke-opacity="0.7" fill="none"/>`;
}

function mark({ x, y, rank, front }: ScatterPoint, frame: ScatterFrame): Markup {
  const at = markup`cx="${frame.x.at(x)}" cy="${frame.y.at(y)}"`;
  if (rank === undefined) {
    return markup`<circle class="scatter-unranked" ${at} r="4" fill="none" stroke="${FAINT}" stroke-width="1.5"/>`;
  }
  if (front === 1) return markup`<circle class="scatter-front" ${at} r="5" fill="${CURVE}"/>`;
  return markup`<circle class="scatter-later" ${at} r="3.5" fill="${CURVE}" fill-opacity="${opacityOf(front)}"/>`;
}

function opacityOf(front: number | undefined): number {
  return front === 2 ? 0.55 : front === 3 ? 0.4 : 0.28;
}

function labels({ points }: Scatter, frame: ScatterFrame): Markup {
  const front = points.filter((point) => point.front === 1);
  const places = placedLabels(
    front.map(({ label, x, y }) => ({ label, x: frame.x.at(x), y: frame.y.at(y) })),
    frame.plot,
    MOST_LABELS,
  );
  return markup`<g class="path-label scatter-names" fill="${INK}" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round" font-size="11">${places.map(
    ({ text, x, y, anchor }) => markup`<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>
`,
  )}</g>`;
}

function legend({ points }: Scatter, { plot, refused }: ScatterFrame): Markup {
  const entries: readonly (readonly [Markup, string, number])[] = [
    [markup`<circle class="scatter-front" cx="5" cy="-4" r="5" fill="${CURVE}"/>`, 'front 1', 66],
    ...(points.some(({ rank, front }) => rank !== undefined && front !== 1)
      ? [
          [
            markup`<circle class="scatter-later" cx="5" cy="-4" r="3.5" fill="${CURVE}" fill-opacity="0.4"/>`,
            'later',
            54,
          ] as const,
        ]
      : []),
    ...(points.some(({ rank }) => rank === undefined)
      ? [
          [
            markup`<circle class="scatter-unranked" cx="5" cy="-4" r="4" fill="none" stroke="${FAINT}" stroke-width="1.5"/>`,
            'not ranked',
            86,
          ] as const,
        ]
      : []),
    ...(refused.length > 0
      ? [[hatched({ left: 0, right: 12, top: -11, bottom: 1 }), 'refused by a constraint', 150] as const]
      : []),
  ];
  let left = plot.left;
  return markup`<g class="path-axes" fill="${FAINT}" font-size="11">${entries.map(([sign, text, width]) => {
    const at = left;
    left += width;
    return markup`<g transform="translate(${at} 24)">${sign}<text x="15" y="0">${text}</text></g>
`;
  })}</g>`;
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
