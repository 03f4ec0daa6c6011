/**
 * The OpenAPI document, made from the schemas that requests are read by, and the page that shows it.
 *
 * What holds for every route is added to it here: the problem documents it may answer and the scope its key needs.
 */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { problemSchema } from '../schemas/problem-schema.ts';
import { contentSecurityHeader } from './protection.ts';

export const openapi = fastifyPlugin(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Adatom',
          description: DESCRIPTION,
          version: app.adatom.adatomVersion,
          license: { name: 'MIT', identifier: 'MIT' },
        },
        components: {
          securitySchemes: {
            key: { type: 'http', scheme: 'bearer', description: 'A key of the project: `adatom keys create`' },
          },
        },
        tags: TAGS.map(([name, description]) => ({ name, description })),
      },
      transform: (route) => {
        const { schema, url } = zodTransform(route);
        const isIdempotent = route.route.config?.idempotent === true;
        return { url, schema: isIdempotent ? { ...schema, headers: IDEMPOTENCY_HEADERS } : schema };
      },
    });
    app.addHook('onRoute', (route) => {
      const { schema, config } = route;
      if (schema === undefined || schema.hide === true) return;
      route.schema = {
        ...schema,
        // A schema's responses are a record by status; fastify types them as unknown.
        response: { ...(schema.response as object | undefined), '4xx': REFUSAL, '5xx': FAILURE },
        security: config?.scope === undefined ? [] : [{ key: [config.scope] }],
      };
    });
    await app.register(pages);
  },
  { name: 'openapi' },
);

const DESCRIPTION = `Ranks facets and coatings for metal anodes from folders of finished VASP calculations.

Lists answer \`{"rows": […], "next"?: cursor}\`; the cursor is handed back as \`after\`. Numbers carry their unit in the
name. Refusals are problem documents (RFC 9457) with a \`code\`, and \`faults\` where a request does not fit.`;

const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['screenings', 'Folders handed in, and how far they are'],
  ['rankings', 'Orders of the same candidates by other profiles'],
  ['results', 'What a screening found: calculations, systems, links, paths, issues'],
  ['candidates', 'Questions across screenings'],
  ['exports', 'Results in other formats, and the text behind a value'],
  ['uploads', 'Files and archives handed in over HTTP'],
  ['catalogue', 'Descriptors and profiles there are'],
  ['compute', 'One quantity from plain numbers'],
  ['administration', 'Keys, audit, failed jobs'],
  ['service', 'How the service is'],
];

const zodTransform = createJsonSchemaTransform({});
/** Only told, not a schema of the route: one would cut all other headers out of the request. */
const IDEMPOTENCY_HEADERS = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      pattern: '^[\\x21-\\x7e]{1,200}$',
      description: 'A request that is repeated with the same key answers what the first one did',
    },
  },
} as const;

const problemContent = { 'application/problem+json': { schema: problemSchema } };
const REFUSAL = { description: 'The request is refused; nothing was changed', content: problemContent };
const FAILURE = { description: 'The service failed or is overloaded', content: problemContent };

/** The widened policy stays with the page: plugin and hook are in a scope of their own. */
async function pages(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  // The page sets styles as it is drawn; its scripts are files.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityHeader({ styleSrc: ["'self'", "'unsafe-inline'"] }));
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { url: '/openapi.json', docExpansion: 'none', defaultModelsExpandDepth: 0 },
    theme: { title: 'Adatom API' },
  });
}
