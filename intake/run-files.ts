/**
 * The runs of one folder: which output files tell of the same run, and which inputs go with it.
 *
 * Outputs (OUTCAR, vasprun.xml, vaspout.h5, OSZICAR, CONTCAR) belong to the run whose suffix they carry; taking the
 * CONTCAR of the second relaxation for the first gives a structure that its energy never had. Inputs without a suffix
 * serve every run of the folder; `.orig` is what an input was before the first run, and used only when nothing better
 * is there.
 */
import { join } from 'node:path';
import type { CompanionFile } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import {
  companionFileName,
  type FileOfRun,
  isOriginal,
  isTimeStamp,
  OUTPUT_KINDS,
  type OutputKind,
  stageOrder,
  type VaspFileKind,
  type VaspFileName,
  vaspFileName,
} from './vasp-file-name.ts';
import { childPath, type VisitedFile, type VisitedFolder } from './walk.ts';

export interface FoundFile {
  /** From the searched folder, `/` between the parts. */
  readonly path: string;
  readonly absolutePath: string;
}

export interface RunFiles {
  readonly outcar?: FoundFile;
  readonly vasprun?: FoundFile;
  readonly vaspout?: FoundFile;
  readonly oszicar?: FoundFile;
  readonly poscar?: FoundFile;
  readonly contcar?: FoundFile;
  readonly incar?: FoundFile;
  readonly kpoints?: FoundFile;
}

export interface FoundRun {
  /** Path of the main file. */
  readonly id: string;
  readonly folder: string;
  readonly files: RunFiles;
  readonly companions: readonly CompanionFile[];
  /** Run of the same calculation that came later and counts. */
  readonly supersededBy?: string;
  readonly issues: readonly Issue[];
}

/** A run with what the search of a whole tree needs of it. */
export interface FolderRun {
  readonly run: FoundRun;
  /** Whether it carries the standard names without suffix. */
  readonly standardName: boolean;
  /** Real path of the main file when that is a symbolic link. */
  readonly linkTarget?: string;
}

export interface FolderContent {
  readonly folder: VisitedFolder;
  readonly runs: readonly FolderRun[];
  /** The input or structure file of this kind without suffix, else the `.orig` one. */
  readonly plain: (kind: InputKind | 'contcar' | 'neb-dat') => FoundFile | undefined;
  /** All input and structure files, whatever their suffix. */
  readonly inputs: readonly FoundFile[];
  /** Structures with a free name or label: `POSCAR1`, `CONTCARep2`, `POSCAR_00`. */
  readonly labelledStructures: readonly FoundFile[];
  readonly issues: readonly Issue[];
}

export type InputKind = 'poscar' | 'incar' | 'kpoints';

interface Entry extends VaspFileName, VisitedFile {
  readonly file: FoundFile;
}
type Entries = ReadonlyMap<string, Entry>;

export function contentOf(folder: VisitedFolder): FolderContent {
  const { entries, companions, issues } = entriesOf(folder);
  const mains = mainEntries(entries);
  const runs = mains.map((main) => runOf(main, { entries, companions, mains, folder }));
  const inputs = [...entries.values()].filter((entry) => INPUT_KINDS.has(entry.kind));
  const isStructure = ({ kind }: Entry): boolean => kind === 'poscar' || kind === 'contcar';
  return {
    folder,
    runs,
    plain: (kind) => find(entries, kind, ['', ORIGINAL]),
    inputs: inputs.map((entry) => entry.file),
    labelledStructures: inputs.filter((entry) => isStructure(entry) && entry.series !== '').map((entry) => entry.file),
    issues,
  };
}

const INPUT_KINDS: ReadonlySet<VaspFileKind> = new Set(['poscar', 'contcar', 'incar', 'kpoints']);
const ORIGINAL = '.orig';

interface FolderEntries {
  /** By kind and suffix; of a plain file and its archive the plain one. */
  readonly entries: Entries;
  readonly companions: readonly Companion[];
  readonly issues: readonly Issue[];
}

interface Companion extends CompanionFile {
  readonly suffix: string;
}

function entriesOf(folder: VisitedFolder): FolderEntries {
  const entries = new Map<string, Entry>();
  const companions: Companion[] = [];
  const issues: Issue[] = [];
  for (const visited of folder.files) {
    const name = vaspFileName(visited.name);
    if (name === undefined) {
      const companion = companionFileName(visited.name);
      const path = childPath(folder.path, visited.name);
      if (companion !== undefined) companions.push({ path, format: companion.kind, suffix: suffixOf(companion) });
      continue;
    }
    const file = { path: childPath(folder.path, visited.name), absolutePath: join(folder.absolutePath, visited.name) };
    const entry = entryOf(visited, name, file);
    const key = keyOf(entry.kind, suffixOf(entry));
    const other = entries.get(key);
    const [used, ignored] =
      other === undefined || (other.compressed && !entry.compressed) ? [entry, other] : [other, entry];
    entries.set(key, used);
    if (ignored === undefined) continue;
    issues.push(issue('I_NOT_READ', { reason: `${used.name} beside it is read instead` }, { file: ignored.file.path }));
  }
  return { entries, companions, issues };
}

