/** A listening server with a data folder of its own: what is left behind in it can be listed. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../api/server.ts';
import type { ApiLimits } from '../../api/shared/limits.ts';
import { type TestService, testService } from './service.ts';

export interface UploadServer {
  readonly service: TestService;
  readonly data: string;
  readonly address: string;
  /** Without its last answer: connections end at once. */
  readonly restart: () => Promise<void>;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** Files below the data folder. */
  readonly files: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface CallOptions {
  readonly json?: unknown;
  readonly body?: Buffer | string | AsyncIterable<Buffer>;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** Key of the request; default: one that may submit to the own project. */
  readonly key?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // The tests say what they expect in it.
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document of any shape
  readonly document: any;
}

export async function uploadServer(
  settings: Readonly<Record<string, unknown>> = {},
  limits: Partial<ApiLimits> = {},
): Promise<UploadServer> {
  const data = mkdtempSync(join(tmpdir(), 'adatom-uploads-'));
  const service = await testService({ settings: { ADATOM_DATA: data, ...settings } });
  const start = () => startServer(service.context, { limits, logStream: { write: () => true } });
  let server: RunningServer = await start();
  return {
    service,
    data,
    get address() {
      return server.address;
    },
    restart: async () => {
      server.app.server.closeAllConnections();
      await server.stop();
      server = await start();
    },
    call: (method, path, options = {}) => call(`${server.address}${path}`, method, withKey(options, service)),
    files: () => filesIn(data),
    close: async () => {
      await server.stop();
      await service.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function withKey(options: CallOptions, { own }: TestService): CallOptions {
  return { key: own.secrets.submit, ...options };
}

/** By hand, because fetch hides an answer that comes before its body is sent. */
export function call(url: string, method: string, options: CallOptions): Promise<Answer> {
  const { json, body = json === undefined ? undefined : JSON.stringify(json), key, headers = {} } = options;
  const type = options.type ?? (json === undefined ? undefined : 'application/json');
  const isWhole = typeof body === 'string' || Buffer.isBuffer(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method,
      agent: false,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(isWhole ? { 'content-length': Buffer.byteLength(body) } : {}),
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const document = text === '' ? undefined : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, document });
        request.destroy();
      });
    });
    if (body === undefined || isWhole) request.end(body);
    else void send(request, body);
  });
}

async function send(request: ReturnType<typeof httpRequest>, body: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of body) {
    if (request.destroyed) return;
    request.write(chunk);
  }
  request.end();
}

export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export const OCTETS = 'application/octet-stream';

export function unknownId(): string {
  return randomUUID();
}
