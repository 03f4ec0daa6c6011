/**
 * A server that is away for a minute is told once when it goes and once when it is back, not with every attempt.
 */
import { AdatomError } from '../../model/errors.ts';
import type { Log } from '../../model/log.ts';

export interface OutageLog {
  /** Runs `work`; a failure is told and not thrown. */
  readonly watch: (work: () => Promise<void>) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly succeeded: () => void;
}

export function openOutageLog(what: string, log: Log): OutageLog {
  let isOut = false;
  const failed = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    if (isOut) log.debug({ what, error: message }, 'still waiting');
    else if (error instanceof AdatomError && error.class !== 'transient') log.error({ what, error: message }, 'failed');
    else log.warn({ what, error: message }, 'a server does not answer; trying again until it does');
    isOut = true;
  };
  const succeeded = (): void => {
    if (isOut) log.info({ what }, 'going on');
    isOut = false;
  };
  return {
    failed,
    succeeded,
    watch: async (work) => {
      try {
        await work();
        succeeded();
      } catch (error) {
        failed(error);
      }
    },
  };
}
