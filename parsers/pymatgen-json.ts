/**
 * A structure as pymatgen writes it, `Structure.as_dict()` as JSON: of a file by itself, or under `structure` of a larger
 * document (a task, an entry). Selective dynamics are kept.
 *
 * The mistake avoided here: the first species of a disordered site for the atom there. Such a structure is refused, as is
 * a molecule, which has no lattice. Source: pymatgen, `core/structure.py` and `core/lattice.py`.
 */
import { z } from 'zod';
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { isElement } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import { toCartesian, type Vector3, volume } from '../model/lattice.ts';
import type { Structure } from '../model/structure.ts';
import { unreadableRecord } from './shared/fault.ts';
import type { ParserDefinition } from './shared/parser.ts';

export const pymatgenJsonParser: ParserDefinition = {
  format: 'pymatgen-json',
  title: 'pymatgen Structure.as_dict() as JSON',
  // Any file may be named .json.
  matchesName: () => false,
  matchesContent: (head) => /^\s*\{/.test(head) && /"@module"\s*:\s*"pymatgen\./.test(head),
  parse,
};

/** A structure of thousands of atoms has a few MB. */
const MOST_BYTES = 256 * 1024 * 1024;

const finite = z.number();
const vector = z.tuple([finite, finite, finite]);
const structureSchema = z.object({
  lattice: z.object({ matrix: z.tuple([vector, vector, vector]) }),
  sites: z
    .array(
      z.object({
        species: z.array(z.object({ element: z.string(), occu: finite })),
        abc: vector.optional(),
        xyz: vector.optional(),
        label: z.string().optional(),
        properties: z.object({ selective_dynamics: z.unknown() }).partial().nullish(),
      }),
    )
    .min(1),
});
type Told = z.infer<typeof structureSchema>;
type Site = Told['sites'][number];

function parse(source: ByteSource): FileRecord {
  if (source.sizeBytes > MOST_BYTES) return unreadableRecord('pymatgen-json', 'a file too large for one structure');
  const text = textOf(source);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const problem = notJson(text, error);
    return faulty(problem, problem.code === 'E_TRUNCATED' ? 'truncated' : 'unreadable');
  }
  const told = structureSchema.safeParse(structurePart(document));
  if (!told.success) {
    const [first] = told.error.issues;
    const where = first?.path.join('.') || 'the document';
    return faulty(
      fault('a structure with lattice and sites', `at ${where}: ${first?.message ?? 'something else'}`),
      'unreadable',
    );
  }
  const structure = structureOf(told.data);
  if ('code' in structure) return faulty(structure, 'unreadable');
  const whole = { byteOffset: 0, byteLength: source.sizeBytes };
  return { format: 'pymatgen-json', completeness: 'complete', structure, places: { structure: whole }, issues: [] };
}

function textOf(source: ByteSource): string {
  const bytes = new Uint8Array(source.sizeBytes);
  let at = 0;
  while (at < bytes.length) {
    const count = source.read(bytes.subarray(at), at);
    if (count <= 0) break;
    at += count;
  }
  return Buffer.from(bytes.subarray(0, at)).toString('utf8');
}

function faulty(problem: Issue, completeness: 'unreadable' | 'truncated'): FileRecord {
  return { format: 'pymatgen-json', completeness, places: {}, issues: [problem] };
}

function fault(expected: string, found: string): Issue {
  return issue('E_SYNTAX', { expected, found }, { line: 1, byteOffset: 0 });
}

/** With the line, where the engine says at which character it stopped. */
function notJson(text: string, error: unknown): Issue {
  const reason = String(error).replace(/^\w+: /, '');
  const position = /position (\d+)/.exec(reason)?.[1];
  const before = text.slice(0, Number(position ?? 0));
  const where = { line: before.split('\n').length, byteOffset: Buffer.byteLength(before) };
  if (isCut(text, reason, position)) {
    return issue('E_TRUNCATED', { expected: 'a whole JSON document', found: 'the end of the file' }, where);
  }
  return issue('E_SYNTAX', { expected: 'JSON', found: reason.replace(/\s+/g, ' ') }, where);
}

function isCut(text: string, reason: string, position: string | undefined): boolean {
  return /Unexpected end|Unterminated/.test(reason) || text.slice(Number(position ?? 0)).trim() === '';
}

function structurePart(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || 'sites' in document) return document;
  return 'structure' in document ? document.structure : document;
}

function structureOf({ lattice: { matrix }, sites }: Told): Structure | Issue {
  if (!(volume(matrix) > 0)) return fault('a lattice that spans a volume', 'one that does not');
  const species: string[] = [];
  const places: Vector3[] = [];
  for (const [at, site] of sites.entries()) {
    const [only, ...others] = site.species;
    const place = site.abc === undefined ? site.xyz : toCartesian(site.abc, matrix);
    if (only === undefined || others.length > 0 || Math.abs(only.occu - 1) > 1e-3) {
      return fault('sites that one element occupies wholly', `sites.${at}: ${JSON.stringify(site.species)}`);
    }
    if (!isElement(only.element))
      return issue('W_UNKNOWN_ELEMENT', { symbol: only.element }, { line: 1, byteOffset: 0 });
    if (place === undefined) return fault('abc or xyz of each site', `sites.${at} without`);
    species.push(only.element);
    places.push(place);
  }
  const flags = sites.map(flagsOf);
  return {
    latticeAngstrom: matrix,
    species,
    cartesianAngstrom: Float64Array.from(places.flat()),
    ...(flags.every((row) => row !== undefined) && { selectiveDynamics: Uint8Array.from(flags.flat()) }),
  };
}

function flagsOf({ properties }: Site): readonly number[] | undefined {
  const told = z.tuple([z.boolean(), z.boolean(), z.boolean()]).safeParse(properties?.selective_dynamics);
  return told.success ? told.data.map(Number) : undefined;
}
