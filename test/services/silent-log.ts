/** A log that keeps quiet: tests look at what happens, not at what is told about it. */
import type { Log } from '../../model/log.ts';

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
