/**
 * A migration path from disk: the images of an NEB folder with relaxations that fit its endpoints, or the table neb.dat.
 */
import { dirname, posix, relative, resolve, sep } from 'node:path';
import type { FoundBand } from '../../intake/find-runs.ts';
import type { FoundRun } from '../../intake/run-files.ts';
import type { DescriptorResult } from '../../model/descriptor.ts';
import { AdatomError } from '../../model/errors.ts';
import { distinctIssues, type Issue } from '../../model/issues.ts';
import type { PathReport } from '../../model/system.ts';
import { type DescribedBand, describeBand } from '../../pipeline/describe-band.ts';
import { describePathTable, type EnergyKind } from '../../pipeline/describe-path.ts';
import { isOutputFormat, mainFile, type ReadTree } from '../../pipeline/read-tree.ts';
import { readFound } from '../../reading/read-campaign.ts';
import { readRecord } from '../../reading/read-record.ts';
import { findBand, type NamedBand } from './find-band.ts';
import { runsBeside, runsOfAtoms } from './find-relaxations.ts';
import { pathKind } from './named-folder.ts';
import { startProgress } from './progress.ts';
import { statedRun } from './stated-run.ts';

export interface PathRequest {
  /** NEB folder, a folder above one, or neb.dat. */
  readonly path: string;
  readonly start?: string;
  readonly end?: string;
  readonly energyKind: EnergyKind;
  readonly quiet: boolean;
}

/** Files in the report are named as the user can open them. */
export async function readPath(request: PathRequest): Promise<PathReport> {
  const kind = pathKind(request.path);
  if (kind === undefined) throw new AdatomError('request', `no such file or folder: ${request.path}`);
  if (kind === 'file') return readTable(request, request.path);
  const named = findBand(request.path);
  if (named.band.images.length > 0) return readImages(request, named);
  const table = named.band.table?.path ?? 'neb.dat';
  return readTable(request, posix.join(request.path, table));
}

async function readTable(request: PathRequest, file: string): Promise<PathReport> {
  const { record } = await readRecord(file, { steps: 'last', placeLines: false, neighbourFlags: false });
  const issues = record.issues.map((entry) => ({ ...entry, where: { file, ...entry.where } }));
  if (record.format !== undefined && record.format !== 'neb-dat') {
    throw new AdatomError(
      'request',
      `${file}: expected an NEB folder or neb.dat, found a file of format ${record.format}`,
    );
  }
  const rows = record.pathTable ?? [];
  if (rows.length < 2) {
    const [first] = issues;
    const reason = first === undefined ? `expected two images or more, found ${rows.length}` : first.message;
    throw new AdatomError('unanswerable', `${file}: ${reason}`);
  }
  const option = (['start', 'end'] as const).find((name) => request[name] !== undefined);
  if (option !== undefined) {
    throw new AdatomError(
      'request',
      `--${option} belongs to a folder of images; ${file} is a table with its own energies`,
    );
  }
  if (request.energyKind === 'free') {
    throw new AdatomError(
      'request',
      `--energy free needs the OUTCARs of the images; ${file} holds one kind of energy only`,
    );
  }
  const report = describePathTable(file, rows, issues);
  return { ...report, barrier: locatedResult(report.barrier, (where) => where ?? file) };
}

async function readImages(request: PathRequest, named: NamedBand): Promise<PathReport> {
  const stated = statedEndpoints(request);
  const options = { energyKind: request.energyKind, ...stated.ids };
  const issues = [...named.issues];
  let runs = distinctRuns([...named.imageRuns, ...stated.runs]);
  const tree = await readRuns(named.band, runs, request);
  checkStated(tree, stated);
  let path = described(tree, options);
  // Further away only when an end is still without energy: each step reads more.
  for (const candidates of [() => named.otherRuns, () => runsBeside(request.path)]) {
    const species = path.band.images.find((image) => image.structure !== undefined)?.structure?.species;
    if (!lacksEnd(path, request) || species === undefined) break;
    const fitting = await runsOfAtoms(candidates(), species);
    issues.push(...fitting.issues);
    if (fitting.runs.length === 0) continue;
    runs = distinctRuns([...runs, ...fitting.runs]);
    path = described(await readRuns(named.band, runs, request), options);
  }
  return namedReport(path, issues, request.path);
}

