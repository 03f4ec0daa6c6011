/**
 * A project of many screenings with candidates whose values are made from a seed. The values of a candidate hang
 * together, and its rank hangs on them, as in earnest: a query planner that takes them for independent is wrong here.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface FillPlan {
  readonly screenings: number;
  /** Of each screening. */
  readonly candidates: number;
  readonly seed: number;
}

/** Columns of the descriptors, in the order of `valuesOf`. */
export const VALUE_COLUMNS = [
  'adsorption_energy_ev',
  'nucleation_driving_force_ev',
  'migration_barrier_ev',
  'surface_energy_j_per_m2',
] as const;

/** Id of a project; of its screening `index`. */
export interface Filled {
  readonly project: string;
  readonly screenings: readonly string[];
  readonly seconds: number;
}

export async function fillCandidates(databaseUrl: string, { screenings, candidates, seed }: FillPlan): Promise<Filled> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const project = await oneId(client, `insert into projects (name) values ('bench') returning id`);
  const ids = await manyIds(
    client,
    `insert into screenings (project, stated, state) select $1, '{}', 'done' from generate_series(1, $2) returning id`,
    [project, screenings],
  );
  const rankings = await client.query<{ id: string; screening: string }>(
    `insert into rankings (project, screening, generation, profile, profile_text_sha256, seed, own, wants_current,
       is_current, state, head, candidate_count)
     select $1, id, 1, '{}', '', 1, true, true, true, 'done', '{}', $2 from screenings where project = $1
     returning id, screening`,
    [project, candidates],
  );
  const start = performance.now();
  const columns = 'project, screening, ranking, is_current, id, label, ion, rank, score, front, first_rank_probability';
  const copy = client.query(
    copyFrom(`copy candidate_rows (${columns}, tie_group, ${VALUE_COLUMNS.join(', ')}) from stdin`),
  );
  await pipeline(Readable.from(lines(project, rankings.rows, { candidates, seed })), copy);
  const seconds = (performance.now() - start) / 1000;
  await client.query('vacuum analyze candidate_rows');
  await client.end();
  return { project, screenings: ids, seconds };
}

/** A screening at a time: ranks are places in it, and every tenth candidate has none. */
function* lines(
  project: string,
  rankings: readonly { readonly id: string; readonly screening: string }[],
  { candidates, seed }: { readonly candidates: number; readonly seed: number },
): Generator<string> {
  const random = numbersFrom(seed);
  for (const { id, screening } of rankings) {
    const values = Array.from({ length: candidates }, () => valuesOf(random));
    const order = values.map((_, index) => index).sort((left, right) => scoreOf(values[right]) - scoreOf(values[left]));
    const ranks = new Map(order.map((index, place) => [index, place + 1]));
    yield values
      .map((own, index) => {
        const rank = index % 10 === 9 ? undefined : ranks.get(index);
        const place = rank === undefined ? ['\\N', '\\N', '\\N', '\\N', '\\N'] : [rank, scoreOf(own), 1, 0, rank];
        const [facet, ...rest] = [`facet-${index}`, `material ${index % 97} (${index % 7}00)`, 'Li', ...place, ...own];
        return `${[project, screening, id, 't', facet, ...rest].join('\t')}\n`;
      })
      .join('');
  }
}

/** E_ads; ΔE_nuc = E_ads + 1.6 eV and noise; the barrier grows with binding; γ by itself; every 20th barrier missing. */
function valuesOf(random: () => number): (number | string)[] {
  const adsorption = -4 + 4 * random();
  const nucleation = adsorption + 1.6 + 0.05 * (random() - 0.5);
  const barrier = Math.max(0.02, 0.1 - 0.15 * adsorption + 0.3 * (random() - 0.5));
  const surface = 0.3 + 2.7 * random();
  return [adsorption, nucleation, random() < 0.05 ? '\\N' : barrier, surface];
}

function scoreOf(values: readonly (number | string)[] | undefined): number {
  const [adsorption = 0, , barrier = 1] = (values ?? []).map((value) => (typeof value === 'number' ? value : 1));
  return Math.exp(-((adsorption + 1) ** 2)) / (1 + barrier);
}

/** xorshift32: whole numbers of 32 bits, the same everywhere. */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

async function oneId(client: pg.Client, text: string): Promise<string> {
  const [id] = await manyIds(client, text, []);
  if (id === undefined) throw new Error('no row was made');
  return id;
}

async function manyIds(client: pg.Client, text: string, values: readonly unknown[]): Promise<string[]> {
  return (await client.query<{ id: string }>(text, [...values])).rows.map(({ id }) => id);
}
