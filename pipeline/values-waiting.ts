/**
 * Barriers, surface energies and relations that cannot be computed, and what each waits for (SCIENCE §3.1, §4.2).
 */
import { formulaMultiple, reducedFormula } from '../assembly/shared/composition-difference.ts';
import { distinctIssues, type Issue, type IssueCode } from '../model/issues.ts';
import type { Link, PathReport, System } from '../model/system.ts';
import { settingsText } from './settings-text.ts';
import {
  distinctNeeds,
  faultsOf,
  mending,
  type Need,
  need,
  needsOfLink,
  type Waiting,
  type WaitingContext,
} from './waiting.ts';

/** Paths without a barrier, and systems without a path. */
export function pathsWaiting({ assembly }: WaitingContext): Waiting[] {
  const { paths, systems } = assembly;
  return [...paths.flatMap(ofPath), ...systems.flatMap(withoutPath)];
}

function ofPath({ id, barrier }: PathReport): Waiting[] {
  if (barrier.available) return [];
  const faults = distinctIssues(barrier.reasons).filter(({ severity }) => severity === 'error');
  const isAsked = faults.some(({ code }) => code === 'E_IMAGE_ENERGY' || code === 'E_ENDPOINT_ENERGY');
  const errors = faults.filter(({ code }) => !isAsked || !WHY_NO_ENERGY.has(code));
  return [{ makes: 'migration-barrier', of: id, needs: distinctNeeds(errors.map((fault) => pathNeed(id, fault))) }];
}

/** Why an image has no energy, or why no relaxation could give it one: results are asked for, whatever ails what is there. */
const WHY_NO_ENERGY: ReadonlySet<IssueCode> = new Set([
  'E_UNREADABLE',
  'E_UNPARSEABLE',
  'E_TRUNCATED',
  'E_SCF_UNCONVERGED',
  'E_IONIC_UNCONVERGED',
  'E_ML_ENERGY',
  'E_ENDPOINT_GEOMETRY',
  'E_ENDPOINT_ATOMS',
]);

/** A fault of a file is that of the file; of the band, that of the band. */
function pathNeed(id: string, fault: Issue): Need {
  const { code, details, where } = fault;
  if (code === 'E_ENDPOINT_ENERGY') {
    return need(`a relaxation of the end ${String(details.image)} of ${id} (within 0.05 Å of it, run like the images)`);
  }
  if (code === 'E_IMAGE_ENERGY') return need(`results of image(s) ${String(details.images)} of ${id}`);
  if (code === 'E_IMAGE_STRUCTURE') return need(`structures of image(s) ${String(details.images)} of ${id}`);
  return mending(where.file ?? id, fault);
}

function withoutPath({ adsorbed, paths, ion, id }: System): Waiting[] {
  if (adsorbed.length === 0 || paths.length > 0) return [];
  const tell = (systems: readonly string[]): string =>
    systems.length === 1
      ? `a migration path (NEB) of ${ion} on ${systems[0]}`
      : `migration paths (NEB) of ${ion} on ${systems.length} systems that have none`;
  return [{ makes: 'migration-barrier', of: id, needs: [{ key: `paths of ${ion}`, tell, isPerValue: true }] }];
}

/** Of a slab with two different faces only the sum of both is defined: no run would make it one value. */
export function surfacesWaiting(context: WaitingContext): Waiting[] {
  return context.assembly.systems.flatMap((system): Waiting[] => {
    const slab = system.slab === undefined ? undefined : context.calculations.get(system.slab);
    if (slab?.structure === undefined || context.roles.get(slab.id)?.slab?.symmetric !== true) return [];
    const { species } = slab.structure;
    const link = system.links.find(({ kind }) => kind === 'slab-bulk');
    const bulk = link === undefined ? undefined : context.calculations.get(link.to)?.structure;
    if (bulk !== undefined && formulaMultiple(species, bulk.species) === undefined) return [];
    const needs = [
      ...faultsOf(slab.id, context),
      ...(link === undefined
        ? [bulkOf(reducedFormula(species), settingsText(slab, { mesh: false }))]
        : needsOfLink(link, context)),
    ];
    return [{ makes: 'surface-energy', of: slab.id, needs: distinctNeeds(needs) }];
  });
}

function bulkOf(material: string, settings: string): Need {
  return need(`bulk ${material} in its own cell${settings === '' ? '' : ` (${settings})`}`);
}

/** Relations whose settings forbid to subtract them. */
export function linksWaiting(context: WaitingContext): Waiting[] {
  const refused = context.assembly.relations.filter(({ accepted }) => !accepted);
  return refused.map((relation: Link) => ({
    makes: 'relation',
    of: `${relation.from} → ${relation.to}`,
    needs: needsOfLink(relation, context),
  }));
}
