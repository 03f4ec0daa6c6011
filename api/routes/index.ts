/** The routes there are, one file per noun. A new one is its file, its line here and its test. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { archives } from './archives.ts';
import { audit } from './audit.ts';
import { candidates } from './candidates.ts';
import { catalogue } from './catalogue.ts';
import { compute } from './compute.ts';
import { deadLetters } from './dead-letters.ts';
import { events } from './events.ts';
import { excerpt } from './excerpt.ts';
import { exportRoutes } from './exports.ts';
import { expression } from './expression.ts';
import { health } from './health.ts';
import { keys } from './keys.ts';
import { queueBoard } from './queue-board.ts';
import { rankings } from './rankings.ts';
import { results } from './results.ts';
import { screenings } from './screenings.ts';
import { structures } from './structures.ts';
import { uploadContents } from './upload-contents.ts';
import { uploads } from './uploads.ts';

export const ROUTES: readonly FastifyPluginAsyncZod[] = [
  archives,
  audit,
  candidates,
  catalogue,
  compute,
  deadLetters,
  events,
  excerpt,
  exportRoutes,
  expression,
  health,
  keys,
  queueBoard,
  rankings,
  results,
  screenings,
  structures,
  uploadContents,
  uploads,
];
