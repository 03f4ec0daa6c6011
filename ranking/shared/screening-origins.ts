/**
 * What two screenings made their values of: versions of the definitions and bytes of the files.
 *
 * The mistake avoided here: a value that moved because its definition did looks like a new calculation. Files are paired
 * by what they are in a value (`E(slab)` of a candidate), not by path: a folder that was moved holds the same bytes.
 */
import { z } from 'zod';
import type { InputChange, OriginChanges } from '../../model/ranking-change.ts';

const inputSchema = z.looseObject({ name: z.string(), file: z.string(), sha256: z.string() });

/** Of the result of a screening only what is asked for here. */
const originsSchema = z.looseObject({
  adatomVersion: z.string(),
  definitions: z.array(z.looseObject({ identifier: z.string(), version: z.number() })),
  candidates: z.array(
    z.looseObject({
      id: z.string(),
      descriptors: z.record(z.string(), z.looseObject({ inputs: z.array(inputSchema).optional() })),
    }),
  ),
});

export type ScreeningOrigins = z.output<typeof originsSchema>;

/** Undefined of a table that is no result of a screening. */
export function screeningOrigins(document: unknown): ScreeningOrigins | undefined {
  return originsSchema.safeParse(document).data;
}

export function originChanges(before: ScreeningOrigins, after: ScreeningOrigins): OriginChanges {
  const versions = { before: before.adatomVersion, after: after.adatomVersion };
  return {
    ...(versions.before !== versions.after && { adatomVersion: versions }),
    definitionChanges: definitionChanges(before, after),
    inputChanges: inputChanges(before, after),
  };
}

function definitionChanges(before: ScreeningOrigins, after: ScreeningOrigins): OriginChanges['definitionChanges'] {
  const [olds, news] = [before, after].map(
    ({ definitions }) => new Map(definitions.map(({ identifier, version }) => [identifier, version])),
  );
  return [...new Set([...(olds?.keys() ?? []), ...(news?.keys() ?? [])])].sort().flatMap((descriptor) => {
    const then = olds?.get(descriptor);
    const now = news?.get(descriptor);
    if (then === now) return [];
    return [{ descriptor, ...(then !== undefined && { before: then }), ...(now !== undefined && { after: now }) }];
  });
}

type Input = z.output<typeof inputSchema>;

/** By file, of candidates that are in both. */
function inputChanges(before: ScreeningOrigins, after: ScreeningOrigins): InputChange[] {
  const olds = inputsOf(before);
  const ids = new Set(before.candidates.map(({ id }) => id));
  const news = inputsOf({ ...after, candidates: after.candidates.filter(({ id }) => ids.has(id)) });
  const kept = new Set(after.candidates.map(({ id }) => id));
  const found = new Map<string, InputChange>();
  for (const key of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
    const old = olds.get(key);
    const now = news.get(key);
    const shown = now ?? old;
    if (shown === undefined || !kept.has(shown.id) || old?.input.sha256 === now?.input.sha256) continue;
    const sides = {
      ...(old !== undefined && { fileBefore: old.input.file, sha256Before: old.input.sha256 }),
      ...(now !== undefined && { fileAfter: now.input.file, sha256After: now.input.sha256 }),
    };
    const pair = JSON.stringify(sides);
    const { values = [] } = found.get(pair) ?? {};
    const isTold = values.some(({ id, descriptor }) => id === shown.id && descriptor === shown.descriptor);
    const value = { id: shown.id, descriptor: shown.descriptor };
    found.set(pair, { ...sides, values: isTold ? values : [...values, value] });
  }
  return [...found.values()];
}

interface Used {
  readonly id: string;
  readonly descriptor: string;
  readonly input: Input;
}

/** By candidate, descriptor, and what the file is in the value; several of one name by their turn. */
function inputsOf({ candidates }: ScreeningOrigins): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>();
  for (const { id, descriptors } of candidates) {
    for (const [descriptor, { inputs = [] }] of Object.entries(descriptors)) {
      const turns = new Map<string, number>();
      for (const input of inputs) {
        const turn = (turns.get(input.name) ?? 0) + 1;
        turns.set(input.name, turn);
        used.set(JSON.stringify([id, descriptor, input.name, turn]), { id, descriptor, input });
      }
    }
  }
  return used;
}
