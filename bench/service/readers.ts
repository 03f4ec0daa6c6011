/** Many readers at once, each asking again as soon as it is answered, until the work beside them is over. */
import { ask, type Client } from '../shared/client.ts';

export interface ReadersFigures {
  readonly readers: number;
  readonly requests: number;
  readonly errors: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

const QUERIES = [
  '/v1/candidates?where=adsorption-energy<=-0.3&where=migration-barrier<=0.5&where=surface-energy>=0.1&limit=50',
  '/v1/candidates?sort=-score&limit=20',
  '/v1/screenings?limit=10',
];

export async function readConcurrently(
  service: Client,
  readers: number,
  until: Promise<unknown>,
): Promise<ReadersFigures> {
  let over = false;
  const end = until.finally(() => {
    over = true;
  });
  const milliseconds: number[] = [];
  let errors = 0;
  const read = async (index: number): Promise<void> => {
    for (let turn = index; !over; turn += 1) {
      const started = performance.now();
      try {
        await ask(service, encodeURI(QUERIES[turn % QUERIES.length] ?? ''));
        milliseconds.push(performance.now() - started);
      } catch {
        // What went wrong does not matter here, that it did is the figure.
        errors += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: readers }, (_, index) => read(index)));
  await end;
  const sorted = milliseconds.sort((a, b) => a - b);
  const quantile = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { readers, requests: sorted.length, errors, p50Milliseconds: quantile(0.5), p99Milliseconds: quantile(0.99) };
}
