/** What has been started, to be stopped from the last to the first. */

export interface StopList {
  readonly add: (stop: () => Promise<void>) => void;
  /** Stops the rest also when one fails to stop; throws the first failure then. May be called again. */
  readonly stopAll: () => Promise<void>;
}

export function openStopList(): StopList {
  const stops: (() => Promise<void>)[] = [];
  return {
    add: (stop) => {
      stops.push(stop);
    },
    stopAll: async () => {
      const failures: unknown[] = [];
      for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
        await stop().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
