/**
 * Calls that come together become one call: many small jobs share one transaction, and each still waits for its own.
 */
export interface BatchOptions {
  /** How long the first call waits for others. */
  readonly delayMs: number;
  readonly largest: number;
}

/** `act` gets the items of one batch; its result or failure is that of every call in it. */
export function batched<T, R>(
  act: (items: readonly T[]) => Promise<R>,
  { delayMs, largest }: BatchOptions,
): (item: T) => Promise<R> {
  let gathering: { readonly items: T[]; readonly result: Promise<R>; readonly start: () => void } | undefined;

  function open(): NonNullable<typeof gathering> {
    const items: T[] = [];
    let start = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const timer = setTimeout(start, delayMs);
    const result = started.then(() => {
      clearTimeout(timer);
      if (gathering?.items === items) gathering = undefined;
      return act(items);
    });
    return { items, result, start };
  }

  return (item) => {
    gathering ??= open();
    const { items, result, start } = gathering;
    items.push(item);
    if (items.length >= largest) {
      gathering = undefined;
      start();
    }
    return result;
  };
}
