/** The routes there are, one file per noun. A new one is its file, its line here and its test. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { catalogue } from './catalogue.ts';

export const ROUTES: readonly FastifyPluginAsyncZod[] = [catalogue];
