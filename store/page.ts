/** Lists are given out in pages. Part of the contract in store.ts. */

export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}
