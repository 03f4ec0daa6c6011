/** All rows of a paged list of the store, a page at a time. */
import type { Page, PageRequest } from '../../store/store.ts';

const ROWS_AT_ONCE = 200;

/** `first` is handed in, because its absence is the caller's answer: the list does not exist. */
export async function* allRows<T>(
  first: Page<T>,
  nextPage: (page: PageRequest) => Promise<Page<T> | undefined>,
): AsyncGenerator<T> {
  let page: Page<T> | undefined = first;
  while (page !== undefined) {
    yield* page.rows;
    page = page.next === undefined ? undefined : await nextPage({ limit: ROWS_AT_ONCE, after: page.next });
  }
}

export const FIRST_PAGE: PageRequest = { limit: ROWS_AT_ONCE };
