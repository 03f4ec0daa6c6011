/**
 * `adatom neb`: one migration path, its barrier, and what to know about both.
 */
import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import type { PathReport } from '../model/system.ts';
import { type CommonOptions, newCommand } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { pathDocument, pathIssues } from './shared/path-document.ts';
import { pathSvg } from './shared/path-svg.ts';
import { pathText } from './shared/path-text.ts';
import { readPath } from './shared/read-path.ts';
import { paintFor, visible } from './shared/terminal.ts';

interface NebOptions extends CommonOptions {
  readonly start?: string;
  readonly end?: string;
  readonly energy: PathReport['energyKind'];
  readonly svg?: string;
}

export function nebCommand(): Command {
  return newCommand('neb', 'the barrier along one migration path')
    .argument('<path>', 'a folder with the images 00, 01, …, a folder above one such folder, or neb.dat')
    .option(
      '--start <path>',
      'relaxation of the first image: its folder, OUTCAR or OSZICAR (default: looked for nearby)',
    )
    .option('--end <path>', 'relaxation of the last image')
    .addOption(new Option('--energy <kind>', 'total energy to use').choices(['sigma0', 'free']).default('sigma0'))
    .option('--svg <file>', 'draw the path into this file')
    .action(printPath);
}

async function printPath(path: string, options: NebOptions): Promise<void> {
  const report = await readPath({
    path,
    energyKind: options.energy,
    quiet: options.quiet === true,
    ...(options.start !== undefined && { start: options.start }),
    ...(options.end !== undefined && { end: options.end }),
  });
  const output = standardOutput();
  if (options.json === true) await writeJson(output, pathDocument(report));
  else await output.write(`${pathText(report, paintFor(process.stdout)).join('\n')}\n`);
  if (report.images.every((image) => image.energyEv === undefined)) throw nothingKnown(report);
  if (options.svg !== undefined) draw(report, options.svg);
}

function nothingKnown(report: PathReport): AdatomError {
  const [first] = pathIssues(report);
  const reason = first === undefined ? '' : `: ${first.message}`;
  return new AdatomError('unanswerable', visible(`${report.id}: no image has an energy${reason}`));
}

function draw(report: PathReport, file: string): void {
  try {
    writeFileSync(file, pathSvg(report));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `--svg ${file}: ${reasonOf(error)}`, { cause: error });
  }
}
