/**
 * Paths and the relations outside the systems as trees.
 */
import type { InspectedPath } from '../../model/inspection.ts';
import type { LinkKind, PathReportImage, Relation } from '../../model/system.ts';
import { type InspectContext, issueBranches } from './inspect-context.ts';
import { evidenceText, linkRemarks } from './inspect-link.ts';
import { visible } from './terminal.ts';
import { type Branch, branch, firstOf } from './tree-text.ts';

const MOST_RELATIONS = 40;
const MOST_ATOMS = 4;

/** Images with their state, where the energies of the ends come from, and who moves. */
export function pathBranch(path: InspectedPath, context: InspectContext, title = ''): Branch {
  const { images, migrating, links = [], issues, id } = path;
  const last = images.at(-1);
  const ends = [images[0], last === images[0] ? undefined : last].flatMap((image): Branch[] => {
    if (image === undefined) return [];
    const link = links.find(({ from }) => Number(from.split('/').at(-1)) === image.index);
    if (link === undefined) return [branch(`image ${twoDigits(image)}: ${context.paint('red', 'no energy')}`)];
    return [branch(`image ${twoDigits(image)} from ${context.nameOf(link.to)}: ${evidenceText(link)}`)];
  });
  const isBand = images.some(({ source }) => source !== id);
  return branch(
    `${title}${visible(id)}: ${imagesText(images)}`,
    migrating === undefined || migrating.atoms.length === 0 ? [] : [branch(migrationText(migrating))],
    isBand ? ends : [],
    isBand ? [] : [branch('a table of distances and energies')],
    issueBranches(issues, context, id),
  );
}

function imagesText(images: readonly PathReportImage[]): string {
  const inner = images.slice(1, -1);
  const states = new Map<string, number>();
  for (const { state, ionicSteps } of inner) {
    if (state === undefined) continue;
    const text = state === 'unfinished' && ionicSteps !== undefined ? 'unfinished' : state.replace('-', ' ');
    states.set(text, (states.get(text) ?? 0) + 1);
  }
  const told = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
  const climbing = images.find((image) => image.climbing);
  const climb = climbing === undefined ? '' : `, ${twoDigits(climbing)} climbs`;
  return `${inner.length} image(s) between the ends${told === '' ? '' : `: ${told}`}${climb}`;
}

function migrationText({
  atoms,
  othersLargestDisplacementAngstrom: others,
}: NonNullable<InspectedPath['migrating']>): string {
  const named = atoms
    .slice(0, MOST_ATOMS)
    .map(({ element, atom, pathLengthAngstrom }) => `${element} (atom ${atom}) ${pathLengthAngstrom.toFixed(2)} Å`);
  const more = atoms.length > MOST_ATOMS ? `, … and ${atoms.length - MOST_ATOMS} more` : '';
  const rest = others === undefined ? '' : `; the others by at most ${others.toFixed(2)} Å`;
  return `moves: ${named.join(', ')}${more}${rest}`;
}

function twoDigits({ index }: PathReportImage): string {
  return String(index).padStart(2, '0');
}

const TITLES: Readonly<Partial<Record<LinkKind, string>>> = {
  'defect-host': 'Defect cells and their host',
  'formation-reference': 'Compounds and what they form from',
  'interface-film': 'Interfaces and their film',
  'interface-substrate': 'Interfaces and their substrate',
  'single-point-of': 'Properties and the calculation they belong to',
  'thickness-series': 'Thickness series',
};

/** One tree for each kind of relation. */
export function relationTrees(relations: readonly Relation[], context: InspectContext): Branch[] {
  const kinds = new Map<LinkKind, Relation[]>();
  for (const relation of relations) {
    const known = kinds.get(relation.kind);
    if (known === undefined) kinds.set(relation.kind, [relation]);
    else known.push(relation);
  }
  return [...kinds].map(([kind, all]) =>
    branch(
      `${TITLES[kind] ?? kind} (${all.length})`,
      firstOf(all, MOST_RELATIONS, (relation) => {
        const refused = relation.accepted ? '' : `  ${context.paint('red', 'may not be subtracted')}`;
        const text = `${context.nameOf(relation.from)} → ${context.nameOf(relation.to)}: ${evidenceText(relation)}${refused}`;
        return branch(text, linkRemarks(relation, context));
      }),
    ),
  );
}
