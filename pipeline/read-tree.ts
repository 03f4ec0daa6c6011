/**
 * What intake found and the parsers read, before it means anything: the input of a screening.
 */
import type { FileIdentity, FileRecord } from '../model/calculation.ts';
import type { Issue } from '../model/issues.ts';

export interface ReadFile {
  readonly identity: FileIdentity;
  readonly record: FileRecord;
}

export type RunFileKind = 'outcar' | 'oszicar' | 'poscar' | 'contcar' | 'incar' | 'kpoints';

export interface ReadRun {
  readonly id: string;
  readonly folder: string;
  readonly supersededBy?: string;
  readonly files: Readonly<Partial<Record<RunFileKind, ReadFile>>>;
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
