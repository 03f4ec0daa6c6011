/** What is missing, for a terminal: what makes most values for one calculation first. */
import type { MissingPiece, MissingValue } from '../../model/inspection.ts';
import type { InspectContext } from './inspect-context.ts';
import { visible } from './terminal.ts';

const MOST_LISTED = 25;
const MOST_NAMED = 4;

const COMPUTABLE = 'computable';
/** One, many, and what happens to them. */
const NAMES: Readonly<Record<MissingValue, readonly [one: string, many: string, becomes: string]>> = {
  'adsorption-energy': ['adsorption energy', 'adsorption energies', COMPUTABLE],
  'nucleation-driving-force': ['nucleation driving force', 'nucleation driving forces', COMPUTABLE],
  'migration-barrier': ['migration barrier', 'migration barriers', COMPUTABLE],
  'surface-energy': ['surface energy', 'surface energies', COMPUTABLE],
  'adsorbate-reference': ['adsorbed slab', 'adsorbed slabs', 'complete with a reference'],
  relation: ['relation', 'relations', 'fit to be subtracted'],
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
  const becomes = [...new Set(pieces.map(({ makes }) => NAMES[makes][2]))];
  const made = becomes
    .map((become) => {
      const alike = pieces.filter(({ makes }) => NAMES[makes][2] === become);
      return `${alike.map(amountText).join(' and ')} ${become}`;
    })
    .join(', ');
  const ids = [...new Set(pieces.flatMap(({ calculations }) => calculations))];
  const named = ids.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const rest = ids.length > MOST_NAMED ? `, … and ${ids.length - MOST_NAMED} more` : '';
  return [`  ${visible(what)}`, `    ${paint('dim', 'would make')} ${made}: ${named}${rest}`];
}

function amountText({ makes, count, alone }: MissingPiece): string {
  const [one, many] = NAMES[makes];
  const amount = `${count} ${count === 1 ? one : many}`;
  if (alone === count) return amount;
  return alone === 0 ? `${amount} (more is missing there)` : `${amount} (${alone} of them with nothing else missing)`;
}
