/** `adatom export`: a screening of the service as a file. */
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { type Command, Option } from 'commander';
import { EXPORTS, screeningFormats } from '../exports/index.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import { AdatomError } from '../model/errors.ts';
import { newCommand } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { openClient } from './shared/service/client.ts';
import { connectionOf, type ServerOptions, withServerOptions } from './shared/service/connection.ts';

interface ExportOptions extends ServerOptions {
  readonly format: string;
  readonly out?: string;
  readonly ranking?: string;
}

export function exportCommand(): Command {
  const formats = screeningFormats(EXPORTS);
  const list = formats.map(({ identifier, title }) => `  ${identifier.padEnd(14)}${title}`).join('\n');
  return withServerOptions(newCommand('export', 'a screening of the service as a file'))
    .argument('<id>', 'a screening')
    .addOption(new Option('--format <name>', 'see below').makeOptionMandatory())
    .option('--out <file>', 'where to write it (default: stdout)')
    .option('--ranking <id>', 'by this ranking of the screening instead of its current one')
    .addHelpText('after', `\nFormats:\n${list}`)
    .action(exportScreening);
}

async function exportScreening(id: string, options: ExportOptions): Promise<void> {
  const { format, out, ranking } = options;
  if (options.json === true && out === undefined) {
    throw new AdatomError(
      'request',
      '--json tells what was written: it needs --out FILE (the export itself is --format json)',
    );
  }
  if (out === undefined && format === 'parquet' && process.stdout.isTTY === true) {
    throw new AdatomError('request', 'parquet is no text: name a file with --out, or pipe it');
  }
  const client = openClient(connectionOf(options, process.env));
  const query = ranking === undefined ? '' : `?ranking=${encodeURIComponent(ranking)}`;
  const path = `/v1/screenings/${encodeURIComponent(id)}/exports/${encodeURIComponent(format)}${query}`;
  const { body } = await client.request(path, { headers: { accept: '*/*' } });
  if (out === undefined) {
    await send(body, process.stdout, client.server);
    return;
  }
  const bytes = await writeFile(body, out, client.server);
  if (options.json === true) await writeJson(standardOutput(), { file: out, format, bytes });
  else if (options.quiet !== true) process.stderr.write(`Written: ${out}\n`);
}

type Body = Response['body'];

/** Under another name until it is whole: a file that is cut off would look like an answer. Returns its size. */
async function writeFile(body: Body, file: string, server: string): Promise<number> {
  const temporary = `${file}.writing-${process.pid}`;
  try {
    const stream = createWriteStream(temporary);
    await send(body, stream, server);
    renameSync(temporary, file);
    return stream.bytesWritten;
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `${file}: ${reasonOf(error)}`, { where: { file }, cause: error });
  }
}

async function send(body: Body, to: Writable, server: string): Promise<void> {
  if (body === null) return;
  try {
    // `as`: the two declarations of a web stream, Node's and the browser's, are the same thing.
    await pipeline(Readable.fromWeb(body as WebStream), to, { end: to !== process.stdout });
  } catch (error) {
    // How `fetch` tells that a connection was cut in the middle of a body.
    if (!(error instanceof TypeError)) throw error;
    throw new AdatomError('transient', `the connection to ${server} was cut before the end; try again`, {
      cause: error,
    });
  }
}
