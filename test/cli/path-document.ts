/** The JSON of `adatom neb` as the tests read it. */
import { expect } from 'vitest';
import { type Run, runAdatom } from './run-adatom.ts';

export interface Extremum {
  readonly distanceAngstrom: number;
  readonly energyEv: number;
  readonly endpoint?: true;
}

export interface PathDocument {
  readonly images: readonly (Readonly<Record<string, number>> & {
    readonly climbing: boolean;
    readonly source: string;
  })[];
  readonly forwardBarrierEv?: number;
  readonly reverseBarrierEv?: number;
  readonly reactionEnergyEv?: number;
  readonly spanEv?: number;
  readonly method?: string;
  readonly interpolations?: Readonly<
    Record<string, { readonly maxima: readonly Extremum[]; readonly minima: readonly Extremum[] }>
  >;
  readonly issues: readonly {
    readonly code: string;
    readonly severity: string;
    readonly where: { readonly file: string };
  }[];
}

export async function path(args: readonly string[], cwd: string): Promise<PathDocument> {
  const run = await runAdatom(['neb', ...args, '--json'], { cwd });
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return documentOf(run);
}

export function documentOf(run: Run): PathDocument {
  return JSON.parse(run.stdout) as PathDocument;
}

export function codes({ issues }: PathDocument): string[] {
  return [...new Set(issues.map((entry) => entry.code))];
}

export function insideMaxima(document: PathDocument, name: string): readonly Extremum[] {
  return (document.interpolations?.[name]?.maxima ?? []).filter((point) => point.endpoint !== true);
}
