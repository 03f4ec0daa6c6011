/**
 * One NEB folder by itself: its images, the relaxations that may serve as its endpoints, and the path they make.
 */
import { assemblePath } from '../assembly/migration-path.ts';
import { indexRelaxations } from '../assembly/relaxation-index.ts';
import type { Band } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, type Issue } from '../model/issues.ts';
import type { PathReport } from '../model/system.ts';
import { relaxationsOutside } from './assemble-screening.ts';
import { buildBands } from './build-bands.ts';
import { describePath, type EnergyKind } from './describe-path.ts';
import { mergeCalculation } from './merge-calculation.ts';
import type { ReadTree } from './read-tree.ts';

export interface BandOptions {
  readonly energyKind: EnergyKind;
  /** Ids of the runs that are the relaxed endpoints; looked for among all runs outside the images when not given. */
  readonly start?: string;
  readonly end?: string;
}

export interface DescribedBand {
  readonly band: Band;
  readonly report: PathReport;
  /** What is remarkable in the calculations behind the energies; what forbids one stands in the report. */
  readonly imageIssues: readonly Issue[];
}

/** Takes the first band of the tree; undefined when it has none with images. */
export function describeBand(tree: ReadTree, options: BandOptions): DescribedBand | undefined {
  const calculations = tree.runs.map(mergeCalculation);
  const bands = buildBands(tree.bands, calculations);
  const [band] = bands;
  if (band === undefined) return undefined;
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const start = byId.get(options.start ?? '');
  const end = byId.get(options.end ?? '');
  const path = assemblePath(band, {
    relaxations: indexRelaxations(relaxationsOutside(calculations, bands)),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  });
  return {
    band,
    report: describePath(path, { energyKind: options.energyKind }),
    imageIssues: distinctIssues(path.images.flatMap(({ calculation }, at) => remarks(calculation, isEnd(at, path)))),
  };
}

function isEnd(at: number, { images }: { readonly images: readonly unknown[] }): boolean {
  return at === 0 || at === images.length - 1;
}

/** Images between the ends are judged by their NEB force, not by the criterion of a free relaxation. */
function remarks(calculation: Calculation | undefined, isRelaxation: boolean): Issue[] {
  return (calculation?.issues ?? []).filter(
    ({ code, severity }) => severity !== 'error' && (isRelaxation || code !== 'W_IONIC_UNCONVERGED'),
  );
}
