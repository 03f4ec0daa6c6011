/** A quantity that the client defines, tried on numbers: whether it is allowed, its unit, its value. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RANKING_FIELDS } from '../../model/candidate-query.ts';
import { AdatomError } from '../../model/errors.ts';
import { nearest } from '../../model/schema-wording.ts';
import { compileExpression, type ExpressionName, statedUnit } from '../../pipeline/derived-quantity.ts';

const derived = {
  expression: z.string(),
  uses: z.array(z.string()).readonly().describe('identifiers whose values are needed'),
  unit: z.string(),
};

export const expression: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/v1/expression',
    config: { scope: 'read' },
    schema: {
      summary: 'Evaluate an expression over descriptor values',
      description:
        'Identifiers are written with underscores: `adsorption_energy + 0.5 * max(0, migration_barrier)`. Arithmetic, comparisons, `? :`, and functions of numbers; nothing else.',
      tags: ['compute'],
      body: z.strictObject({
        expression: z.string().max(10_000),
        values: z.record(z.string(), z.number()).default({}).describe('by identifier, in the unit of the catalogue'),
        unit: z
          .string()
          .max(50)
          .exactOptional()
          .describe('of the result; must be the one that follows, unless that is 1'),
      }),
      response: {
        200: z.discriminatedUnion('available', [
          z.strictObject({ ...derived, available: z.literal(true), value: z.number() }),
          z.strictObject({
            ...derived,
            available: z.literal(false),
            reason: z.string(),
            missing: z.array(z.string()).readonly(),
          }),
        ]),
      },
    },
    handler: async ({ body }) => {
      const names: readonly ExpressionName[] = [
        ...app.adatom.store.candidates.fields(),
        ...RANKING_FIELDS.map((identifier) => ({ identifier })),
      ];
      const quantity = compileExpression(body.expression, names);
      const unit = body.unit === undefined ? quantity.unit : statedUnit(quantity, body.unit);
      checkNames(Object.keys(body.values), names);
      return { expression: quantity.expression, uses: quantity.uses, unit, ...quantity.evaluate(body.values) };
    },
  });
};

/** A misspelt value would otherwise read as a missing one. */
function checkNames(given: readonly string[], names: readonly ExpressionName[]): void {
  const known = names.map(({ identifier }) => identifier);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const question = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new AdatomError('request', `values: unknown name "${unknown.slice(0, 100)}".${question}`);
}
