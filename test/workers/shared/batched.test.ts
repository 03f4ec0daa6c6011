import { describe, expect, it } from 'vitest';
import { batched } from '../../../workers/shared/batched.ts';

describe('calls in batches', () => {
  it('that come together are one call, and each gets its result', async () => {
    const batches: (readonly number[])[] = [];
    const call = batched(
      async (items: readonly number[]) => {
        batches.push([...items]);
        return items.length;
      },
      { delayMs: 5, largest: 10 },
    );
    expect(await Promise.all([call(1), call(2), call(3)])).toEqual([3, 3, 3]);
    expect(await call(4)).toBe(1);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('are at most so many, and none is left out', async () => {
    const batches: number[][] = [];
    const call = batched(
      async (items: readonly number[]) => {
        batches.push([...items]);
      },
      { delayMs: 5, largest: 2 },
    );
    await Promise.all([1, 2, 3, 4, 5].map((item) => call(item)));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('fail together, and the next batch is not harmed', async () => {
    let isOut = true;
    const call = batched(
      async (items: readonly string[]) => {
        if (isOut) throw new Error('no database');
        return items.join();
      },
      { delayMs: 1, largest: 10 },
    );
    const both = await Promise.allSettled([call('a'), call('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isOut = false;
    expect(await call('c')).toBe('c');
  });
});
