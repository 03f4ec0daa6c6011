/**
 * `adatom screen`: a tree of calculations in, a ranking out, with everything that could not be used and why.
 */
import type { Command } from 'commander';
import { findRuns } from '../intake/find-runs.ts';
import type { ClaimSet } from '../model/claims.ts';
import { AdatomError } from '../model/errors.ts';
import { type Screening, screenAssembly } from '../pipeline/screen.ts';
import { screenedClaims } from '../pipeline/screened-claims.ts';
import { claimSetNames, loadClaims } from '../reading/find-claims.ts';
import { profilesFor } from '../reading/find-profile.ts';
import { loadReference } from '../reading/find-reference.ts';
import { manifestSource } from '../reading/load-manifest.ts';
import { readAssembled } from '../reading/read-assembled.ts';
import { nothingFound, unfollowedManifest } from '../reading/refusals.ts';
import { screeningRequest, seedFor } from '../reading/screening-request.ts';
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
  readonly claims?: string;
  readonly manifest?: string;
  readonly out: string;
  readonly seed?: number;
  readonly threads?: number;
  readonly watch?: boolean;
}

export function screenCommand(): Command {
  return newCommand('screen', 'rank the candidates in folders of calculations')
    .argument('<dir...>', 'folders that are searched for calculations')
    .addOption(workingIonOption("working ion (default: the profile's, else Li)"))
    .option('--profile <name>', 'ranking profile: a name or a YAML file (default: li-moderate, zn-philic for Zn)')
    .option('--protocol <name>', 'settings to hold the calculations against: a name or a YAML file')
    .option(
      '--claims <name>',
      `published claims to hold the values against: ${claimSetNames().join(', ')}, or a YAML file`,
    )
    .option('--manifest <file>', 'roles and links you state (default: adatom.yaml in DIR, when there is one)')
    .option('--out <dir>', 'folder for ranking.json, ranking.csv, calculations.ndjson and report.html', 'adatom-out')
    .option('--seed <number>', "seed of the Monte Carlo draws (default: the profile's, else 1)", wholeNumber(0))
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
  const { manifest, ion, profile, protocol } = request;
  const claims = options.claims === undefined ? undefined : loadClaims(options.claims);
  const found = findRuns(folders);
  const empty = nothingFound(folders, found);
  if (empty !== undefined) throw empty;
  const { assembly, ...campaign } = await readAssembled(found, {
    cacheFolder: cacheFolder(options.out),
    progress: (total) => startProgress('reading', total, options.quiet === true),
    ...(options.threads !== undefined && { threads: options.threads }),
    assemble: {
      ion,
      ...(manifest !== undefined && { manifest: manifest.manifest, manifestSource: manifestSource(manifest, found) }),
    },
  });
  const unfollowed = unfollowedManifest(assembly.issues);
  if (unfollowed !== undefined) throw unfollowed;
  const screened = screenAssembly(assembly, {
    adatomVersion: adatomVersion(),
    ion,
    profile,
    ...(protocol !== undefined && { protocol }),
    seed: seedFor(profile, options.seed),
    compared: profilesFor(ion),
  });
  const screening = claims === undefined ? screened : withClaims(screened, claims);
  const written = writeScreening(options.out, screening, { folders, profile });
  note(`${campaign.parsedFiles} files parsed, ${campaign.keptFiles} unchanged since last time`, options);
  await print(screening, written, options);
  if (screening.result.calculations.parsed === 0 && screening.result.paths.length === 0) throw nothingUsable(folders);
}

function withClaims({ result, ...rest }: Screening, claims: ClaimSet): Screening {
  return { ...rest, result: { ...result, claims: screenedClaims(result, claims, loadReference('cohesive-energies')) } };
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
