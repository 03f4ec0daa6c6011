/** The files of a screening as the store gives them back, in the bytes of `adatom screen`. */
import type { StoredScreening } from '../../model/service.ts';
import { screeningResult } from '../../pipeline/screen.ts';
import { adatomVersion } from '../../reading/version.ts';
import type { Store } from '../../store/store.ts';

export interface ScreeningFiles {
  readonly 'ranking.json': string;
  readonly 'calculations.ndjson': string;
}

export async function storedFiles(store: Store, { id, project, ranking }: StoredScreening): Promise<ScreeningFiles> {
  const stored = ranking === undefined ? undefined : await store.results.result(project, ranking);
  if (stored === undefined) throw new Error(`screening ${id} has no ranking`);
  const { ion, protocol } = stored.request;
  const result = screeningResult(
    { ...stored, counts: stored.assembly.counts },
    { adatomVersion: adatomVersion(), ion, ...(protocol !== undefined && { protocol }) },
  );
  const lines: string[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.results.calculations(project, id, { limit: 100, ...(after !== undefined && { after }) });
    lines.push(...(page?.rows ?? []).map(({ line }) => `${JSON.stringify(line)}\n`));
    after = page?.next;
  }
  return { 'ranking.json': `${JSON.stringify(result, null, 1)}\n`, 'calculations.ndjson': lines.join('') };
}
