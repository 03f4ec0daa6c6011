/**
 * `adatom screen`: a tree of calculations in, a ranking out, with everything that could not be used and why.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { type Screening, screen } from '../pipeline/screen.ts';
import { manifestSource } from '../reading/load-manifest.ts';
import { readCampaign } from '../reading/read-campaign.ts';
import { nothingFound, unfollowedManifest } from '../reading/refusals.ts';
import { DEFAULT_SEED, screeningRequest } from '../reading/screening-request.ts';
import { adatomVersion } from '../reading/version.ts';
import { type CommonOptions, newCommand, wholeNumber, workingIonOption } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { startProgress } from './shared/progress.ts';
import { screeningText } from './shared/screening-text.ts';
import { paintFor } from './shared/terminal.ts';
import { treeSignature, waitForChange } from './shared/watch-tree.ts';
import { cacheFolder, writeScreening } from './shared/write-screening.ts';

interface ScreenOptions extends CommonOptions {
  readonly ion?: string;
  readonly profile?: string;
  readonly protocol?: string;
  readonly manifest?: string;
  readonly out: string;
  readonly seed: number;
  readonly threads?: number;
  readonly watch?: boolean;
}

export function screenCommand(): Command {
  return newCommand('screen', 'rank the candidates in folders of calculations')
    .argument('<dir...>', 'folders that are searched for calculations')
    .addOption(workingIonOption("working ion (default: the profile's, else Li)"))
    .option('--profile <name>', 'ranking profile: a name or a YAML file (default: li-moderate, zn-philic for Zn)')
    .option('--protocol <name>', 'settings to hold the calculations against: a name or a YAML file')
    .option('--manifest <file>', 'roles and links you state (default: adatom.yaml in DIR, when there is one)')
    .option('--out <dir>', 'folder for ranking.json, ranking.csv, calculations.ndjson and report.html', 'adatom-out')
    .option('--seed <number>', 'seed of the Monte Carlo draws', wholeNumber(0), DEFAULT_SEED)
    .option('--threads <number>', 'threads to parse with (default: one per core)', wholeNumber(1))
    .option('--watch', 'stay, and screen again whenever the folders change')
    .action(screenFolders);
}

async function screenFolders(folders: readonly string[], options: ScreenOptions): Promise<void> {
  for (;;) {
    const signature = options.watch === true ? treeSignature(folders) : '';
    await screenOnce(folders, options);
    if (options.watch !== true) return;
    note('watching for changes; Ctrl-C ends', options);
    await waitForChange(folders, signature);
  }
}

async function screenOnce(folders: readonly string[], options: ScreenOptions): Promise<void> {
  const request = screeningRequest(folders, options);
  const campaign = await readCampaign(folders, {
    cacheFolder: cacheFolder(options.out),
    progress: (total) => startProgress('reading', total, options.quiet === true),
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  const empty = nothingFound(folders, campaign.found);
  if (empty !== undefined) throw empty;
  const manifest = request.manifest;
  const screening = screen(campaign.tree, {
    adatomVersion: adatomVersion(),
    ion: request.ion,
    profile: request.profile,
    ...(request.protocol !== undefined && { protocol: request.protocol }),
    ...(manifest !== undefined && {
      manifest: manifest.manifest,
      manifestSource: manifestSource(manifest, campaign.found),
    }),
    seed: options.seed,
  });
  const unfollowed = unfollowedManifest(screening.result.issues);
  if (unfollowed !== undefined) throw unfollowed;
  const written = writeScreening(options.out, screening, folders);
  note(`${campaign.parsedFiles} files parsed, ${campaign.keptFiles} unchanged since last time`, options);
  await print(screening, written, options);
  if (screening.result.calculations.parsed === 0 && screening.result.paths.length === 0) throw nothingUsable(folders);
}

async function print(screening: Screening, written: readonly string[], options: ScreenOptions): Promise<void> {
  const output = standardOutput();
  if (options.json === true) {
    await writeJson(output, screening.result);
    return;
  }
  const paint = paintFor(process.stdout);
  for (const line of screeningText(screening.result, paint)) await output.write(`${line}\n`);
  if (options.quiet !== true) await output.write(`\nWritten: ${written.join(', ')}\n`);
}

function note(text: string, options: CommonOptions): void {
  if (options.quiet !== true) process.stderr.write(`${paintFor(process.stderr)('dim', text)}\n`);
}

function nothingUsable(folders: readonly string[]): AdatomError {
  return new AdatomError('unanswerable', `no calculation in ${folders.join(', ')} has a complete ionic step`);
}
