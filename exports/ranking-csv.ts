/**
 * The ranking as a table: one row per candidate, ranked ones first, with every descriptor, its uncertainty and the
 * reasons of what is missing. `adatom rank` reads this file back.
 */
import type { ScreeningResult } from '../model/screening.ts';
import { RANKING_HEADERS } from '../ranking/index.ts';

export function rankingCsv(result: ScreeningResult): string {
  const header = [
    'id',
    'label',
    ...RANKING_HEADERS,
    ...result.definitions.flatMap(({ identifier, unit }) => [
      `${identifier} (${unit})`,
      `${identifier}_uncertainty (${unit})`,
      `${identifier}_quality`,
    ]),
  ];
  const order = [...result.ranked.map((entry) => entry.id), ...result.unranked.map((entry) => entry.id)];
  const rows = order.map((id) => rowOf(id, result));
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function rowOf(id: string, result: ScreeningResult): string[] {
  const candidate = result.candidates.find((entry) => entry.id === id);
  const ranked = result.ranked.find((entry) => entry.id === id);
  const reasons = result.unranked.find((entry) => entry.id === id)?.reasons ?? [];
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return [
    id,
    candidate?.label ?? '',
    candidate?.ion ?? '',
    text(ranked?.rank),
    text(ranked?.score),
    text(ranked?.front),
    text(ranked?.firstRankProbability),
    text(ranked?.tieGroup),
    candidate?.wetting ?? '',
    reasons.map((reason) => `${reason.code}: ${reason.message}`).join('; '),
    ...result.definitions.flatMap(({ identifier }) => {
      const value = candidate?.descriptors[identifier];
      return value?.available === true ? [text(value.value), text(value.uncertainty), value.quality] : ['', '', ''];
    }),
  ];
}

/** RFC 4180. A leading `=`, `+`, `-` or `@` in text would run as a formula in a spreadsheet. */
function quoted(cell: string): string {
  const numeric = cell !== '' && Number.isFinite(Number(cell));
  const safe = !numeric && /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
