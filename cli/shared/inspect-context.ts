/**
 * What every part of an inspection's text needs: calculations by id, their short names, and issues as branches.
 */
import type { InspectedCalculation, InspectedPath, Inspection } from '../../model/inspection.ts';
import { distinctIssues, type Issue } from '../../model/issues.ts';
import { type Paint, visible } from './terminal.ts';
import { type Branch, branch, firstOf } from './tree-text.ts';

export interface InspectContext {
  readonly paint: Paint;
  readonly calculations: ReadonlyMap<string, InspectedCalculation>;
  readonly paths: ReadonlyMap<string, InspectedPath>;
  /** Its folder, where that holds no other calculation; else its file. */
  readonly nameOf: (id: string) => string;
}

const MOST_ISSUES = 8;
const MOST_VERDICTS = 12;

export function inspectContext({ calculations, paths }: Inspection, paint: Paint): InspectContext {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const inFolder = new Map<string, number>();
  for (const { folder } of calculations) inFolder.set(folder, (inFolder.get(folder) ?? 0) + 1);
  return {
    paint,
    calculations: byId,
    paths: new Map(paths.map((path) => [path.id, path])),
    nameOf: (id) => {
      const folder = byId.get(id)?.folder;
      return visible(folder === undefined || folder === '.' || inFolder.get(folder) !== 1 ? id : folder);
    },
  };
}

/** Errors first; what only explains is left to the JSON. `own`: what they hang on, whose name need not be told again. */
export function issueBranches(issues: readonly Issue[], { paint, nameOf }: InspectContext, own = ''): Branch[] {
  const told = distinctIssues(issues).filter(({ severity }) => severity !== 'info');
  const sorted = [...told].sort(
    (left, right) => Number(left.severity !== 'error') - Number(right.severity !== 'error'),
  );
  return firstOf(sorted, MOST_ISSUES, ({ code, severity, message, where: { file } }) => {
    const place = file === undefined || file === own || own === '' ? '' : `${nameOf(file)}: `;
    return branch(`${paint(severity === 'error' ? 'red' : 'yellow', code)} ${place}${visible(message)}`);
  });
}

/** What a calculation's files and role say against it, and how it stands to the protocol. */
export function remarksOn(id: string, context: InspectContext, toldOf = ''): Branch[] {
  const calculation = context.calculations.get(id);
  if (calculation === undefined) return [];
  // An image is judged by its NEB force, which the path tells.
  const issues =
    calculation.role === 'neb-image'
      ? calculation.issues.filter(({ code }) => !/_IONIC_UNCONVERGED$/.test(code))
      : calculation.issues;
  // A slab with an adsorbate has the faults of its clean slab, which are told there.
  const told = new Set(context.calculations.get(toldOf)?.issues.map(sayingOf));
  const failing = (calculation.protocol ?? []).filter(({ verdict }) => verdict !== 'pass');
  return [
    ...(calculation.stated === 'manifest' ? [branch(`role ${calculation.role} stated in the manifest`)] : []),
    ...issueBranches(
      issues.filter((entry) => !told.has(sayingOf(entry))),
      context,
    ),
    ...firstOf(failing, MOST_VERDICTS, ({ item, verdict, expected, found }) => {
      const mark = verdict === 'fail' ? context.paint('red', 'fail') : context.paint('yellow', 'unknown');
      return branch(`protocol: ${item} ${mark}, expected ${visible(expected)}, found ${visible(found)}`);
    }),
  ];
}

function sayingOf({ code, message }: Issue): string {
  return `${code} ${message}`;
}
