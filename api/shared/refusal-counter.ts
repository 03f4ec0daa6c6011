/** Counts refused keys per address in the running minute, so that guessing does not cost a look-up per guess. */

export interface RefusalCounter {
  readonly count: (address: string, nowMilliseconds: number) => void;
  /** 0 while the address may try. */
  readonly secondsToWait: (address: string, nowMilliseconds: number) => number;
}

const WINDOW_MILLISECONDS = 60_000;
/** Addresses remembered at once; the oldest is forgotten, so that memory stays bounded. */
const ADDRESSES = 10_000;

export function refusalCounter(perMinute: number): RefusalCounter {
  const windows = new Map<string, { readonly since: number; readonly refused: number }>();
  const windowOf = (address: string, now: number) => {
    const window = windows.get(address);
    return window !== undefined && now - window.since < WINDOW_MILLISECONDS ? window : undefined;
  };
  return {
    count: (address, now) => {
      const window = windowOf(address, now);
      windows.delete(address);
      windows.set(address, { since: window?.since ?? now, refused: (window?.refused ?? 0) + 1 });
      const oldest = windows.keys().next();
      if (windows.size > ADDRESSES && oldest.done !== true) windows.delete(oldest.value);
    },
    secondsToWait: (address, now) => {
      const window = windowOf(address, now);
      if (window === undefined || window.refused < perMinute) return 0;
      return Math.ceil((window.since + WINDOW_MILLISECONDS - now) / 1000);
    },
  };
}
