import { describe, expect, it } from 'vitest';
import { sigmaText, valueText } from '../../cli/shared/number-text.ts';

describe('a value with its 1σ', () => {
  it('never reads as zero or as a row of digits when it is a very small or a very large one', () => {
    expect([valueText(1.569273e-7, 2e-7), sigmaText(6.2e-9)]).toEqual(['1.57e−7', '6e−9']);
    expect([valueText(5.944636e8, 1e9), sigmaText(1.8e11)]).toEqual(['5.94e+8', '2e+11']);
  });

  it('has the decimals of its 1σ otherwise', () => {
    expect([valueText(-3.4, 0.1), valueText(-0.0004, 0.1), valueText(0, 0)]).toEqual(['−3.400', '0.000', '0.000']);
  });
});
