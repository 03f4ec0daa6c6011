/**
 * From kept readings to the rows of an assembled screening, by the code of the command line. Runs in a thread.
 */
import { calculationLine } from '../../exports/calculation-line.ts';
import type { Calculation } from '../../model/calculation.ts';
import type { CompletedRequest } from '../../model/service.ts';
import { structureDocument } from '../../model/structure-document.ts';
import type { RoleAssignment } from '../../model/system.ts';
import { type Assembly, assembleScreening } from '../../pipeline/assemble-screening.ts';
import { countsOf } from '../../pipeline/screen.ts';
import { wantedCompanions } from '../../pipeline/wanted-companions.ts';
import { withCompanions } from '../../pipeline/with-companions.ts';
import { companionFiles, filesToRead, readCompanions, treeOf } from '../../reading/found-tree.ts';
import { manifestSource } from '../../reading/load-manifest.ts';
import type { FileReading } from '../../reading/read-record.ts';
import { unfollowedManifest } from '../../reading/refusals.ts';
import type { AssemblyRows, CalculationRow, FolderTask, StoredFile } from '../../store/store.ts';
import { pack, unpack } from './compact.ts';
import { companionTasks, type KeptTree } from './discovery.ts';
import type { PlannedFile } from './folder-plan.ts';
import { decodeReadings, lostReadings } from './reading-codec.ts';

/** A folder with what is known of it: its packed readings, or why it has none. */
export type KnownFolder = { readonly files: readonly PlannedFile[] } & (
  | { readonly reading: Uint8Array }
  | { readonly lost: string }
);

export interface AssemblyTask {
  readonly request: CompletedRequest;
  readonly foundTree: Uint8Array;
  readonly folders: readonly KnownFolder[];
  /** Files beside the runs that were asked for; absent before it is known which ones a descriptor can use. */
  readonly beside?: readonly KnownFolder[];
  readonly nowNs: bigint;
}

/** The rows, or the files beside the runs that must be read first. */
export type AssemblyAnswer = { readonly rows: AssemblyRows } | { readonly wanted: readonly FolderTask[] };

/** Throws `AdatomError('request')` when the manifest states something that cannot be followed. */
export function assemble({ request, foundTree, folders, beside, nowNs }: AssemblyTask): AssemblyAnswer {
  const { found, manifest, searched } = unpack<KeptTree>(foundTree);
  const readings = readingsOf([...folders, ...(beside ?? [])]);
  const stated = request.manifest;
  const alone = assembleScreening(treeOf(found, readings), {
    ion: request.ion,
    ...(stated !== undefined && { manifest: stated }),
    ...(stated !== undefined &&
      manifest !== undefined && { manifestSource: manifestSource({ manifest: stated, ...manifest }, found) }),
  });
  const companions = companionFiles(found);
  const wanted = wantedCompanions(alone).flatMap((path) => companions.get(path) ?? []);
  if (beside === undefined) {
    const tasks = companionTasks(wanted, searched, nowNs);
    if (tasks.length > 0) return { wanted: tasks };
  }
  const assembly = withCompanions(alone, readCompanions(wanted, readings));
  const unfollowed = unfollowedManifest(assembly.issues);
  if (unfollowed !== undefined) throw unfollowed;
  const { calculations, ...rest } = assembly;
  const locations = new Map(
    [...folders, ...(beside ?? [])].flatMap(({ files }) => files.map((file) => [file.path, file.location])),
  );
  const roles = new Map(assembly.roles.map((role) => [role.calculation, role]));
  const rows: AssemblyRows = {
    ...rest,
    calculations: calculations.map((calculation) => calculationRow(calculation, roles)),
    structures: calculations.flatMap((calculation) => structureDocument(calculation) ?? []),
    files: [...filesToRead(found), ...wanted.filter(({ absolutePath }) => readings.has(absolutePath))].map(
      ({ path, absolutePath }): StoredFile => {
        const sha256 = readings.get(absolutePath)?.identity?.sha256;
        return { path, location: locations.get(absolutePath) ?? absolutePath, ...(sha256 !== undefined && { sha256 }) };
      },
    ),
    counts: countsOf(calculations),
    state: pack(assembly satisfies Assembly),
  };
  return { rows };
}

function readingsOf(folders: readonly KnownFolder[]): Map<string, FileReading> {
  const readings = new Map<string, FileReading>();
  for (const folder of folders) {
    const known =
      'lost' in folder ? lostReadings(folder.files, folder.lost) : decodeReadings(folder.reading, folder.files);
    for (const reading of known) readings.set(reading.path, reading);
  }
  return readings;
}

function calculationRow(calculation: Calculation, roles: ReadonlyMap<string, RoleAssignment>): CalculationRow {
  const role = roles.get(calculation.id)?.role;
  return {
    id: calculation.id,
    folder: calculation.id.includes('/') ? calculation.id.slice(0, calculation.id.lastIndexOf('/')) : '.',
    ...(role !== undefined && { role }),
    parsed: calculation.final !== undefined,
    line: calculationLine(calculation, roles),
  };
}
