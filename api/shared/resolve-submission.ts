/**
 * From what a request states to what is stored: sources that exist and may be read, names that are known.
 *
 * Everything that can be refused is refused here, before anything is stored: a screening that fails an hour later
 * because a profile was misspelt is a worse answer. A name never becomes a path on the server.
 */
import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { resolveAllowed } from '../../intake/allowed-roots.ts';
import { workingIon, workingIonElements } from '../../model/elements.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Profile } from '../../model/profile.ts';
import { nearest } from '../../model/schema-wording.ts';
import type { StatedScreening, SubmissionSource } from '../../model/service.ts';
import { checkProfile } from '../../pipeline/rank-screening.ts';
import { loadProfile, profileNames, protocolNames } from '../../reading/find-profile.ts';
import type { ApiContext } from '../context.ts';
import { notFound, Problem, tryLater } from '../problem.ts';
import type { NewScreeningRequest } from '../schemas/request-schema.ts';
import { isLoopbackHost } from './loopback.ts';

export function statedScreening(request: NewScreeningRequest, sources: readonly SubmissionSource[]): StatedScreening {
  const { title = defaultTitle(sources), ion, profile, protocol, manifest, seed, priority } = request;
  checkIon('ion', ion);
  checkIon('manifest: ion', manifest?.ion);
  checkName('profile', manifest?.profile, profileNames());
  checkName('protocol', manifest?.protocol, protocolNames());
  if (profile !== undefined) resolveProfile(profile);
  if (typeof protocol === 'string') checkName('protocol', protocol, protocolNames());
  return {
    title,
    ...(ion !== undefined && { ion }),
    ...(profile !== undefined && { profile }),
    ...(protocol !== undefined && { protocol }),
    ...(manifest !== undefined && { manifest }),
    ...(seed !== undefined && { seed }),
    priority,
  };
}

/** Throws 400 for an unknown name, with the names there are, or for a descriptor that does not exist. */
export function resolveProfile(profile: Profile | string): Profile {
  if (typeof profile === 'string') checkName('profile', profile, profileNames());
  const resolved = typeof profile === 'string' ? loadProfile(profile) : profile;
  checkProfile(resolved);
  return resolved;
}

/** The sources as workers will read them: paths are real ones inside the allowed roots. */
export async function resolveSources(
  { store, settings }: ApiContext,
  project: string,
  sources: readonly SubmissionSource[],
): Promise<readonly SubmissionSource[]> {
  const resolved: SubmissionSource[] = [];
  const roots = allowedRoots(settings);
  refuseTooManyPaths(sources);
  for (const source of sources) {
    if (source.kind === 'path') {
      const paths: string[] = [];
      for (const path of source.paths) {
        paths.push(resolveAllowed(path, roots, settings.ADATOM_DATA));
        // File systems answer slowly; others are served meanwhile.
        await turn();
      }
      resolved.push({ kind: 'path', paths });
    } else {
      if (source.kind === 'upload') checkUpload(await store.uploads.get(project, source.upload), source.upload);
      else checkBucket(source.bucket, settings.ADATOM_S3_BUCKETS);
      resolved.push(source);
    }
  }
  return resolved;
}

const MOST_PATHS = 10_000;

function refuseTooManyPaths(sources: readonly SubmissionSource[]): void {
  const count = sources.reduce((sum, source) => sum + (source.kind === 'path' ? source.paths.length : 0), 0);
  if (count <= MOST_PATHS) return;
  throw new AdatomError(
    'request',
    `sources: expected at most ${MOST_PATHS} paths, found ${count}; name a folder above`,
  );
}

const FULL_RETRY_SECONDS = 60;

/** Pushes back while more of the project's folders, or screenings whose folders are not known yet, wait than may. */
export async function refuseWhenFull({ store, settings }: ApiContext, project: string): Promise<void> {
  const [folders, screenings] = await Promise.all([
    store.screenings.waitingFolders(project),
    store.screenings.waitingScreenings(project),
  ]);
  refuseFrom(settings.ADATOM_MAX_WAITING_FOLDERS, folders, 'folders');
  refuseFrom(settings.ADATOM_MAX_WAITING_SCREENINGS, screenings, 'screenings');
}

function refuseFrom(most: number, waiting: number, what: string): void {
  if (waiting < most) return;
  const detail = `${waiting} ${what} of the project wait already; at most ${most} may`;
  throw tryLater(429, 'queue-full', detail, FULL_RETRY_SECONDS);
}

/** A service on its own database that only this machine reaches reads what its user may read. */
export function allowedRoots({ ADATOM_ROOTS, DATABASE_URL, ADATOM_HOST }: ApiContext['settings']): readonly string[] {
  const isPrivate = DATABASE_URL === undefined && isLoopbackHost(ADATOM_HOST);
  return ADATOM_ROOTS.length === 0 && isPrivate ? ['/'] : ADATOM_ROOTS;
}

function checkUpload(upload: { readonly state: string } | undefined, id: string): void {
  if (upload === undefined) throw notFound(`upload ${id}`);
  if (upload.state !== 'complete') {
    throw new Problem(409, 'upload-incomplete', `upload ${id} is ${upload.state}; it must be completed first`);
  }
}

function checkBucket(bucket: string, allowed: readonly string[]): void {
  if (allowed.includes(bucket)) return;
  throw new AdatomError('request', `bucket "${bucket}": this service may not read it (ADATOM_S3_BUCKETS)`);
}

function checkIon(what: string, ion: string | undefined): void {
  if (ion === undefined || workingIon(ion) !== undefined) return;
  throw new AdatomError('request', `${what}: expected one of ${workingIonElements().join(', ')}, found "${ion}"`);
}

function checkName(kind: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  const near = nearest(name, known);
  const question = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new AdatomError('request', `unknown ${kind} "${name}".${question} Available: ${known.join(', ')}`);
}

function defaultTitle([first]: readonly SubmissionSource[]): string {
  if (first?.kind === 'path') return basename(first.paths[0] ?? '') || 'screening';
  return first?.kind === 's3' ? `${first.bucket}/${first.prefix}`.slice(0, 200) : 'upload';
}
