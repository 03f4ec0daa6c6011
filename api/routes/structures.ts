/** The structure of one calculation, as a file of one of the formats in exports/. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type Chunks,
  EXPORTS,
  type ExportContext,
  type ExportFormat,
  type SingleStructureFormat,
  structureFormats,
} from '../../exports/index.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import { notFound } from '../problem.ts';
import { idParams } from '../schemas/request-schema.ts';
import { exportContent, safeFileName, sendExport } from '../shared/send-export.ts';

export const structures = structuresAs(EXPORTS);

/** The routes for a list of formats. */
export function structuresAs(all: readonly ExportFormat[]): FastifyPluginAsyncZod {
  const formats = new Map(structureFormats(all).map((format) => [format.identifier, format]));
  const [first] = formats.keys();
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/v1/screenings/:id/structures/:calculation',
      config: { scope: 'read' },
      schema: {
        summary: 'The last structure of a calculation as a file',
        description: [...formats.values()].map(({ identifier, title }) => `- \`${identifier}\`: ${title}`).join('\n'),
        tags: ['exports'],
        params: idParams.extend({ calculation: z.string().min(1) }),
        querystring: z.strictObject({ format: z.enum([...formats.keys()]).default(first ?? '') }),
        response: { 200: exportContent([...formats.values()]) },
      },
      handler: async ({ principal, params, query }, reply) => {
        const format = formats.get(query.format);
        const { id, calculation } = params;
        const structure = await app.adatom.store.results.structure(principal.project, id, calculation);
        if (structure === undefined || format === undefined) {
          throw notFound(`a structure of ${calculation} in screening ${id}`);
        }
        const { adatomVersion } = app.adatom;
        const fileName = safeFileName(calculation, format.extension);
        const chunks = written(format, structure, { adatomVersion });
        return sendExport(reply, { chunks, mediaType: format.mediaType, fileName });
      },
    });
  };
}

function written(format: SingleStructureFormat, structure: StructureDocument, context: ExportContext): Chunks {
  return format.madeOf === 'structure' ? format.write(structure, context) : format.write(only(structure), context);
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}
