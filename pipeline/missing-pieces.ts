/**
 * What would have to be run so that more values can be computed, what frees most of them first.
 *
 * Every value that is not there waits for one or several things; the same thing is asked for once, with all values that
 * wait for it. A value is told to be free by one thing alone only where nothing else is missing: a clean slab does not
 * make an adsorption energy while the atom is missing too.
 */
import { compareText } from '../assembly/link-candidates.ts';
import type { MissingPiece } from '../model/inspection.ts';
import { adsorptionWaiting } from './adsorption-waiting.ts';
import type { Assembly } from './assemble-screening.ts';
import { linksWaiting, pathsWaiting, surfacesWaiting } from './values-waiting.ts';
import { type Waiting, waitingContext } from './waiting.ts';

export function missingPieces(assembly: Assembly, ion: string): MissingPiece[] {
  const context = waitingContext(assembly, ion);
  const waiting = [
    ...adsorptionWaiting(context),
    ...pathsWaiting(context),
    ...surfacesWaiting(context),
    ...linksWaiting(context),
  ];
  return gathered(waiting).sort(
    (left, right) =>
      right.count / right.runs - left.count / left.runs ||
      right.count - left.count ||
      right.alone - left.alone ||
      compareText(left.what, right.what) ||
      compareText(left.makes, right.makes),
  );
}

interface Group {
  readonly makes: Waiting['makes'];
  readonly tell: (members: readonly string[]) => string;
  readonly isPerValue: boolean;
  readonly members: string[];
  alone: number;
}

function gathered(waiting: readonly Waiting[]): MissingPiece[] {
  const groups = new Map<string, Group>();
  for (const { makes, of, needs } of waiting) {
    for (const need of needs) {
      const key = `${makes} ${need.key}`;
      const group = groups.get(key) ?? {
        makes,
        tell: need.tell,
        isPerValue: need.isPerValue === true,
        members: [],
        alone: 0,
      };
      group.members.push(of);
      if (needs.length === 1) group.alone += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ makes, tell, isPerValue, members, alone }) => ({
    what: tell(members),
    makes,
    count: members.length,
    alone,
    runs: isPerValue ? members.length : 1,
    calculations: members,
  }));
}
