/**
 * Requests are read through the zod schemas of their routes. Every fault is told at once, with its place, what was
 * expected and what was found; an unknown field is a fault, never silently dropped.
 */
import type { FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { pathText, readBySchema, type SchemaFault } from '../../model/schema-faults.ts';
import { Problem, type RequestFault } from '../problem.ts';

export function useZodSchemas(app: FastifyInstance): void {
  app.setValidatorCompiler<z.core.$ZodType>(({ schema, httpPart }) => (data: unknown) => {
    const reading = readBySchema(schema, data);
    return reading.valid ? { value: reading.value } : { error: refusal(partName(httpPart), reading.faults) };
  });
  app.setSerializerCompiler(serializerCompiler);
}

function partName(httpPart: string | undefined): string {
  return httpPart === 'querystring' ? 'query' : (httpPart ?? 'request');
}

/** A list of 200,000 files can be wrong 400,000 times: whoever reads the answer mends the first ones. */
const MOST_FAULTS = 100;

function refusal(part: string, schemaFaults: readonly SchemaFault[]): Problem {
  const faults = schemaFaults.slice(0, MOST_FAULTS).map((fault) => requestFault(part, fault));
  const left = schemaFaults.length - faults.length;
  const lines = faults.map(({ path, message }) => `${part}${path === '' ? '' : ` ${path}`}: ${message}`);
  if (left > 0) lines.push(`${part}: and ${left} faults more`);
  return new Problem(400, 'invalid-request', lines.join('\n'), { faults });
}

function requestFault(part: string, { path, text, expected, found }: SchemaFault): RequestFault {
  return {
    part,
    path: pathText(path),
    message: text,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  };
}
