/**
 * The NEB folder a user means: the named folder, or the only one below it.
 *
 * The mistake avoided here: missing an endpoint whose OUTCAR is a link to its relaxation. In a whole tree such links are
 * not followed out of the tree; in a folder that was named, what its images hold counts wherever it lies.
 */
import { join } from 'node:path';
import { countingRun, type FoundBand, type FoundImage, findRuns } from '../../intake/find-runs.ts';
import type { FoundRun } from '../../intake/run-files.ts';
import { childPath } from '../../intake/walk.ts';
import { AdatomError } from '../../model/errors.ts';
import type { Issue } from '../../model/issues.ts';
import { folderContent, namesIn, pathKind } from './named-folder.ts';

export interface NamedBand {
  readonly band: FoundBand;
  /** The runs in its images. */
  readonly imageRuns: readonly FoundRun[];
  /** Runs below the named folder that are in no band. */
  readonly otherRuns: readonly FoundRun[];
  readonly issues: readonly Issue[];
}

/** Throws `AdatomError`: `unanswerable` when there is no band in the folder, `request` when there are several. */
export function findBand(folder: string): NamedBand {
  const found = findRuns([folder]);
  const band = chosenBand(found.bands, folder);
  const completed = band.images.length === 0 ? [] : completedImages(band, folder);
  const linked = completed.flatMap(({ linkedRun }) => linkedRun ?? []);
  const images = completed.map(({ image }) => image);
  const ids = new Set(images.map((image) => image.run));
  const inBands = new Set([...found.bands.flatMap((other) => other.images), ...images].map((image) => image.folder));
  return {
    band: { ...band, images },
    imageRuns: [...found.runs.filter((run) => ids.has(run.id)), ...linked],
    otherRuns: found.runs.filter((run) => !ids.has(run.id) && !inBands.has(run.folder)),
    issues: found.issues.filter(
      ({ code, where }) => code !== 'W_LINK_NOT_FOLLOWED' && isInside(where.file ?? '.', band.folder),
    ),
  };
}

function chosenBand(bands: readonly FoundBand[], folder: string): FoundBand {
  const withImages = bands.filter((band) => band.images.length > 0);
  const own = bands.find((band) => band.folder === '.');
  if (own !== undefined && (own.images.length > 0 || withImages.length === 0)) return own;
  const choice = withImages.length > 0 ? withImages : bands;
  const [first] = choice;
  if (first === undefined) {
    throw new AdatomError('unanswerable', `${folder}: no image folders 00, 01, … and no neb.dat in it or below it`);
  }
  if (choice.length === 1) return first;
  const list = choice.map((band) => `  ${join(folder, band.folder)}`).join('\n');
  throw new AdatomError('request', `${folder} holds ${choice.length} paths; name one of them:\n${list}`);
}

interface CompletedImage {
  readonly image: FoundImage;
  /** The run in the folder, when the search of the tree did not come to it. */
  readonly linkedRun?: FoundRun;
}

/** The images with what links in their folders, or links to whole folders, lead to. */
function completedImages(band: FoundBand, folder: string): CompletedImage[] {
  const names = namesIn(join(folder, band.folder)).filter((name) => /^\d\d$/.test(name));
  return names.flatMap((name): CompletedImage[] => {
    const path = childPath(band.folder, name);
    const absolutePath = join(folder, path);
    if (pathKind(absolutePath) !== 'folder') return [];
    const known = band.images.find((image) => image.folder === path);
    const content = folderContent(path, absolutePath);
    const linkedId = known?.run === undefined ? countingRun(content) : undefined;
    const linkedRun = content.runs.find(({ run }) => run.id === linkedId)?.run;
    const run = known?.run ?? linkedId;
    const poscar = known?.poscar ?? content.plain('poscar');
    const contcar = known?.contcar ?? content.plain('contcar');
    const image = {
      index: Number(name),
      folder: path,
      ...(run !== undefined && { run }),
      ...(poscar !== undefined && { poscar }),
      ...(contcar !== undefined && { contcar }),
    };
    return [linkedRun === undefined ? { image } : { image, linkedRun }];
  });
}

function isInside(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
