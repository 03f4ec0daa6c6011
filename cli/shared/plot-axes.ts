/**
 * What drawings of a plane have in common: colours, both axes with their ticks, symbols with low indices. Colours are plain
 * attributes, so that a drawing stands alone; a page overrides them by class.
 */
import { type Markup, markup } from './markup.ts';
import { fixedText } from './number-text.ts';
import type { Axis } from './plot-axis.ts';
import { tickDecimals, tickValues } from './plot-ticks.ts';

export const INK = '#1f2933';
export const FAINT = '#52606d';
const RULE = '#d2d8de';
export const CURVE = '#0b5cad';
export const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, sans-serif';

export interface PlotFrame {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly x: Axis;
  readonly y: Axis;
}

interface AxisText {
  readonly title: Markup | string;
  readonly smallestStep?: number;
}

export function plotAxes(frame: PlotFrame, texts: { readonly x: AxisText; readonly y: AxisText }): Markup {
  const { left, right, top, bottom } = frame.plot;
  const xTicks = tickValues(frame.x.minimum, frame.x.maximum, texts.x.smallestStep);
  const yTicks = tickValues(frame.y.minimum, frame.y.maximum, texts.y.smallestStep);
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  return markup`<g class="path-axes" fill="${FAINT}" stroke="none">
${yTicks.map((value) => {
  const y = frame.y.at(value);
  return markup`<line class="path-rule" x1="${left}" x2="${right}" y1="${y}" y2="${y}" stroke="${RULE}"/><text x="${left - 8}" y="${y}" dy="0.33em" text-anchor="end">${tickText(value, yTicks)}</text>
`;
})}${xTicks.map((value) => {
  const x = frame.x.at(value);
  return markup`<line class="path-tick" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 5}" stroke="${FAINT}"/><text x="${x}" y="${bottom + 20}" text-anchor="middle">${tickText(value, xTicks)}</text>
`;
})}<line class="path-tick" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="${FAINT}"/>
<text class="path-label" x="${middleX}" y="${bottom + 40}" text-anchor="middle" fill="${INK}">${texts.x.title}</text>
<text class="path-label" x="15" y="${middleY}" text-anchor="middle" fill="${INK}" transform="rotate(-90 15 ${middleY})">${texts.y.title}</text>
</g>`;
}

/** With exponents where decimals would be too many to read: of a rate or a diffusion coefficient. */
function tickText(value: number, ticks: readonly number[]): string {
  const largest = Math.max(...ticks.map(Math.abs));
  if (value !== 0 && (largest < SMALLEST_PLAIN || largest >= LARGEST_PLAIN)) {
    return value.toExponential(1).replaceAll('-', '−');
  }
  return fixedText(value, tickDecimals(ticks));
}

const [SMALLEST_PLAIN, LARGEST_PLAIN] = [1e-3, 1e6];

/** `E_f` with its index set low. */
export function symbolSpans(symbol: string): Markup {
  const [letter = '', index] = symbol.split('_', 2);
  if (index === undefined) return markup`${letter}`;
  return markup`${letter}<tspan dy="4" font-size="10">${index}</tspan><tspan dy="-4"> </tspan>`;
}
