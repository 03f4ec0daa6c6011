/**
 * The first stage of a screening as an answer of its own: the graph of calculations with its evidence, and what is
 * missing in it. No descriptor is computed, and nothing is judged by a profile.
 */
import { checkProtocol, isHeldAgainstProtocol } from '../assembly/check-protocol.ts';
import type { Calculation } from '../model/calculation.ts';
import type { InspectedCalculation, InspectedLink, InspectedPath, Inspection } from '../model/inspection.ts';
import { distinctIssues, located } from '../model/issues.ts';
import type { Protocol } from '../model/protocol.ts';
import { formula } from '../model/structure.ts';
import type { Link, PathReport, RoleAssignment } from '../model/system.ts';
import type { Assembly } from './assemble-screening.ts';
import { missingPieces } from './missing-pieces.ts';

export interface InspectOptions {
  readonly adatomVersion: string;
  readonly ion: string;
  readonly protocol?: Protocol;
}

export function inspectScreening(assembly: Assembly, { adatomVersion, ion, protocol }: InspectOptions): Inspection {
  const { calculations, systems, relations, paths, unused, issues } = assembly;
  const roles = new Map(assembly.roles.map((role) => [role.calculation, role]));
  const links = linksByLeft(assembly);
  return {
    adatomVersion,
    ion,
    ...(protocol !== undefined && { protocol: protocol.name }),
    calculations: calculations.map((calculation) =>
      inspected(calculation, { role: roles.get(calculation.id), links: links.get(calculation.id) ?? [], protocol }),
    ),
    systems,
    relations,
    paths: paths.map(inspectedPath),
    unused,
    missing: missingPieces(assembly, ion),
    issues,
  };
}

/** The links of a path start at a folder: they are those of the calculation in it, where there is one. */
function linksByLeft({ calculations, systems, relations, paths }: Assembly): ReadonlyMap<string, readonly Link[]> {
  const inFolder = new Map(calculations.map(({ folder, id }) => [folder, id]));
  const byLeft = new Map<string, Link[]>();
  const add = (from: string, link: Link): void => {
    const known = byLeft.get(from);
    if (known === undefined) byLeft.set(from, [link]);
    else known.push(link);
  };
  for (const link of systems.flatMap((system) => system.links)) add(link.from, link);
  for (const link of relations) add(link.from, link);
  for (const link of paths.flatMap((path) => path.links ?? [])) {
    const image = inFolder.get(link.from);
    if (image !== undefined && image !== link.to) add(image, link);
  }
  return byLeft;
}

interface Known {
  readonly role: RoleAssignment | undefined;
  readonly links: readonly Link[];
  readonly protocol: Protocol | undefined;
}

function inspected(calculation: Calculation, { role, links, protocol }: Known): InspectedCalculation {
  const { id, folder, structure, final } = calculation;
  const isHeld = protocol !== undefined && final !== undefined && isHeldAgainstProtocol(role);
  return {
    id,
    folder,
    role: role?.role ?? 'undetermined',
    stated: role?.stated ?? 'structure',
    evidence: role?.evidence ?? [],
    ...(role?.slab !== undefined && { slab: role.slab }),
    ...(structure !== undefined && { formula: formula(structure.species) }),
    links: links.map(inspectedLink),
    ...(isHeld && { protocol: checkProtocol(calculation, role, protocol) }),
    issues: distinctIssues(located([...calculation.issues, ...(role?.issues ?? [])], { file: id })),
  };
}

function inspectedLink({ kind, to, stated, evidence, others, checks }: Link): InspectedLink {
  const remarkable = checks?.filter(({ verdict }) => verdict !== 'pass');
  return { kind, to, stated, evidence, others, ...(remarkable !== undefined && { checks: remarkable }) };
}

function inspectedPath({ id, images, migrating, links, issues, barrier }: PathReport): InspectedPath {
  const reasons = barrier.available ? [] : barrier.reasons;
  return {
    id,
    images,
    ...(migrating !== undefined && { migrating }),
    ...(links !== undefined && { links }),
    issues: distinctIssues([...reasons, ...issues]),
  };
}
