/** Bands that are running, were stopped, or were not run yet. */
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import { issue } from '../../model/issues.ts';
import { bare, image, inner, LAST, pathOf } from './band-sketch.ts';
import { codes } from './fixtures.ts';

describe('a band that has not ended', () => {
  const torn = (steps: number): Partial<Calculation> => ({
    completeness: 'truncated',
    ionicStepCount: steps,
    issues: [issue('E_TRUNCATED', { expected: 'the timing', found: 'the file ends' })],
  });

  it('is told as running or stopped, with the steps of each image', () => {
    const images = [
      bare(0),
      inner(1, image(1), torn(14)),
      inner(2, image(2), torn(14)),
      inner(3, image(3), torn(13)),
      bare(LAST),
    ];
    const found = pathOf({ images });
    expect(found.issues[0]).toMatchObject({
      code: 'I_NEB_UNFINISHED',
      message: 'the band has not ended, it is running or was stopped: 01, 02: 14 ionic step(s); 03: 13 ionic step(s)',
    });
    expect(found.images.map(({ state }) => state)).toEqual([
      undefined,
      'unfinished',
      'unfinished',
      'unfinished',
      undefined,
    ]);
    expect(found.images[3]?.ionicSteps).toBe(13);
  });

  it('is told as not run yet where there are inputs only', () => {
    const images = [0, 1, 2, 3, LAST].map((at) => bare(at));
    const found = pathOf({ images });
    expect(codes(found.issues)).toEqual(['I_NEB_NOT_RUN', 'E_IMAGE_ENERGY']);
    expect(found.images[2]).toMatchObject({ state: 'not-run' });
    expect(found.images[2]).not.toHaveProperty('ionicSteps');
  });
});
