/**
 * What an administrator sets for the service, each from one environment variable. Entry files read the environment;
 * everything below them is handed this object. `adatom doctor` and the README list the variables from here.
 */
import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const wholeNumber = (minimum: number, fallback: number) => z.coerce.number().int().min(minimum).default(fallback);
/** Several paths or names in one variable, separated by `:` as in PATH. */
const list = z
  .string()
  .transform((text) => text.split(':').filter((part) => part !== ''))
  .default([]);

export const serviceSettingsSchema = z.strictObject({
  /** PostgreSQL of the service; without it the embedded one in the data folder. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'postgresql://user:password@host:port/database')
    .optional(),
  /** Redis of the queue; without it the queue lives in PostgreSQL. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'redis://host:port')
    .optional(),
  /** Folder of uploads and of the embedded database; the same for the API and all workers. */
  ADATOM_DATA: z.string().min(1).default('.adatom'),
  /** Folders that may be submitted by path. Embedded on loopback without it: every folder. */
  ADATOM_ROOTS: list,
  ADATOM_HOST: z.string().default('127.0.0.1'),
  ADATOM_PORT: z.coerce.number().int().min(0).max(65_535).default(8420),
  /** `off` is refused unless the service is embedded and listens on loopback only. */
  ADATOM_AUTH: z.enum(['keys', 'off']).optional(),
  /** Largest upload, and largest content of an archive. */
  ADATOM_MAX_UPLOAD_BYTES: wholeNumber(1, 20 * GIBIBYTE),
  /** Largest single file in an upload or archive. */
  ADATOM_MAX_FILE_BYTES: wholeNumber(1, 4 * GIBIBYTE),
  ADATOM_MAX_ENTRIES: wholeNumber(1, 200_000),
  /** Administrators of this project see the queue page, with the jobs of all projects. */
  ADATOM_OPERATOR_PROJECT: z.string().min(1).default('default'),
  /** Folders of one project that may wait before submissions are answered with 429. */
  ADATOM_MAX_WAITING_FOLDERS: wholeNumber(1, 1_000_000),
  /** Screenings of one project whose folders are not known yet, likewise. */
  ADATOM_MAX_WAITING_SCREENINGS: wholeNumber(1, 1000),
  /** Requests of one key a minute. */
  ADATOM_REQUESTS_PER_MINUTE: wholeNumber(1, 1200),
  /** Parse threads of one worker process; default: one per core. */
  ADATOM_CONCURRENCY: z.coerce.number().int().min(1).optional(),
  /** Longest that one job may take: a file server that never answers must not hold a screening for ever. */
  ADATOM_JOB_SECONDS: z.coerce.number().int().min(1).max(1_000_000).default(3600),
  /** Most jobs a second over all workers; no limit without it. */
  ADATOM_JOBS_PER_SECOND: z.coerce.number().int().min(1).optional(),
  ADATOM_S3_ENDPOINT: z.string().optional(),
  ADATOM_S3_REGION: z.string().default('us-east-1'),
  /** Buckets that may be submitted from. */
  ADATOM_S3_BUCKETS: list,
  ADATOM_S3_ACCESS_KEY_ID: z.string().optional(),
  ADATOM_S3_SECRET_ACCESS_KEY: z.string().optional(),
  ADATOM_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
