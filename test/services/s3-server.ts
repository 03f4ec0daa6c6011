/**
 * A server of the S3 protocol of one test file: s3rver from npm, which keeps objects as files in a folder.
 *
 * It makes its continuation tokens with single DES. The OpenSSL of Node 17 and later knows that cipher only in its legacy
 * provider: without it, every listing of more than one page ends in HTTP 500. So it is a process of its own.
 * It knows the key S3RVER alone, and does not check signatures of version 4.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { S3Client } from '@aws-sdk/client-s3';
import { endProcess } from './run-redis.ts';

export interface S3Server {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface RunningS3Server extends S3Server {
  /** Call it in afterAll. */
  readonly stop: () => Promise<void>;
}

const START_LIMIT_MILLISECONDS = 30_000;

export async function startS3Server(folder: string): Promise<RunningS3Server> {
  mkdirSync(folder, { recursive: true });
  const require = createRequire(import.meta.url);
  const program = require.resolve('s3rver/bin/s3rver.js');
  const child = spawn(
    process.execPath,
    ['--openssl-legacy-provider', program, '--directory', folder, '--address', '127.0.0.1', '--port', '0']
      // Bucket names in host names are nothing for a server without a name.
      .concat(['--silent', '--no-vhost-buckets']),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = (): Promise<void> => endProcess(child, 'SIGTERM');
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    const fail = (): void => reject(new Error(`s3rver did not start:\n${said}`));
    const limit = setTimeout(fail, START_LIMIT_MILLISECONDS);
    const listen = (text: Buffer): void => {
      said += text.toString();
      const [, told] = /listening on 127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (told === undefined) return;
      clearTimeout(limit);
      resolve(told);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', fail);
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { endpoint: `http://127.0.0.1:${port}`, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', stop };
}

/** For the test itself, to fill buckets. */
export function s3Client({ endpoint, accessKeyId, secretAccessKey }: S3Server): S3Client {
  return new S3Client({
    endpoint,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}
