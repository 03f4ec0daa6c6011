/**
 * How far a band has come: finished, still running (or stopped), or not run yet.
 *
 * The mistake avoided here: a running band as a list of faults. VASP ends all images of a band together, so one file
 * without its timing means that the band has not ended; a band of inputs only is no broken one.
 */
import type { Band, BandImage } from '../model/band.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { ImageState } from '../model/system.ts';
import { imageName } from './shared/image-name.ts';

export interface ImageProgress {
  readonly state?: ImageState;
  readonly ionicSteps?: number;
}

/** Of the images between the ends; nothing of the ends, which a band does not run. */
export function imageProgress(band: Band): ImageProgress[] {
  return band.images.map((image, at) => (isEnd(band, at) ? {} : progressOf(image)));
}

/** Where the folder of an end is missing, the first or last image that is there is none. */
function isEnd({ images, settings: { IMAGES } }: Band, at: number): boolean {
  if (images[at]?.index === 0) return true;
  return at === images.length - 1 && (typeof IMAGES !== 'number' || images[at]?.index === IMAGES + 1);
}

/** Nothing of a band that has ended, or of which it is not known. */
export function progressIssues(band: Band): Issue[] {
  const progress = imageProgress(band);
  const inner = band.images.flatMap(({ index }, at) =>
    isEnd(band, at) ? [] : [{ name: imageName(index), ...progress[at] }],
  );
  const notRun = inner.filter(({ state }) => state === 'not-run').map(({ name }) => name);
  if (notRun.length > 0 && notRun.length === inner.length) {
    return [issue('I_NEB_NOT_RUN', { images: notRun.join(', ') })];
  }
  if (!inner.some(({ state }) => state === 'unfinished')) return [];
  const bySteps = new Map<string, string[]>();
  for (const { name, state, ionicSteps } of inner) {
    const text = stateText(state, ionicSteps);
    bySteps.set(text, [...(bySteps.get(text) ?? []), name]);
  }
  const texts = [...bySteps].map(([text, names]) => `${names.join(', ')}: ${text}`);
  return [issue('I_NEB_UNFINISHED', { progress: texts.join('; ') })];
}

function progressOf({ calculation }: BandImage): ImageProgress {
  if (calculation === undefined) return { state: 'not-run' };
  const { completeness, source, ionicStepCount: ionicSteps } = calculation;
  // An OSZICAR has no end of its own.
  if (source === 'oszicar') return { ionicSteps };
  if (completeness === 'complete') return { state: 'finished', ionicSteps };
  if (completeness === 'unreadable') return { state: 'unreadable' };
  return { state: 'unfinished', ionicSteps };
}

function stateText(state: ImageState | undefined, ionicSteps = 0): string {
  if (state === 'not-run') return 'no output';
  if (state === 'unreadable') return 'output that cannot be read';
  return `${ionicSteps} ionic step(s)${state === 'finished' ? ', finished' : ''}`;
}
