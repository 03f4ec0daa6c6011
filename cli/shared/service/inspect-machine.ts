/** The findings about this machine: the program's runtime, its folders, and what is reached from here. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isSystemError, reasonOf } from '../../../intake/system-error.ts';
import { AdatomError } from '../../../model/errors.ts';
import type { ServiceSettings } from '../../../model/service-settings.ts';
import { platformPackage } from '../../../store/embedded/binaries.ts';
import type { Finding } from './inspect-service.ts';

/** As package.json demands it. */
const OLDEST_NODE = [20, 19] as const;
/** Types of /proc and /sys (statfs(2)): the administrator may write there by their rights, and nothing is kept. */
const KEEPS_NOTHING: readonly number[] = [0x9fa0, 0x62656572];
const GIBIBYTE = 1024 ** 3;
const LITTLE_DISK_BYTES = 5 * GIBIBYTE;

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const subject = 'Node';
  if (!isOld) return { subject, state: 'ok', found: version };
  return { subject, state: 'fault', found: version, advice: `install Node ${OLDEST_NODE.join('.')} or newer` };
}

export function writableFolder(folder: string): Finding {
  const subject = 'data folder';
  const path = resolve(folder);
  const isThere = existsSync(path);
  const nearest = isThere ? path : nearestFolder(path);
  const found = isThere ? path : `${path}, not there yet`;
  const advice = 'choose a folder that this account may write with ADATOM_DATA or --data';
  if (!statSync(nearest).isDirectory()) {
    return { subject, state: 'fault', found: `${path}: ${nearest} is no folder`, advice };
  }
  if (KEEPS_NOTHING.includes(statfsSync(nearest).type)) {
    return { subject, state: 'fault', found: `${path}: ${nearest} keeps no files`, advice };
  }
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return { subject, state: 'ok', found };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { subject, state: 'fault', found: `${path} cannot be written (${error.code})`, advice };
  }
}

export function freeDisk(folder: string): Finding {
  const path = resolve(folder);
  const { bavail, bsize } = statfsSync(existsSync(path) ? path : nearestFolder(path));
  const free = bavail * bsize;
  const found = `${(free / GIBIBYTE).toFixed(1)} GiB free`;
  if (free >= LITTLE_DISK_BYTES) return { subject: 'disk', state: 'ok', found };
  return { subject: 'disk', state: 'advice', found, advice: 'uploads and results need room; make some' };
}

export function embeddedBinaries(): Finding {
  const subject = 'PostgreSQL';
  try {
    return { subject, state: 'ok', found: `${platformPackage().version}, from npm` };
  } catch (error) {
    if (!(error instanceof AdatomError)) throw error;
    return {
      subject,
      state: 'fault',
      found: error.message,
      advice: 'npm ci without --omit=optional, or set DATABASE_URL',
    };
  }
}

export function readableRoots({ ADATOM_ROOTS }: ServiceSettings): Finding[] {
  return ADATOM_ROOTS.map((root) => {
    const subject = 'root';
    const advice = 'folders of ADATOM_ROOTS must be there, on the API and on every worker';
    try {
      accessSync(root, constants.R_OK | constants.X_OK);
      if (statSync(root).isDirectory()) return { subject, state: 'ok', found: root };
      return { subject, state: 'fault', found: `${root}: no folder`, advice };
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return { subject, state: 'fault', found: `${root}: ${reasonOf(error)}`, advice };
    }
  });
}

export async function objectStorage(settings: ServiceSettings): Promise<Finding[]> {
  const { ADATOM_S3_BUCKETS: buckets, ADATOM_S3_ENDPOINT: endpoint = 'AWS' } = settings;
  if (buckets.length === 0) return [];
  // Its code is large, and most services have none.
  const { openObjectStorage } = await import('../../../intake/object-storage.ts');
  const storage = openObjectStorage(settings);
  const findings: Finding[] = [];
  for (const bucket of buckets) {
    const subject = `bucket ${bucket}`;
    try {
      await storage.list(bucket, '').next();
      findings.push({ subject, state: 'ok', found: `at ${endpoint}` });
    } catch (error) {
      if (!(error instanceof AdatomError)) throw error;
      const advice = 'ADATOM_S3_ENDPOINT, ADATOM_S3_BUCKETS and the two keys must belong together';
      findings.push({ subject, state: 'fault', found: error.message, advice });
    }
  }
  storage.close();
  return findings;
}

/** The first folder above that exists. */
function nearestFolder(path: string): string {
  const above = dirname(path);
  return existsSync(above) || above === path ? above : nearestFolder(above);
}
