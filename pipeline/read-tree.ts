/**
 * What intake found and the parsers read, before it means anything: the input of a screening.
 */
import type { CompanionFile, FileFormat, FileIdentity, FileRecord } from '../model/calculation.ts';
import type { Issue } from '../model/issues.ts';

export interface ReadFile {
  readonly identity: FileIdentity;
  readonly record: FileRecord;
}

/** Outputs in which a run tells of itself, the best first. */
export const OUTPUT_KINDS = ['outcar', 'vasprun', 'vaspout', 'oszicar'] as const;

export type RunFileKind = (typeof OUTPUT_KINDS)[number] | 'poscar' | 'contcar' | 'incar' | 'kpoints';

export interface ReadRun {
  readonly id: string;
  readonly folder: string;
  readonly supersededBy?: string;
  readonly files: Readonly<Partial<Record<RunFileKind, ReadFile>>>;
  /** Files of the run that were found and not read. */
  readonly companions?: readonly CompanionFile[];
  readonly issues: readonly Issue[];
}

export interface ReadBand {
  readonly folder: string;
  readonly images: readonly {
    readonly index: number;
    readonly folder: string;
    /** Id of the run in the image folder. */
    readonly run?: string;
    readonly poscar?: ReadFile;
    readonly contcar?: ReadFile;
  }[];
  readonly incar?: ReadFile;
  /** neb.dat, used when the folder holds no images. */
  readonly table?: ReadFile;
}

export interface ReadTree {
  readonly runs: readonly ReadRun[];
  readonly bands: readonly ReadBand[];
  readonly issues: readonly Issue[];
}

const OUTPUT_FORMATS: ReadonlySet<FileFormat> = new Set(['outcar', 'vasprun-xml', 'vaspout-h5', 'oszicar']);

export function isOutputFormat(format: FileFormat): boolean {
  return OUTPUT_FORMATS.has(format);
}

/** The best output that was found; it need not be one that tells anything. */
export function mainFile({ files }: ReadRun): ReadFile | undefined {
  return OUTPUT_KINDS.map((kind) => files[kind]).find((file) => file !== undefined);
}
