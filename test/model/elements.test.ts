import { describe, expect, it } from 'vitest';
import {
  covalentRadiusAngstrom,
  elementOfPotcarSymbol,
  isElement,
  workingIon,
  workingIonElements,
} from '../../model/elements.ts';
import { composition, formula, position, rows, vectorAt } from '../../model/structure.ts';

describe('the element of a POTCAR symbol', () => {
  it.each([
    ['Zn', 'Zn'],
    ['Zn_pv', 'Zn'],
    ['Li_sv', 'Li'],
    ['O_s', 'O'],
    ['Nd_3', 'Nd'],
    ['H.75', 'H'],
    ['H1.25', 'H'],
    ['Ga_sv_GW', 'Ga'],
    ['W_pv', 'W'],
    ['zn', 'Zn'],
  ])('%s is %s', (symbol, element) => expect(elementOfPotcarSymbol(symbol)).toBe(element));

  it.each(['', '_sv', 'Xx', 'Q', '12'])('%j is none, and none is guessed', (symbol) =>
    expect(elementOfPotcarSymbol(symbol)).toBeUndefined(),
  );
});

describe('elements', () => {
  it('are written as the periodic table does', () => {
    expect(isElement('Zn')).toBe(true);
    expect(isElement('ZN')).toBe(false);
    expect(isElement('D')).toBe(false);
  });

  it('have the covalent radii of Cordero et al. (2008)', () => {
    // Table 2 of that paper: H 0.31, Li 1.28, O 0.66, Zn 1.22, Pt 1.36, Cm 1.69 Å; none beyond Cm.
    for (const [element, radius] of Object.entries({ H: 0.31, Li: 1.28, O: 0.66, Zn: 1.22, Pt: 1.36, Cm: 1.69 })) {
      expect(covalentRadiusAngstrom(element), element).toBe(radius);
    }
    expect(covalentRadiusAngstrom('Bk')).toBeUndefined();
    expect(covalentRadiusAngstrom('X')).toBeUndefined();
  });

  it('that are plated carry their charge and their word for wetting', () => {
    expect(workingIon('Li')).toEqual({ element: 'Li', charge: 1, philicPrefix: 'lithio' });
    expect(workingIon('Zn')).toEqual({ element: 'Zn', charge: 2, philicPrefix: 'zinco' });
    expect(workingIon('Fe')).toBeUndefined();
    expect(workingIonElements()).toContain('Mg');
  });
});

describe('a structure', () => {
  it('has one formula, whatever the order of its atoms', () => {
    expect(formula(['Zn', 'O', 'Li', 'O', 'Zn'])).toBe('Li1O2Zn2');
    expect(formula(['O', 'O', 'Zn', 'Zn', 'Li'])).toBe('Li1O2Zn2');
    expect(composition(['Zn', 'O', 'Zn'])).toEqual({ Zn: 2, O: 1 });
    expect(formula([])).toBe('');
  });

  it('has its positions row by row, and reading past the end is a bug', () => {
    const cartesianAngstrom = Float64Array.of(1, 2, 3, 4, 5, 6);
    const structure = {
      latticeAngstrom: [
        [9, 0, 0],
        [0, 9, 0],
        [0, 0, 9],
      ] as const,
      species: ['Zn', 'O'],
      cartesianAngstrom,
    };
    expect(position(structure, 1)).toEqual([4, 5, 6]);
    expect(rows(cartesianAngstrom)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(() => vectorAt(cartesianAngstrom, 2)).toThrow(/row 2 of an array of 2 vectors/);
  });
});
