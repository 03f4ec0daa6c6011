/**
 * A value with its uncertainty, unit and quality; or a dash with the reason, never a 0 for what is not known.
 */
import type { AvailableDescriptor, DescriptorResult, Quality } from '../../../model/descriptor.ts';
import type { Issue } from '../../../model/issues.ts';
import { type Markup, markup } from '../markup.ts';
import { exactText, sigmaText, UNKNOWN, valueText } from '../number-text.ts';

const QUALITY_SIGNS: Readonly<Record<Quality, string>> = { ok: '✓', degraded: '▲', unreliable: '✕' };

/** `−3.400 ± 0.100 eV`, all digits in the tooltip; `± ?` where the 1σ is not known. */
export function quantity({ value, uncertainty, unit }: AvailableDescriptor): Markup {
  const spread =
    uncertainty === undefined
      ? markup`<span class="sigma" title="1σ is not known">± ?</span>`
      : markup`<span class="sigma">± ${sigmaText(uncertainty)}</span>`;
  return markup`<data class="quantity" value="${String(value)}" title="${exactText(value)} ${unit}">${valueText(value, uncertainty)} ${spread} <span class="unit">${unit}</span></data>`;
}

export function qualityMark(quality: Quality): Markup {
  return markup`<span class="quality ${quality}"><span aria-hidden="true">${QUALITY_SIGNS[quality]}</span> ${quality}</span>`;
}

/**
 * For a table: the value with its mark, or a dash with the first reason and how many more there are. Reasons that stand
 * in the same row already (`told`) are not printed a second time.
 */
export function quantityCell(result: DescriptorResult | undefined, told: readonly Issue[] = []): Markup {
  if (result === undefined) return markup`${UNKNOWN} <span class="reason">not computed</span>`;
  if (result.available) return markup`${quantity(result)}${qualityMark(result.quality)}`;
  const errors = result.reasons.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors.length > 0 ? errors : result.reasons;
  const all = result.reasons.map(({ code, message }) => `${code}: ${message}`).join('; ');
  const isTold =
    first !== undefined && told.some(({ code, message }) => code === first.code && message === first.message);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const text = markup`${first?.message ?? 'no reason given'}${more}`;
  return isTold
    ? markup`<span title="${all}">${UNKNOWN}<span class="unseen"> ${text}</span></span>`
    : markup`${UNKNOWN} <span class="reason" title="${all}">${text}</span>`;
}
