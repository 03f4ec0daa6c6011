/**
 * `adatom inspect`: the graph that a screening stands on, before any number is made of it: what each folder is, what it
 * is linked to and why, and which missing calculation would make most values computable.
 */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Inspection } from '../model/inspection.ts';
import { assembleScreening } from '../pipeline/assemble-screening.ts';
import { inspectScreening } from '../pipeline/inspect-screening.ts';
import { manifestSource } from '../reading/load-manifest.ts';
import { readCampaign } from '../reading/read-campaign.ts';
import { nothingFound, unfollowedManifest } from '../reading/refusals.ts';
import { inspectionRequest } from '../reading/screening-request.ts';
import { adatomVersion } from '../reading/version.ts';
import { type CommonOptions, newCommand, wholeNumber, workingIonOption } from './shared/command.ts';
import { inspectionText } from './shared/inspect-text.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { startProgress } from './shared/progress.ts';
import { paintFor } from './shared/terminal.ts';
import { cacheFolder } from './shared/write-screening.ts';

interface InspectOptions extends CommonOptions {
  readonly ion?: string;
  readonly protocol?: string;
  readonly manifest?: string;
  readonly out?: string;
  readonly threads?: number;
}

/** Where a screening keeps its records by default. */
const DEFAULT_OUT = 'adatom-out';
/** Lines that are written at once: a tree of thousands has a hundred thousand. */
const LINES_PER_WRITE = 1000;

export function inspectCommand(): Command {
  return newCommand('inspect', 'what each calculation is, what it is linked to and why, and what is missing')
    .argument('<dir...>', 'folders that are searched for calculations')
    .addOption(workingIonOption("working ion (default: the manifest's, else Li)"))
    .option('--protocol <name>', 'show what does not follow it: a name or a YAML file')
    .option('--manifest <file>', 'roles and links you state (default: adatom.yaml in DIR, when there is one)')
    .option('--out <dir>', 'folder of records kept for next time (default: that of a screening made here, else none)')
    .option('--threads <number>', 'threads to parse with (default: one per core)', wholeNumber(1))
    .action(inspectFolders);
}

async function inspectFolders(folders: readonly string[], options: InspectOptions): Promise<void> {
  const request = inspectionRequest(folders, options);
  const { manifest, protocol, ion } = request;
  const out = options.out ?? (existsSync(cacheFolder(DEFAULT_OUT)) ? DEFAULT_OUT : undefined);
  const campaign = await readCampaign(folders, {
    ...(out !== undefined && { cacheFolder: cacheFolder(out) }),
    progress: (total) => startProgress('reading', total, options.quiet === true),
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const empty = nothingFound(folders, campaign.found);
  if (empty !== undefined) throw empty;
  const assembly = assembleScreening(campaign.tree, {
    ion,
    ...(manifest !== undefined && {
      manifest: manifest.manifest,
      manifestSource: manifestSource(manifest, campaign.found),
    }),
  });
  const unfollowed = unfollowedManifest(assembly.issues);
  if (unfollowed !== undefined) throw unfollowed;
  await print(
    inspectScreening(assembly, { adatomVersion: adatomVersion(), ion, ...(protocol !== undefined && { protocol }) }),
    options,
  );
}

async function print(inspection: Inspection, options: InspectOptions): Promise<void> {
  const output = standardOutput();
  if (options.json === true) return writeJson(output, inspection);
  const lines = inspectionText(inspection, paintFor(process.stdout));
  for (let at = 0; at < lines.length; at += LINES_PER_WRITE) {
    await output.write(`${lines.slice(at, at + LINES_PER_WRITE).join('\n')}\n`);
  }
}
