/** How many event streams are open, in all and per client. */

export interface StreamCounter {
  /** False when the client or the server has enough of them. */
  readonly enter: (client: string) => boolean;
  readonly leave: (client: string) => void;
  readonly open: () => number;
}

export function streamCounter(limits: { readonly streams: number; readonly streamsPerKey: number }): StreamCounter {
  const byClient = new Map<string, number>();
  let all = 0;
  return {
    enter: (client) => {
      const own = byClient.get(client) ?? 0;
      if (all >= limits.streams || own >= limits.streamsPerKey) return false;
      byClient.set(client, own + 1);
      all += 1;
      return true;
    },
    leave: (client) => {
      const own = byClient.get(client) ?? 0;
      if (own <= 1) byClient.delete(client);
      else byClient.set(client, own - 1);
      all -= 1;
    },
    open: () => all,
  };
}
