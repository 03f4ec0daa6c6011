/** The routes there are, one file per noun. A new one is its file, its line here and its test. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { catalogue } from './catalogue.ts';
import { compute } from './compute.ts';
import { excerpt } from './excerpt.ts';
import { exportRoutes } from './exports.ts';
import { expression } from './expression.ts';
import { structures } from './structures.ts';

export const ROUTES: readonly FastifyPluginAsyncZod[] = [
  catalogue,
  compute,
  excerpt,
  exportRoutes,
  expression,
  structures,
];
