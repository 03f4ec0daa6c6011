/** Results of the first two stages of a generation, each complete in one transaction; saved again they are replaced. */
import { sql } from 'kysely';
import type pg from 'pg';
import type { DescriptorResult } from '../../model/descriptor.ts';
import type { Issue } from '../../model/issues.ts';
import type { Candidate, System } from '../../model/system.ts';
import type { Cell } from '../copy-rows.ts';
import type { Queries } from '../database.ts';
import { asBuffer } from '../folder-tasks.ts';
import type { AssemblyRows, StoredResult } from '../store.ts';
import { type GenerationRows, type Pass, replaceRows } from './generation-rows.ts';

interface Session {
  readonly queries: Queries;
  readonly connection: pg.PoolClient;
}

/** Of issues: the order in which a result tells them. */
export const STAGES = { assembly: 1, description: 2, ranking: 3 } as const;

export async function saveAssembly(session: Session, pass: Pass, assembly: AssemblyRows): Promise<void> {
  // Locks the generation: the same stage saved at the same time comes after this one.
  await markGeneration(session.queries, pass, {
    counts: JSON.stringify(assembly.counts),
    assembly_state: asBuffer(assembly.state),
    assembled: true,
  });
  for (const rows of assemblyTables(assembly)) await replaceRows(session, pass, rows);
  await saveIssues(session, pass, { stage: STAGES.assembly, issues: assembly.issues });
  // Before the first ranking there is nothing else to show; afterwards the results of the current ranking stay.
  await session.queries
    .updateTable('screenings')
    .set({ shown_generation: pass.generation })
    .where('id', '=', pass.screening)
    .where('ranking', 'is', null)
    .where(sql<boolean>`coalesce(shown_generation, 0) < ${pass.generation}`)
    .execute();
}

export async function saveDescription(
  session: Session,
  pass: Pass,
  {
    description,
    versions,
  }: { readonly description: StoredResult['description']; readonly versions: ReadonlyMap<string, number> },
): Promise<void> {
  const { protocolVerdicts } = description;
  await markGeneration(session.queries, pass, {
    described: true,
    protocol_verdicts: protocolVerdicts === undefined ? null : JSON.stringify(protocolVerdicts),
  });
  await replaceRows(session, pass, {
    table: 'candidates',
    columns: ['id', 'label', 'document'],
    rows: description.candidates.map((candidate) => [candidate.id, candidate.label, JSON.stringify(candidate)]),
  });
  await replaceRows(session, pass, {
    table: 'descriptor_values',
    columns: [
      'candidate',
      'descriptor',
      'version',
      'available',
      'value',
      'unit',
      'uncertainty',
      'quality',
      'inputs',
      'reasons',
    ],
    rows: valueRows(description.candidates, versions),
  });
  await saveIssues(session, pass, { stage: STAGES.description, issues: description.issues });
}

async function markGeneration(
  queries: Queries,
  { screening, generation }: Pass,
  values: {
    readonly counts?: string;
    readonly assembly_state?: Buffer;
    readonly assembled?: boolean;
    readonly described?: boolean;
    readonly protocol_verdicts?: string | null;
  },
): Promise<void> {
  const { numUpdatedRows } = await queries
    .updateTable('generations')
    .set(values)
    .where('screening', '=', screening)
    .where('generation', '=', generation)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error(`screening ${screening} has no discovery of generation ${generation}`);
}

function assemblyTables(assembly: AssemblyRows): GenerationRows[] {
  return [
    {
      table: 'calculations',
      columns: ['id', 'folder', 'role', 'parsed', 'line'],
      rows: assembly.calculations.map(({ id, folder, role, parsed, line }) => [
        id,
        folder,
        role,
        parsed,
        JSON.stringify(line),
      ]),
    },
    {
      table: 'structures',
      columns: ['calculation', 'document'],
      rows: documents(assembly.structures, (structure) => [structure.calculation]),
    },
    {
      table: 'files',
      columns: ['path', 'location', 'sha256'],
      rows: assembly.files.map(({ path, location, sha256 }) => [path, location, sha256]),
    },
    {
      table: 'roles',
      columns: ['calculation', 'role', 'document'],
      rows: documents(assembly.roles, ({ calculation, role }) => [calculation, role]),
    },
    {
      table: 'systems',
      columns: ['id', 'label', 'formula', 'document'],
      rows: documents(assembly.systems, ({ id, label, formula }) => [id, label, formula]),
    },
    {
      table: 'links',
      columns: ['system', 'kind', 'from_calculation', 'to_calculation', 'stated', 'document'],
      rows: assembly.systems.flatMap(linkRows),
    },
    { table: 'relations', columns: ['document'], rows: documents(assembly.relations, () => []) },
    { table: 'paths', columns: ['id', 'document'], rows: documents(assembly.paths, ({ id }) => [id]) },
    {
      table: 'unused',
      columns: ['calculation', 'document'],
      rows: documents(assembly.unused, ({ calculation }) => [calculation]),
    },
  ];
}

/** Written one by one while they are sent: ten thousand structures as text at once would be large. */
function* documents<T>(entries: readonly T[], cells: (entry: T) => readonly Cell[]): Generator<readonly Cell[]> {
  for (const entry of entries) yield [...cells(entry), JSON.stringify(entry)];
}

function linkRows({ id, links }: System): Cell[][] {
  return links.map((link) => [id, link.kind, link.from, link.to, link.stated, JSON.stringify(link)]);
}

function* valueRows(
  candidates: readonly Candidate[],
  versions: ReadonlyMap<string, number>,
): Generator<readonly Cell[]> {
  for (const { id, descriptors } of candidates) {
    for (const [descriptor, result] of Object.entries(descriptors)) {
      yield [id, descriptor, versions.get(descriptor), ...valueCells(result)];
    }
  }
}

function valueCells(result: DescriptorResult): Cell[] {
  if (!result.available) return [false, null, null, null, null, null, JSON.stringify(result.reasons)];
  const { value, unit, uncertainty, quality, inputs } = result;
  return [true, value, unit, uncertainty, quality, JSON.stringify(inputs), null];
}

async function saveIssues(
  session: Session,
  pass: Pass,
  { stage, issues }: { readonly stage: number; readonly issues: readonly Issue[] },
): Promise<void> {
  await session.queries
    .deleteFrom('issues')
    .where('screening', '=', pass.screening)
    .where('generation', '=', pass.generation)
    .where('stage', '=', stage)
    .execute();
  await replaceRows(session, pass, {
    table: 'issues',
    columns: ['stage', 'code', 'severity', 'document'],
    rows: issues.map((issue) => [stage, issue.code, issue.severity, JSON.stringify(issue)]),
  });
}
