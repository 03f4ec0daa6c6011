/** One quantity from plain numbers, by the code that a screening runs: `adatom calc` over HTTP. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { computeQuantity, quantityNamed } from '../../pipeline/compute-descriptor.ts';
import { quantityDocument, quantityList } from '../../pipeline/quantity-document.ts';
import { Problem } from '../problem.ts';

const document = z.record(z.string(), z.unknown());

export const compute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/v1/compute',
    config: { scope: 'read' },
    schema: {
      summary: 'Quantities that can be computed, with their inputs',
      tags: ['compute'],
      response: { 200: z.strictObject({ quantities: z.array(document) }) },
    },
    // A JSON document by construction; its shape is told by `adatom calc --json`.
    handler: async () => quantityList() as { quantities: Record<string, unknown>[] },
  });

  app.route({
    method: 'POST',
    url: '/v1/compute/:name',
    config: { scope: 'read' },
    schema: {
      summary: 'Compute one quantity; its name or symbol, or that of an alias',
      description: '422 with the reasons as `issues` where the inputs give no value.',
      tags: ['compute'],
      params: z.strictObject({ name: z.string().min(1).max(100) }),
      body: z.strictObject({ inputs: z.record(z.string(), z.unknown()) }),
      response: { 200: document },
    },
    handler: async ({ params, body }) => {
      const quantity = quantityNamed(params.name);
      const result = computeQuantity(quantity, body.inputs);
      if (result.available) return { ...quantityDocument(quantity, result) };
      const reason = result.reasons.find(({ severity }) => severity === 'error')?.message ?? 'there is no value';
      throw new Problem(422, 'unanswerable', `${quantity.name}: ${reason}`, { issues: result.reasons });
    },
  });
};
