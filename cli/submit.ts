/**
 * `adatom submit`: hands folders of calculations to a service, which screens them. Only files that it does not have
 * travel; run again after an interruption, it goes on. What lies in object storage the service reads itself.
 */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AdatomError } from '../model/errors.ts';
import type { Issue } from '../model/issues.ts';
import { PRIORITIES, type Priority, type SubmissionSource } from '../model/service.ts';
import { newCommand, wholeNumber, workingIonOption } from './shared/command.ts';
import { issueLine } from './shared/issue-line.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { startProgress } from './shared/progress.ts';
import { openClient, type ServiceClient } from './shared/service/client.ts';
import { connectionOf, type ServerOptions, withServerOptions } from './shared/service/connection.ts';
import { type CreatedScreening, createScreening } from './shared/service/create-screening.ts';
import { type FileToSubmit, filesToSubmit } from './shared/service/files-to-submit.ts';
import { withoutPotcars } from './shared/service/files-with-potcars.ts';
import { openPendingSubmission } from './shared/service/pending-submission.ts';
import { followAndPrint } from './shared/service/print-screening.ts';
import { storageSources } from './shared/service/storage-source.ts';
import { submissionRequest } from './shared/service/submission-request.ts';
import { hashFiles, uploadFiles } from './shared/service/upload-files.ts';
import { paintFor } from './shared/terminal.ts';

interface SubmitOptions extends ServerOptions {
  readonly ion?: string;
  readonly profile?: string;
  readonly protocol?: string;
  readonly manifest?: string;
  readonly seed?: number;
  readonly title?: string;
  readonly priority?: Priority;
  readonly byPath?: boolean;
  readonly companions?: boolean;
  readonly wait?: boolean;
}

/** An upload of hours outlives a restart of the service. */
const PATIENCE_SECONDS = 300;
const MAX_TITLE = 200;

export function submitCommand(): Command {
  return withServerOptions(newCommand('submit', 'hand folders of calculations to a service, which screens them'))
    .argument('<dir...>', 'folders that are searched for calculations, or s3://bucket/prefix that the service reads')
    .addOption(workingIonOption())
    .option('--profile <name>', 'ranking profile: a name or a YAML file (default: li-moderate, zn-philic for Zn)')
    .option('--protocol <name>', 'settings to hold the calculations against: a name or a YAML file')
    .option('--manifest <file>', 'roles and links you state (default: adatom.yaml in DIR, when there is one)')
    .option('--seed <number>', 'seed of the Monte Carlo draws', wholeNumber(0))
    .option('--title <text>', 'what the screening is called (default: the names of the folders)')
    .addOption(new Option('--priority <level>', 'before or after the others of the project').choices(PRIORITIES))
    .option('--by-path', 'upload nothing: the folders are on a file system that the service reads')
    .option(
      '--companions',
      'send LOCPOT, CHGCAR, DOSCAR and ACF.dat too, which work functions, charges and d-bands need',
    )
    .option('--wait', 'stay until the ranking is there, and print it')
    .action(submitFolders);
}

async function submitFolders(folders: readonly string[], options: SubmitOptions): Promise<void> {
  const client = openClient(connectionOf(options, process.env), {
    patienceSeconds: PATIENCE_SECONDS,
    onWait: (message) => note(message, options),
  });
  const created = await create(client, folders, options);
  const { id } = created.screening;
  if (options.wait === true) {
    note(`screening ${id}`, options);
    await followAndPrint(client, id, options);
    return;
  }
  const output = standardOutput();
  if (options.json === true) await writeJson(output, created.answer);
  else await output.write(`${submittedLines(client, id, options).join('\n')}\n`);
}

function create(client: ServiceClient, folders: readonly string[], options: SubmitOptions): Promise<CreatedScreening> {
  const stored = storageSources(folders);
  if (stored !== undefined) return inPlace(client, stored, { ...options, title: titleOf(folders, options) });
  if (options.byPath !== true) return byUpload(client, folders, options);
  const paths = folders.map((folder) => resolve(folder));
  return inPlace(client, [{ kind: 'path', paths }], { ...options, title: titleOf(folders, options) });
}