/** Spelled out: this is made for every file of a campaign, where spreading costs as much as reading the folders. */
function entryOf(visited: VisitedFile, name: VaspFileName, file: FoundFile): Entry {
  const { kind, series, stage, compressed } = name;
  if (visited.linkTarget === undefined) return { name: visited.name, kind, series, stage, compressed, file };
  return { name: visited.name, linkTarget: visited.linkTarget, kind, series, stage, compressed, file };
}

function suffixOf(name: FileOfRun<unknown>): string {
  return name.series + name.stage;
}

function keyOf(kind: VaspFileKind, suffix: string): string {
  return `${kind} ${suffix}`;
}

/** The file that stands for a run: its OUTCAR, else its vasprun.xml, else its vaspout.h5, else its OSZICAR. */
function mainEntries(entries: Entries): readonly Entry[] {
  const all = [...entries.values()];
  const mains = new Map<string, Entry>();
  for (const kind of OUTPUT_KINDS) {
    const ofKind = all.filter((entry) => entry.kind === kind);
    const better = [...mains.values()];
    for (const entry of ofKind) {
      const isKnown = mains.has(suffixOf(entry)) || isOfOnlyRun(entry, better, ofKind);
      if (!isKnown) mains.set(suffixOf(entry), entry);
    }
  }
  const found = [...mains.values()];
  return isBackupOnly(found) ? found : found.filter((entry) => !isOriginal(entry.stage));
}

/** `OUTCAR.orig` counts only where nothing else does. */
function isBackupOnly(mains: readonly Entry[]): boolean {
  return mains.every((entry) => isOriginal(entry.stage));
}

/**
 * Whether an output belongs to the only run there is although it carries another name: just the other file was renamed
 * (`OUTCAR_slab` beside `OSZICAR`), or this one was dated (`vasprun.xml_11_19_39on29_01_24` beside `OUTCAR`).
 */
function isOfOnlyRun(entry: Entry, better: readonly Entry[], ofKind: readonly Entry[]): boolean {
  const [only] = better;
  if (better.length !== 1 || only === undefined || only.stage !== '') return false;
  return suffixOf(entry) === '' || (suffixOf(only) === '' && isDatedOutput(entry, ofKind));
}

function isDatedOutput(entry: Entry, ofKind: readonly Entry[]): boolean {
  return ofKind.length === 1 && entry.kind !== 'oszicar' && entry.stage === '' && isTimeStamp(entry.series);
}

interface RunContext {
  readonly entries: Entries;
  readonly companions: readonly Companion[];
  readonly mains: readonly Entry[];
  readonly folder: VisitedFolder;
}

function runOf(main: Entry, context: RunContext): FolderRun {
  const successor = successorOf(main, context.mains);
  const issues: Issue[] = [];
  if (successor !== undefined) issues.push(issue('I_EARLIER_RUN', { successor: successor.file.path }));
  const run: FoundRun = {
    id: main.file.path,
    folder: context.folder.path,
    files: filesOf(main, context),
    companions: companionsOf(main, context),
    ...(successor === undefined ? {} : { supersededBy: successor.file.path }),
    issues,
  };
  const standardName = suffixOf(main) === '';
  return main.linkTarget === undefined ? { run, standardName } : { run, standardName, linkTarget: main.linkTarget };
}

function successorOf(main: Entry, mains: readonly Entry[]): Entry | undefined {
  let last = main;
  for (const other of mains) {
    if (other.series === main.series && stageOrder(other.stage) > stageOrder(last.stage)) last = other;
  }
  return last === main ? undefined : last;
}

/** An output without suffix is this run's when there is no other run it could be of. */
function outputSuffixes(main: Entry, { mains }: RunContext): readonly string[] {
  const own = suffixOf(main);
  return mains.length === 1 && own !== '' ? [own, ''] : [own];
}

function filesOf(main: Entry, context: RunContext): RunFiles {
  const { entries } = context;
  const own = suffixOf(main);
  const ownOutputs = outputSuffixes(main, context);
  const inputSuffixes = [own, main.series, '', main.series + ORIGINAL, ORIGINAL];
  const files: { -readonly [Kind in keyof RunFiles]: RunFiles[Kind] } = {};
  for (const kind of OUTPUT_KINDS) {
    const file = find(entries, kind, ownOutputs) ?? datedOutput(kind, context);
    if (file !== undefined) files[kind] = file;
  }
  for (const kind of ['poscar', 'contcar', 'incar', 'kpoints'] as const) {
    const file = find(entries, kind, kind === 'contcar' ? ownOutputs : inputSuffixes);
    if (file !== undefined) files[kind] = file;
  }
  return files;
}

function datedOutput(kind: OutputKind, { entries, mains }: RunContext): FoundFile | undefined {
  const [only] = mains;
  if (mains.length !== 1 || only === undefined || suffixOf(only) !== '') return undefined;
  const ofKind = [...entries.values()].filter((entry) => entry.kind === kind);
  return ofKind.find((entry) => isDatedOutput(entry, ofKind))?.file;
}

function companionsOf(main: Entry, context: RunContext): readonly CompanionFile[] {
  const suffixes = outputSuffixes(main, context);
  return context.companions
    .filter(({ suffix }) => suffixes.includes(suffix))
    .map(({ path, format }) => ({ path, format }));
}

function find(entries: Entries, kind: VaspFileKind, suffixes: readonly string[]): FoundFile | undefined {
  for (const suffix of suffixes) {
    const entry = entries.get(keyOf(kind, suffix));
    if (entry !== undefined) return entry.file;
  }
  return undefined;
}
