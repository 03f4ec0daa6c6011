/**
 * Name under which every `*-thread.ts` exports what a thread of a pool does with a task.
 *
 * Never the default export: Piscina loads the file with `require`, for which Node wraps a module with a default export
 * into a second one, and a process that exits in that moment (Ctrl-C while the threads start) aborts: `Assertion failed:
 * facade->InstantiateModule`, seen with Node 20.20.2.
 */
export const THREAD_HANDLER = 'onTask';