async function byUpload(
  client: ServiceClient,
  folders: readonly string[],
  options: SubmitOptions,
): Promise<CreatedScreening> {
  const { files: found, left, roots, linkCount, issues } = filesToSubmit(folders, options);
  noteIssues(issues, options);
  const { files, withPotcars } = await withoutPotcars(found);
  noteLicensed(withPotcars, options);
  noteLeft(left, options);
  if (files.length === 0) throw new AdatomError('unanswerable', `no file of VASP's in ${folders.join(', ')}`);
  const request = submissionRequest(folders, roots, { ...options, title: titleOf(folders, options) });
  // A wrong key is told before hours of reading.
  await client.request('/v1/whoami');
  if (linkCount > 0) note(`symbolic links that are sent as the files they lead to: ${linkCount}`, options);
  const progress = (label: string, total: number) => startProgress(label, total, options.quiet === true);
  const hashed = await hashFiles(files, progress);
  const contents = hashed.map(({ path, sha256 }) => [path, sha256]);
  const created = await createScreening(client, {
    request,
    inPlace: [],
    pending: openPendingSubmission({ server: client.server, request, contents }, process.env),
    upload: () => uploadFiles(client, hashed, progress),
  });
  note(sentText(hashed.length, created), options);
  return created;
}

/** A manifest of the user's own (`--manifest`) goes along; its paths below object storage are relative to the prefix. */
function inPlace(
  client: ServiceClient,
  sources: readonly SubmissionSource[],
  options: SubmitOptions & { readonly title: string },
): Promise<CreatedScreening> {
  const paths = sources.flatMap((source) => (source.kind === 'path' ? source.paths : []));
  const roots = paths.map((absolutePath) => ({ absolutePath, path: '.' }));
  const request = submissionRequest([], roots, options);
  const subject = { server: client.server, request, sources };
  return createScreening(client, { request, inPlace: sources, pending: openPendingSubmission(subject, process.env) });
}

function titleOf(folders: readonly string[], { title }: SubmitOptions): string {
  return (title ?? folders.map((folder) => basename(resolve(folder)) || '/').join(', ')).slice(0, MAX_TITLE);
}

function sentText(fileCount: number, { upload }: CreatedScreening): string {
  if (upload === undefined) return `${fileCount} files, all of them handed in by an earlier attempt`;
  const { sentBlobs, sentBytes } = upload;
  return `${fileCount} files, ${sentBlobs} of them sent (${(sentBytes / 1e6).toFixed(1)} MB), the others were there`;
}

function submittedLines({ server }: ServiceClient, id: string, options: SubmitOptions): string[] {
  const dim = paintFor(process.stdout);
  const where = options.server === undefined ? '' : ` --server ${server}`;
  return [
    `screening ${id}`,
    dim('dim', `how far it is:  adatom status ${id}${where}`),
    dim('dim', `its candidates: adatom candidates --screening ${id}${where}`),
  ];
}

function noteLicensed(withPotcars: readonly string[], options: SubmitOptions): void {
  if (withPotcars.length === 0) return;
  const named = withPotcars.slice(0, NOTED_ISSUES).join(', ');
  const more = withPotcars.length > NOTED_ISSUES ? `, … and ${withPotcars.length - NOTED_ISSUES} more` : '';
  note(`not sent, because POTCARs are in them, which are licensed: ${named}${more}`, options);
}

/** What `adatom screen` would read and the service will not. */
function noteLeft(left: readonly FileToSubmit[], options: SubmitOptions): void {
  if (left.length === 0) return;
  const sizes = left.map(({ absolutePath }) => statSync(absolutePath, { throwIfNoEntry: false })?.size ?? 0);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const names = [...new Set(left.map(({ path }) => basename(path)))].sort().slice(0, NOTED_ISSUES).join(', ');
  note(
    `${left.length} files beside the runs are not sent (${names}; ${(bytes / 1e6).toFixed(1)} MB): --companions sends them`,
    options,
  );
}

const NOTED_ISSUES = 10;

/** The service never sees these files, so that nothing of it can tell. */
function noteIssues(issues: readonly Issue[], options: SubmitOptions): void {
  if (options.quiet === true || issues.length === 0) return;
  const lines = issues.slice(0, NOTED_ISSUES).map((entry) => `  ${issueLine(entry, paintFor(process.stderr))}`);
  if (issues.length > NOTED_ISSUES)
    lines.push(`  … and ${issues.length - NOTED_ISSUES} more, as adatom screen lists them`);
  process.stderr.write(`Not sent:\n${lines.join('\n')}\n`);
}

function note(text: string, options: SubmitOptions): void {
  if (options.quiet !== true) process.stderr.write(`${paintFor(process.stderr)('dim', text)}\n`);
}
