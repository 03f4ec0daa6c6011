/** What is missing, for a terminal: what makes most values for one calculation first. */
import type { MissingPiece, MissingValue } from '../../model/inspection.ts';
import type { InspectContext } from './inspect-context.ts';
import { visible } from './terminal.ts';

const MOST_LISTED = 25;
const MOST_NAMED = 4;

const NAMES: Readonly<Record<MissingValue, readonly [one: string, many: string]>> = {
  'adsorption-energy': ['adsorption energy', 'adsorption energies'],
  'nucleation-driving-force': ['nucleation driving force', 'nucleation driving forces'],
  'migration-barrier': ['migration barrier', 'migration barriers'],
  'surface-energy': ['surface energy', 'surface energies'],
  'adsorbate-reference': ['adsorbate with its reference', 'adsorbates with their reference'],
  relation: ['relation that may be subtracted', 'relations that may be subtracted'],
};

export function missingLines(missing: readonly MissingPiece[], context: InspectContext): string[] {
  if (missing.length === 0) return ['Nothing is missing that would make another value computable.', ''];
  const byWhat = new Map<string, MissingPiece[]>();
  for (const piece of missing) byWhat.set(piece.what, [...(byWhat.get(piece.what) ?? []), piece]);
  const more = byWhat.size - MOST_LISTED;
  return [
    context.paint('bold', 'Missing'),
    ...[...byWhat.values()].slice(0, MOST_LISTED).flatMap((pieces) => pieceLines(pieces, context)),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    '',
  ];
}

function pieceLines(pieces: readonly MissingPiece[], { paint, nameOf }: InspectContext): string[] {
  const what = pieces[0]?.what ?? '';
  const made = pieces.map(({ makes, count, alone }) => {
    const [one, many] = NAMES[makes];
    const amount = `${count} ${count === 1 ? one : many}`;
    if (alone === count) return amount;
    return alone === 0 ? `${amount} (other things missing too)` : `${amount} (${alone} with nothing else missing)`;
  });
  const ids = [...new Set(pieces.flatMap(({ calculations }) => calculations))];
  const named = ids.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const rest = ids.length > MOST_NAMED ? `, … and ${ids.length - MOST_NAMED} more` : '';
  return [`  ${visible(what)}`, `    ${paint('dim', 'would make')} ${made.join(', ')} computable: ${named}${rest}`];
}
