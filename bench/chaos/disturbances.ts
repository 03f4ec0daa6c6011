/** What goes wrong on purpose, each kind at its own pace and a fixed number of times. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Disturbance {
  readonly name: string;
  readonly times: number;
  /** Between the end of one and the begin of the next. */
  readonly pauseMilliseconds: number;
  readonly act: (index: number) => Promise<void>;
}

/** All kinds side by side; how often each was done, once all are through. */
export async function disturb(disturbances: readonly Disturbance[]): Promise<Readonly<Record<string, number>>> {
  const done = await Promise.all(
    disturbances.map(async ({ name, times, pauseMilliseconds, act }) => {
      for (let index = 0; index < times; index += 1) {
        await wait(pauseMilliseconds);
        await act(index);
      }
      return [name, times] as const;
    }),
  );
  return Object.fromEntries(done);
}
