/**
 * `adatom grid`: a LOCPOT or CHGCAR averaged over lattice planes, and what is left when others are subtracted.
 *
 * The mistake avoided here: hashing or holding a file of gigabytes. It is read once; with `--minus`, once more in lockstep.
 */
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type OpenFile, openFile } from '../intake/read-file.ts';
import type { FileRecord } from '../model/calculation.ts';
import { AdatomError } from '../model/errors.ts';
import type { GridSummary } from '../model/grid.ts';
import { type Issue, issue } from '../model/issues.ts';
import { chgcarParser } from '../parsers/chgcar.ts';
import { parserForName } from '../parsers/index.ts';
import { locpotParser } from '../parsers/locpot.ts';
import { type GridInput, gridDifference } from '../parsers/shared/grid/difference.ts';
import { type CommonOptions, newCommand } from './shared/command.ts';
import { AXES, type Axis, type GridRequest, gridDocument } from './shared/grid-document.ts';
import { gridText } from './shared/grid-text.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { paintFor, visible } from './shared/terminal.ts';

interface GridOptions extends CommonOptions {
  readonly minus?: readonly string[];
  readonly axis: Axis;
  readonly quantity?: GridSummary['quantity'];
}

export function gridCommand(): Command {
  return newCommand('grid', 'planar averages of a LOCPOT or CHGCAR, and differences of them')
    .argument('<file>', 'LOCPOT, CHGCAR, CHG, AECCAR or PARCHG; plain or compressed')
    .option('--minus <file...>', 'files to subtract: same grid and cell, their atoms at places of atoms of the first')
    .addOption(new Option('--axis <vector>', 'lattice vector to average along').choices(AXES).default('c'))
    .addOption(
      new Option('--quantity <kind>', 'what the file holds (default: by its name)').choices(['potential', 'charge']),
    )
    .action(printGrid);
}

async function printGrid(file: string, options: GridOptions): Promise<void> {
  const paths = [file, ...(options.minus ?? [])];
  const lost = paths.filter((path) => !existsSync(path));
  if (lost.length > 0) throw new AdatomError('request', `no such file: ${lost.map(visible).join(', ')}`);
  const files: GridFile[] = [];
  try {
    for (const path of paths) files.push(await readGrid(path, options.quantity));
    const [whole, ...parts] = files;
    if (whole === undefined) throw new Error('no file although one was named');
    const request: GridRequest = {
      file,
      record: whole.record,
      axis: options.axis,
      ...(parts.length > 0 && { difference: subtracted(whole, parts) }),
    };
    await print(request, options);
  } finally {
    for (const { close } of files) close();
  }
}

async function print(request: GridRequest, options: GridOptions): Promise<void> {
  const document = gridDocument(request);
  const output = standardOutput();
  if (options.json === true) await writeJson(output, document);
  else await output.write(`${gridText(document, paintFor(process.stdout)).join('\n')}\n`);
  if (document.components.length > 0) return;
  const [first] = document.issues;
  throw new AdatomError('unanswerable', visible(`${request.file}: ${first?.message ?? 'no grid in it'}`));
}

interface GridFile extends GridInput {
  readonly close: () => void;
}

async function readGrid(path: string, quantity: GridSummary['quantity'] | undefined): Promise<GridFile> {
  const parser = quantity === undefined ? parserForName(path) : quantity === 'charge' ? chgcarParser : locpotParser;
  if (parser !== chgcarParser && parser !== locpotParser) {
    const hint = 'its name is none of LOCPOT, CHGCAR, CHG, AECCAR, PARCHG: say --quantity potential or charge';
    throw new AdatomError('request', visible(`${path}: ${hint}`));
  }
  const file = await openFile(path, { hash: 'never' });
  if (!file.readable) return { name: path, source: NO_BYTES, record: unreadable(file.issue), close: () => undefined };
  const record = withArchive(parser.parse(file.source), file);
  return { name: path, source: file.source, record, close: file.close };
}

const NO_BYTES = { sizeBytes: 0, read: () => 0 };

function unreadable(problem: Issue): FileRecord {
  return { format: 'locpot', completeness: 'unreadable', places: {}, issues: [problem] };
}

function withArchive(record: FileRecord, file: OpenFile): FileRecord {
  if (!file.truncatedArchive) return record;
  const cut = issue('E_TRUNCATED', { expected: 'a whole archive', found: 'an archive that is cut off' });
  return { ...record, completeness: 'truncated', issues: [cut, ...record.issues] };
}

/** Faults of the parts are told beside the difference that they prevent. */
function subtracted(whole: GridFile, parts: readonly GridFile[]): NonNullable<GridRequest['difference']> {
  const difference = gridDifference(whole, parts);
  const told = parts.flatMap(({ name, record }) =>
    record.issues.map((entry) => ({ ...entry, where: { file: name, ...entry.where } })),
  );
  return { ...difference, issues: [...told, ...difference.issues], minus: parts.map(({ name }) => name) };
}
