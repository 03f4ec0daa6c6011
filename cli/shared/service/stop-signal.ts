/**
 * SIGTERM, SIGINT and SIGHUP (the terminal was closed) as a promise: the first one asks to stop in order, the second one ends the program at once.
 *
 * The program's own answer to Ctrl-C, to end at once, is taken away: it would leave a database that must recover.
 */
export interface StopSignal {
  readonly received: Promise<void>;
}

/** 128 + the number of the signal, as shells count. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export function untilStopSignal(): StopSignal {
  process.removeAllListeners('SIGINT');
  const received = new Promise<void>((resolve) => {
    let isStopping = false;
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isStopping) process.exit(EXIT_CODES[signal]);
        isStopping = true;
        resolve();
      });
    }
  });
  return { received };
}
