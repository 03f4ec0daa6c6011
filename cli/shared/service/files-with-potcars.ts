/**
 * Leaves out the vaspout.h5 in which VASP has kept the POTCARs of the run: they are licensed, and a service keeps whole
 * files. The OUTCAR or vasprun.xml beside it says the same of the run; where there is none, a run would be lost without
 * a word, so that the submission is refused.
 */
import { isLicensedHdf5 } from '../../../intake/licensed-hdf5.ts';
import { vaspFileName } from '../../../intake/vasp-file-name.ts';
import { AdatomError } from '../../../model/errors.ts';
import type { FileToSubmit } from './files-to-submit.ts';

export interface WithoutPotcars {
  readonly files: readonly FileToSubmit[];
  /** Paths of those left out. */
  readonly withPotcars: readonly string[];
}

/** Throws `AdatomError('request')` when such a file is all there is of a run. */
export async function withoutPotcars(files: readonly FileToSubmit[]): Promise<WithoutPotcars> {
  const told = new Set(files.flatMap(({ path }) => (TOLD_BY.has(kindOf(path) ?? '') ? [folderOf(path)] : [])));
  const kept: FileToSubmit[] = [];
  const withPotcars: string[] = [];
  for (const file of files) {
    if (kindOf(file.path) !== 'vaspout' || !(await isLicensedHdf5(file.absolutePath))) kept.push(file);
    else if (told.has(folderOf(file.path))) withPotcars.push(file.path);
    else throw onlyOutput(file);
  }
  return { files: kept, withPotcars };
}

const TOLD_BY: ReadonlySet<string> = new Set(['outcar', 'vasprun']);

function onlyOutput({ absolutePath }: FileToSubmit): AdatomError {
  const reason = 'it holds POTCARs, which are licensed and which no service keeps, and no other output is beside it';
  const instead = 'use --by-path or s3://, or take /input/potcar/content out and write it anew with h5repack';
  return new AdatomError('request', `${absolutePath} cannot be uploaded: ${reason}; ${instead}`);
}

function kindOf(path: string): string | undefined {
  return vaspFileName(path.slice(path.lastIndexOf('/') + 1))?.kind;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
