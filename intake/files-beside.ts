/**
 * The files of the run that one given output file belongs to, found in its own folder.
 *
 * Selective-dynamics flags stand in POSCAR and CONTCAR only, so a single OUTCAR needs the structure beside it, and in a
 * folder with several runs the one of its own run.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { contentOf, type RunFiles } from './run-files.ts';
import { isSystemError } from './system-error.ts';

/** Undefined when the file is the main file of no run, or its folder may not be listed. */
export function filesBeside(outputPath: string): RunFiles | undefined {
  const folder = dirname(outputPath);
  const runs = contentOf({ path: '.', absolutePath: folder, files: namesIn(folder), folders: [] }).runs;
  return runs.find(({ run }) => run.id === basename(outputPath))?.run.files;
}

function namesIn(folder: string): readonly { readonly name: string }[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => ({ name }));
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
