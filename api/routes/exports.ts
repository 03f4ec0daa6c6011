/** A whole screening as a file of one of the formats in exports/, streamed. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type Chunks,
  EXPORTS,
  type ExportContext,
  type ExportFormat,
  type ScreeningFormat,
  screeningFormats,
} from '../../exports/index.ts';
import type { StoredRanking, StoredScreening } from '../../model/service.ts';
import { screeningResult } from '../../pipeline/screen.ts';
import type { ApiContext } from '../context.ts';
import { notFound, Problem } from '../problem.ts';
import { idParams } from '../schemas/request-schema.ts';
import { allRows, FIRST_PAGE } from '../shared/all-pages.ts';
import { exportContent, safeFileName, sendExport } from '../shared/send-export.ts';

export const exportRoutes = exportsAs(EXPORTS);

/** The routes for a list of formats. */
export function exportsAs(all: readonly ExportFormat[]): FastifyPluginAsyncZod {
  const formats = new Map(screeningFormats(all).map((format) => [format.identifier, format]));
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/v1/screenings/:id/exports/:format',
      config: { scope: 'read' },
      schema: {
        summary: 'A screening as a file',
        description: [...formats.values()].map(({ identifier, title }) => `- \`${identifier}\`: ${title}`).join('\n'),
        tags: ['exports'],
        params: idParams.extend({ format: z.enum([...formats.keys()]) }),
        querystring: z.strictObject({ ranking: z.uuid().exactOptional().describe('instead of the one that counts') }),
        response: { 200: exportContent([...formats.values()]) },
      },
      handler: async ({ principal, params, query }, reply) => {
        const format = formats.get(params.format);
        const screening = await app.adatom.store.screenings.get(principal.project, params.id);
        if (screening === undefined || format === undefined) throw notFound(`screening ${params.id}`);
        const chunks = await chunksOf(format, { api: app.adatom, screening, wanted: query.ranking });
        const fileName = safeFileName(`adatom-${screening.id.slice(0, 8)}-${format.identifier}`, format.extension);
        return sendExport(reply, { chunks, mediaType: format.mediaType, fileName });
      },
    });
  };
}

interface Source {
  readonly api: ApiContext;
  readonly screening: StoredScreening;
  /** Id of a ranking. */
  readonly wanted: string | undefined;
}

async function chunksOf(format: ScreeningFormat, source: Source): Promise<Chunks> {
  const { api, screening } = source;
  const { project, id } = screening;
  const { results } = api.store;
  const context = contextOf(api, screening.finishedAt);
  if (format.madeOf !== 'result') await refuseOtherGeneration(source);
  if (format.madeOf === 'structures') {
    const first = await results.structures(project, id, FIRST_PAGE);
    if (first === undefined) throw notAssembled(screening);
    return format.write(
      allRows(first, (page) => results.structures(project, id, page)),
      context,
    );
  }
  if (format.madeOf === 'calculations') {
    const first = await results.calculations(project, id, FIRST_PAGE);
    if (first === undefined) throw notAssembled(screening);
    const rows = allRows(first, (page) => results.calculations(project, id, page));
    return format.write(linesOf(rows), context);
  }
  const ranking = await doneRanking(source);
  const stored = await results.result(project, ranking.id);
  if (stored === undefined) throw notFound(`ranking ${ranking.id} of screening ${id}`);
  const { request, assembly, description } = stored;
  const stages = { assembly, counts: assembly.counts, description, ranking: stored.ranking };
  const result = screeningResult(stages, {
    adatomVersion: api.adatomVersion,
    ...request,
    profile: ranking.profile,
  });
  return format.write(result, contextOf(api, ranking.finishedAt));
}

async function* linesOf<T>(rows: AsyncIterable<{ readonly line: T }>): AsyncGenerator<T> {
  for await (const { line } of rows) yield line;
}

function contextOf({ adatomVersion }: ApiContext, finishedAt: string | undefined): ExportContext {
  return finishedAt === undefined ? { adatomVersion } : { adatomVersion, finishedAt };
}

/** The wanted ranking or the one that counts; a ranking of another screening does not exist here. */
async function doneRanking({ api, screening, wanted = screening.ranking }: Source): Promise<StoredRanking> {
  if (wanted === undefined) {
    throw new Problem(409, 'not-ranked', `screening ${screening.id} has no ranking yet (${screening.state})`);
  }
  const rankings = await api.store.screenings.rankings(screening.project, screening.id);
  const ranking = rankings.find(({ id }) => id === wanted);
  if (ranking === undefined) throw notFound(`ranking ${wanted} of screening ${screening.id}`);
  if (ranking.state === 'done') return ranking;
  const failure = ranking.failure === undefined ? '' : `: ${ranking.failure}`;
  throw new Problem(409, 'not-ranked', `ranking ${wanted} is ${ranking.state}${failure}`);
}

/** Calculations and structures are kept of one generation: those of another ranking would be given out under its name. */
async function refuseOtherGeneration(source: Source): Promise<void> {
  const { api, screening, wanted } = source;
  if (wanted === undefined || wanted === screening.ranking) return;
  const { generation } = await doneRanking(source);
  const rankings = await api.store.screenings.rankings(screening.project, screening.id);
  if (rankings.find(({ id }) => id === screening.ranking)?.generation === generation) return;
  const detail = `ranking ${wanted} is of generation ${generation}, whose calculations are not given out any more`;
  throw new Problem(409, 'other-generation', detail);
}

function notAssembled({ id, state }: StoredScreening): Problem {
  return new Problem(409, 'not-assembled', `screening ${id} has no calculations yet (${state})`);
}