interface StatedEndpoints {
  readonly runs: readonly FoundRun[];
  readonly ids: { readonly start?: string; readonly end?: string };
  /** Paths as they were written, by id. */
  readonly paths: ReadonlyMap<string, string>;
}

function statedEndpoints({ path, start, end }: PathRequest): StatedEndpoints {
  const runOf = (stated: string | undefined): FoundRun | undefined => {
    if (stated === undefined) return undefined;
    const folder = pathKind(stated) === 'file' ? dirname(stated) : stated;
    return statedRun(stated, relative(resolve(path), resolve(folder)).split(sep).join('/') || '.');
  };
  const first = runOf(start);
  const last = runOf(end);
  return {
    runs: [first, last].flatMap((run) => run ?? []),
    ids: { ...(first !== undefined && { start: first.id }), ...(last !== undefined && { end: last.id }) },
    paths: new Map([
      [first?.id ?? '', start ?? ''],
      [last?.id ?? '', end ?? ''],
    ]),
  };
}

/** A file can be named that is no output at all. */
function checkStated(tree: ReadTree, stated: StatedEndpoints): void {
  for (const run of tree.runs) {
    const path = stated.paths.get(run.id);
    const format = mainFile(run)?.record.format;
    if (path === undefined || format === undefined || isOutputFormat(format)) continue;
    const expected = 'an output of a run (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR)';
    throw new AdatomError('request', `${path}: expected ${expected}, found a file of format ${format}`);
  }
}

/** Of equal ids the last counts: what was named stands for what was found. */
function distinctRuns(runs: readonly FoundRun[]): FoundRun[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

async function readRuns(band: FoundBand, runs: readonly FoundRun[], { quiet }: PathRequest): Promise<ReadTree> {
  const found = { runs, bands: [band], inputOnly: [], issues: [] };
  return (await readFound(found, { progress: (total) => startProgress('reading', total, quiet) })).tree;
}

function described(tree: ReadTree, options: Parameters<typeof describeBand>[1]): DescribedBand {
  const band = describeBand(tree, options);
  if (band === undefined) throw new Error('a band with images came back without');
  return band;
}

/** Whether an end has no energy that was not named. */
function lacksEnd({ report }: DescribedBand, { start, end }: PathRequest): boolean {
  const lacksStart = start === undefined && report.images[0]?.energyEv === undefined;
  return lacksStart || (end === undefined && report.images.at(-1)?.energyEv === undefined);
}

/** The report with all paths as the user can open them, and with everything that was noticed on the way. */
function namedReport({ band, report, imageIssues }: DescribedBand, noticed: readonly Issue[], folder: string) {
  const shown = (path = '.'): string => (path === '.' ? folder : posix.join(folder, path));
  return {
    ...report,
    id: shown(report.id),
    images: report.images.map((image, at) => ({
      ...image,
      source: image.energyEv === undefined ? `no energy in ${shown(band.images[at]?.folder)}` : shown(image.source),
    })),
    barrier: locatedResult(report.barrier, shown),
    issues: locatedIssues(distinctIssues([...report.issues, ...noticed, ...imageIssues]), shown),
  };
}

type Shown = (file: string | undefined) => string;

function locatedResult(result: DescriptorResult, shown: Shown): DescriptorResult {
  return result.available
    ? { ...result, issues: locatedIssues(result.issues, shown) }
    : { ...result, reasons: locatedIssues(result.reasons, shown) };
}

function locatedIssues(issues: readonly Issue[], shown: Shown): Issue[] {
  return issues.map((entry) => ({ ...entry, where: { ...entry.where, file: shown(entry.where.file) } }));
}
