/**
 * An inspection for the terminal: the systems as trees, then what is related outside them, what stands behind no system,
 * and last, where it is read first, what is missing.
 */
import type { Inspection } from '../../model/inspection.ts';
import { type InspectContext, inspectContext } from './inspect-context.ts';
import { missingLines } from './inspect-missing.ts';
import { pathBranch, relationTrees } from './inspect-relations.ts';
import { systemBranch } from './inspect-system.ts';
import { unusedTrees } from './inspect-unused.ts';
import { issueLine } from './issue-line.ts';
import { type Paint, visible } from './terminal.ts';
import { type Branch, treeLines } from './tree-text.ts';

const MOST_ISSUES = 20;

export function inspectionText(inspection: Inspection, paint: Paint): string[] {
  const context = inspectContext(inspection, paint);
  const owned = new Set(inspection.systems.flatMap((system) => system.paths));
  // A slab with another adsorbate stands in the tree of its clean slab.
  const told = new Set(inspection.systems.flatMap((system) => system.otherAdsorbed));
  const unused = inspection.unused.filter(({ calculation }) => !told.has(calculation));
  const loose = inspection.paths.filter(({ id }) => !owned.has(id));
  return [
    ...headLines({ ...inspection, unused }, paint),
    ...section(
      '',
      inspection.systems.map((system) => systemBranch(system, context)),
      context,
    ),
    ...section(
      'Paths of no system',
      loose.map((path) => pathBranch(path, context)),
      context,
    ),
    ...section('Outside the systems', relationTrees(inspection.relations, context), context),
    ...section(`In no system: ${counted(unused.length, 'calculation')}`, unusedTrees(unused, context), context),
    ...missingLines(inspection.missing, context),
    ...noteLines(inspection, paint),
  ];
}

function headLines({ ion, protocol, calculations, systems, paths, unused }: Inspection, paint: Paint): string[] {
  const held = protocol === undefined ? '' : `, protocol ${visible(protocol)}`;
  const counts = [
    counted(calculations.length, 'calculation'),
    counted(systems.length, 'system'),
    counted(paths.length, 'path'),
    `${unused.length} in no system`,
  ];
  return [paint('bold', `${ion}${held}`), counts.join(', '), ''];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function section(title: string, trees: readonly Branch[], { paint }: InspectContext): string[] {
  if (trees.length === 0) return [];
  const lines = trees.flatMap((tree) => (title === '' ? [...treeLines(tree), ''] : treeLines(tree)));
  return title === '' ? lines : [paint('bold', title), ...lines, ''];
}

function noteLines({ issues }: Inspection, paint: Paint): string[] {
  if (issues.length === 0) return [];
  const lines = issues.slice(0, MOST_ISSUES).map((entry) => `  ${issueLine(entry, paint)}`);
  const more = issues.length - MOST_ISSUES;
  return [paint('bold', 'Notes'), ...lines, ...(more > 0 ? [`  … and ${more} more`] : []), ''];
}
