import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeCounter } from '../../ranking/shared/descending-places.ts';

describe('places by score', () => {
  test('count who is better, whatever the scores are and however many', () => {
    const score = fc.oneof(
      fc.constantFrom(0, -0, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1 + Number.EPSILON),
      fc.double({ noNaN: true }),
      fc.double({ min: 0.5, max: 0.500001, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 50 }), fc.boolean(), (some, isMany) => {
        // Above 200 scores digits are sorted; repeated scores are equal.
        const scores = isMany ? Array.from({ length: 400 }, (_, at) => some[at % some.length]!) : some;
        const count = placeCounter(scores.length);
        const places = new Uint32Array(scores.length);
        // Twice: the memory of the first time is used again.
        count(Float64Array.from(scores).reverse(), places);
        count(Float64Array.from(scores), places);
        expect(Array.from(places)).toEqual(scores.map((own) => scores.filter((other) => other > own).length));
      }),
    );
  });
});
