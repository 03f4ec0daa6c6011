/**
 * A campaign written to disk and read in the program's own way: intake, parsers, pipeline. Of the result, every issue
 * with the place it is told at, so that a trap can be
 * asked for exactly the issues that it must bring.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type FoundFile, findRuns } from '../../intake/find-runs.ts';
import type { DescriptorResult } from '../../model/descriptor.ts';
import type { Issue } from '../../model/issues.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { assembleScreening } from '../../pipeline/assemble-screening.ts';
import { type Screening, screenAssembly } from '../../pipeline/screen.ts';
import { wantedCompanions } from '../../pipeline/wanted-companions.ts';
import { withCompanions } from '../../pipeline/with-companions.ts';
import { shippedProfile } from '../../reading/find-profile.ts';
import {
  companionFiles,
  filesToRead,
  readCompanions,
  SCREENING_READ_OPTIONS,
  treeOf,
} from '../../reading/found-tree.ts';
import { type FileReading, readRecord } from '../../reading/read-record.ts';
import type { Files } from './campaign.ts';

/** Files that a trap leaves as they are need not be parsed again: by name and text. */
const READ = new Map<string, FileReading>();

export async function screened(files: Files, ion = 'Li'): Promise<ScreeningResult> {
  return (await screening(files, ion)).result;
}

export interface DiskScreening extends Screening {
  /** Files beside the runs that were read, by path. */
  readonly beside: readonly string[];
}

/** As `adatom screen` does it: the runs, then of what lies beside them what a descriptor can use. */
export async function screening(files: Files, ion = 'Li'): Promise<DiskScreening> {
  const folder = mkdtempSync(join(tmpdir(), 'adatom-trap-'));
  const readings = new Map<string, FileReading>();
  const readAll = async (found: readonly FoundFile[]): Promise<void> => {
    for (const { path, absolutePath } of found) {
      readings.set(absolutePath, await reading(absolutePath, files.get(path) ?? ''));
    }
  };
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const found = findRuns([folder]);
    await readAll(filesToRead(found));
    const assembly = assembleScreening(treeOf(found, readings), { ion });
    const beside = wantedCompanions(assembly);
    const known = companionFiles(found);
    const wanted = beside.flatMap((path) => known.get(path) ?? []);
    await readAll(wanted);
    const joined = withCompanions(assembly, readCompanions(wanted, readings));
    const options = { adatomVersion: 'test', ion, profile: shippedProfile('li-moderate'), seed: 1 };
    return { ...screenAssembly(joined, options), beside };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reading(path: string, text: string): Promise<FileReading> {
  const key = `${basename(path)}\n${text}`;
  const known = READ.get(key) ?? (await readRecord(path, SCREENING_READ_OPTIONS));
  READ.set(key, known);
  return { ...known, path };
}

/** `CODE @ place` of everything that is told: a calculation, `from → to`, a path, a system. */
export interface Told {
  readonly evidence: ReadonlySet<string>;
  /** `CODE @ descriptor` of the values of all candidates, which answer the evidence. */
  readonly values: ReadonlySet<string>;
}

/** All but the ranking, which repeats it. */
export function toldBy(result: ScreeningResult): Told {
  const evidence = new Set<string>();
  const values = new Set<string>();
  const tell = (place: string, issues: readonly Issue[], among = evidence): void => {
    for (const { code } of issues) among.add(`${code} @ ${short(place)}`);
  };
  for (const role of result.roles) tell(role.calculation, role.issues);
  for (const system of result.systems) {
    tell(`system ${system.id}`, system.issues);
    for (const site of system.sites ?? []) tell(site.calculation, site.issues);
    for (const link of system.links) tell(`${link.from} → ${link.to}`, link.issues);
  }
  for (const link of result.relations) tell(`${link.from} → ${link.to}`, link.issues);
  for (const path of result.paths) tell(path.id, [...path.issues, ...reasonsOf(path.barrier)]);
  for (const unused of result.unused) tell(unused.calculation, unused.reasons);
  tell('screening', result.issues);
  for (const candidate of result.candidates) {
    for (const [name, value] of Object.entries(candidate.descriptors)) tell(name, reasonsOf(value), values);
  }
  return { evidence, values };
}

function reasonsOf(value: DescriptorResult): readonly Issue[] {
  return value.available ? value.issues : value.reasons;
}

function short(place: string): string {
  return place.replaceAll('/OUTCAR', '').replaceAll('zno-002/', '');
}
