import { describe, expect, it } from 'vitest';
import { compatibilityIssues } from '../../assembly/compatibility.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import { bulkZno, calculationOf, codes, isolated, rotated } from './fixtures.ts';
import { adsorbed, clean, left, right, slabPair } from './slab-pair.ts';

it('two calculations with the same settings may be subtracted', () => {
  for (const kind of ['slab-pair', 'atom-reference', 'bulk-reference', 'path-image'] as const) {
    expect(slabPair({}, {}, kind)).toEqual([]);
  }
});

/** Every row of SCIENCE §11 with a difference that counts: tag, settings of both, what is reported. */
const ROWS: readonly (readonly [
  code: string,
  tag: string,
  one: Settings,
  other: Settings,
  values: [string, string],
])[] = [
  ['E_XC', 'GGA', { GGA: 'PE', LEXCH: 8 }, { GGA: 'RP', LEXCH: 9 }, ['PE', 'RP']],
  ['E_XC', 'METAGGA', { METAGGA: 'SCAN' }, {}, ['SCAN', '--']],
  ['E_XC', 'LHFCALC', {}, { LHFCALC: true }, ['false', 'true']],
  ['E_XC', 'LUSE_VDW', { LUSE_VDW: true }, {}, ['true', 'false']],
  ['E_HAMILTONIAN', 'LSORBIT', { LSORBIT: true }, {}, ['true', 'false']],
  ['E_HAMILTONIAN', 'LSOL', {}, { LSOL: true }, ['false', 'true']],
  ['E_ENCUT', 'ENCUT', { ENCUT: 520 }, { ENCUT: 400 }, ['520 eV', '400 eV']],
  ['E_VDW', 'IVDW', { IVDW: 12 }, { IVDW: 11 }, ['12', '11']],
  ['E_VDW', 'VDW_S8', { VDW_S8: 0.7875 }, { VDW_S8: 0.722 }, ['0.7875', '0.722']],
  ['W_ISPIN', 'ISPIN', { ISPIN: 2 }, { ISPIN: 1 }, ['2', '1']],
  ['W_PRECISION', 'PREC', { PREC: 'Accurate' }, { PREC: 'Normal' }, ['Accurate', 'Normal']],
  ['W_PRECISION', 'LREAL', { LREAL: true }, { LREAL: false }, ['true', 'false']],
  ['W_PRECISION', 'LREAL', { LREAL: 'Auto' }, { LREAL: false }, ['true', 'false']],
  ['W_PRECISION', 'LASPH', { LASPH: true }, { LASPH: false }, ['true', 'false']],
  ['W_PRECISION', 'ADDGRID', { ADDGRID: true }, {}, ['true', 'false']],
  ['W_PRECISION', 'ENAUG', { ENAUG: 650 }, { ENAUG: 700 }, ['650', '700']],
  ['W_SMEARING', 'ISMEAR', { ISMEAR: 0 }, { ISMEAR: 1 }, ['0', '1']],
  ['W_SMEARING', 'SIGMA', { SIGMA: 0.05 }, { SIGMA: 0.1 }, ['0.05', '0.1']],
  ['W_CONVERGENCE', 'EDIFF', { EDIFF: 1e-6 }, { EDIFF: 1e-5 }, ['0.000001 eV', '0.00001 eV']],
  ['W_CONVERGENCE', 'EDIFFG', { EDIFFG: -0.02 }, { EDIFFG: -0.05 }, ['-0.02', '-0.05']],
  ['W_CONVERGENCE', 'EDIFFG', { EDIFFG: -0.02 }, { EDIFFG: 1e-4 }, ['-0.02', '0.0001']],
  ['W_CONVERGENCE', 'ISYM', { ISYM: 0 }, { ISYM: 2 }, ['0', '2']],
  ['W_DIPOLE', 'LDIPOL', { LDIPOL: true }, { LDIPOL: false }, ['true', 'false']],
  ['W_DIPOLE', 'IDIPOL', { IDIPOL: 3 }, { IDIPOL: 0 }, ['3', '0']],
];

describe('a difference between two slabs', () => {
  for (const [code, tag, one, other, [leftValue, rightValue]] of ROWS) {
    it(`${code}: ${tag} ${leftValue} and ${rightValue}, both named`, () => {
      const found = slabPair(one, other);
      expect(codes(found)).toEqual([code]);
      expect(found[0]).toMatchObject({
        severity: code.startsWith('E_') ? 'error' : 'warning',
        details: { tag, left: leftValue, right: rightValue },
        where: { file: 'slab/OUTCAR' },
      });
    });
  }
});

describe('no difference is', () => {
  const same = (what: string, one: Settings, other: Settings) =>
    it(what, () => expect(slabPair(one, other)).toEqual([]));
  same('a cutoff within 0.1 eV', { ENCUT: 520 }, { ENCUT: 520.1 });
  same('PREC in other letters', { PREC: 'Accurate' }, { PREC: 'acc' });
  same('LREAL = Auto beside the T that OUTCAR prints for it', { LREAL: 'Auto' }, { LREAL: true });
  same('LVDW = T beside IVDW = 1 and 10', { IVDW: 10 }, { IVDW: 1 });
  same('SIGMA of two tetrahedron calculations', { ISMEAR: -5, SIGMA: 0.05 }, { ISMEAR: -5, SIGMA: 0.2 });
  same('a reference that is converged more tightly', { EDIFF: 1e-5, EDIFFG: -0.02 }, { EDIFF: 1e-6, EDIFFG: -0.01 });
  same('a reference with less symmetry', { ISYM: 2 }, { ISYM: 0 });
  same('EDIFFG of a single point', { EDIFFG: -0.02 }, { EDIFFG: -0.05, NSW: 0, IBRION: -1 });
  same('GGA in small letters', { GGA: 'pe' }, { GGA: 'PE' });
});

describe('the functional', () => {
  const withoutLexch = ({ LEXCH: _, ...rest }: Settings): Settings => rest;
  const bare = (calculation: Calculation, settings: Settings): Calculation => ({
    ...calculation,
    settings: { ...withoutLexch(calculation.settings), ...settings },
  });
  const compared = (one: Settings, other: Settings) =>
    codes(compatibilityIssues(bare(left(), one), bare(right(), other), 'slab-pair'));

  it('of GGA = -- is what LEXCH says VASP took from the POTCAR', () => {
    expect(slabPair({ GGA: '--', LEXCH: 8 }, { GGA: 'PE', LEXCH: 8 })).toEqual([]);
    expect(codes(slabPair({ GGA: '--', LEXCH: 2 }, { GGA: 'PE', LEXCH: 8 }))).toEqual(['E_XC']);
    expect(compared({ GGA: '--', LEXCH: 8 }, { GGA: 'PE' })).toEqual([]);
    expect(compared({ GGA: '--', LEXCH: 8 }, { GGA: 'PS' })).toEqual(['E_XC']);
  });

  it('of GGA = -- without LEXCH is that of the PAW_PBE POTCARs', () => {
    expect(compared({ GGA: '--' }, { GGA: 'PE' })).toEqual([]);
    expect(compared({ GGA: '--' }, { GGA: 'RP' })).toEqual(['E_XC']);
  });

  it('with a LEXCH that has no name here is compared by number, and with a name not at all', () => {
    expect(compared({ GGA: '--', LEXCH: 40 }, { GGA: '--', LEXCH: 41 })).toEqual(['E_XC']);
    expect(compared({ GGA: '--', LEXCH: 40 }, { GGA: '--', LEXCH: 40 })).toEqual([]);
    expect(compared({ GGA: '--', LEXCH: 40 }, { GGA: 'RE' })).toEqual(['W_SETTINGS_UNKNOWN']);
  });

  it('of a hybrid includes its share of exact exchange', () => {
    const hybrid = { LHFCALC: true, HFSCREEN: 0.2 };
    expect(codes(slabPair({ ...hybrid, AEXX: 0.25 }, { ...hybrid, AEXX: 0.375 }))).toEqual(['E_XC']);
  });
});

describe('POTCARs', () => {
  const withTitles = (titles: readonly string[]): Partial<Calculation> => ({
    potcars: titles.map((title) => ({ title })),
  });
  const compared = (one: readonly string[], other: readonly string[]) =>
    compatibilityIssues(left({}, withTitles(one)), right({}, withTitles(other)), 'slab-pair');
  const ZN = 'PAW_PBE Zn 06Sep2000';
  const O = 'PAW_PBE O 08Apr2002';
  const LI = 'PAW_PBE Li_sv 10Sep2004';

  it('of an element that only one of the two holds are not compared', () => {
    expect(compared([ZN, O, LI], [ZN, O])).toEqual([]);
    expect(compared([LI], [ZN, O])).toEqual([]);
  });

  it('differ by suffix and by date, and both titles are named', () => {
    expect(compared([ZN, O, LI], ['PAW_PBE Zn_pv 06Sep2000', O])[0]).toMatchObject({
      code: 'E_POTCAR',
      details: { tag: 'Zn', left: ZN, right: 'PAW_PBE Zn_pv 06Sep2000' },
    });
    expect(codes(compared([ZN, O, LI], [ZN, 'PAW_PBE O_s 07Sep2000']))).toEqual(['E_POTCAR']);
    expect(codes(compared([ZN, O], ['PAW_PBE Zn 19Jan2001', O]))).toEqual(['E_POTCAR']);
  });

  it('may stand in another order, be repeated, and be spaced otherwise', () => {
    expect(compared([ZN, O, ZN, LI], [O, 'PAW_PBE  Zn   06Sep2000'])).toEqual([]);
  });

  it('of one element with two titles must both be there', () => {
    expect(codes(compared([ZN, O], [ZN, 'PAW_PBE Zn_pv 06Sep2000', O]))).toEqual(['E_POTCAR']);
  });
});

describe('Hubbard U', () => {
  const zn = (u: number): Settings => ({ LDAU: true, LDAUL: [2, -1], LDAUU: [u, 0], LDAUJ: [0, 0] });

  it('is compared by element: Li of the adsorbed slab shifts no list', () => {
    const withLi = { LDAU: true, LDAUL: [2, -1, -1], LDAUU: [7.5, 0, 0], LDAUJ: [0, 0, 0] };
    expect(slabPair(withLi, zn(7.5))).toEqual([]);
    expect(slabPair(withLi, zn(4.5))[0]).toMatchObject({
      code: 'E_LDAU',
      details: {
        tag: 'U of Zn',
        left: 'U 7.5 J 0 eV, l = 2, LDAUTYPE 2',
        right: 'U 4.5 J 0 eV, l = 2, LDAUTYPE 2',
      },
    });
  });

  it('of zero is none', () => {
    expect(slabPair({ LDAU: true, LDAUL: [2, -1, -1], LDAUU: [0, 0, 0] }, {})).toEqual([]);
  });

  it('on one side only is a difference, and its type counts', () => {
    expect(codes(slabPair({}, zn(7.5)))).toEqual(['E_LDAU']);
    expect(codes(slabPair({ ...zn(7.5), LDAUTYPE: 1 }, zn(7.5)))).toEqual(['E_LDAU']);
  });

  it('does not keep bulk Li away from a slab whose Zn has a U', () => {
    const li = calculationOf('li/OUTCAR', { structure: isolated('Li') });
    const withLi = { LDAU: true, LDAUL: [2, -1, -1], LDAUU: [7.5, 0, 0], LDAUJ: [0, 0, 0] };
    expect(codes(compatibilityIssues(left(withLi), li, 'atom-reference'))).toEqual([]);
  });
});

describe('spin', () => {
  const spin = (final: Partial<NonNullable<Calculation['final']>>) =>
    compatibilityIssues(
      calculationOf('slab-li/OUTCAR', { structure: adsorbed, settings: { ISPIN: 2 }, final }),
      right(),
      'slab-pair',
    );

  it('may be left out where nothing is magnetic: below 0.05 µB', () => {
    expect(spin({ maxAtomMagnetisationBohr: 0.049 })).toEqual([]);
    expect(codes(spin({ maxAtomMagnetisationBohr: 0.05 }))).toEqual(['W_ISPIN']);
    expect(spin({ totalMagnetisationBohr: -0.02 })).toEqual([]);
    expect(codes(spin({ totalMagnetisationBohr: -0.9 }))).toEqual(['W_ISPIN']);
  });

  it('of an antiferromagnet is seen by its atoms, not by its total', () => {
    expect(codes(spin({ totalMagnetisationBohr: 0, maxAtomMagnetisationBohr: 1.7 }))).toEqual(['W_ISPIN']);
  });

  it('of an isolated atom is its own affair, as are its smearing and its k-points', () => {
    const atom = calculationOf('li/OUTCAR', {
      structure: isolated('Li'),
      settings: { ISPIN: 2, ISMEAR: 1, SIGMA: 0.2, LDIPOL: false, IDIPOL: 0, ISYM: 2 },
      mesh: [1, 1, 1],
    });
    expect(compatibilityIssues(left(), atom, 'atom-reference')).toEqual([]);
  });

  it('of a bulk is compared, its smearing is not', () => {
    const bulk = calculationOf('bulk/OUTCAR', {
      structure: bulkZno(),
      settings: { ISPIN: 2, ISMEAR: -5, LDIPOL: false, IDIPOL: 0, ISYM: 2 },
      mesh: [8, 8, 5],
      final: { maxAtomMagnetisationBohr: 0.6 },
    });
    expect(codes(compatibilityIssues(left(), bulk, 'bulk-reference'))).toEqual(['W_ISPIN']);
  });
});

describe('cells', () => {
  const withCell = (deltaA: number, degrees: number): Calculation => {
    const [a, b, c] = clean.latticeAngstrom;
    const angle = ((120 - degrees) * Math.PI) / 180;
    const length = Math.hypot(...b);
    return right(
      {},
      {
        structure: {
          ...clean,
          latticeAngstrom: [[a[0] + deltaA, 0, 0], [length * Math.cos(angle), length * Math.sin(angle), 0], c],
        },
      },
    );
  };
  const compared = (deltaA: number, degrees: number) =>
    compatibilityIssues(left(), withCell(deltaA, degrees), 'slab-pair');

  it('of slab and adsorbed slab agree within 0.01 Å and 0.1°', () => {
    expect(compared(0.01, 0)).toEqual([]);
    expect(compared(0, 0.1)).toEqual([]);
    expect(compared(0.011, 0)[0]?.message).toBe(
      'the cells differ by 0.0110 Å in a length and 0.000° in an angle, more than 0.01 Å or 0.1°',
    );
    expect(codes(compared(0, 0.11))).toEqual(['E_CELL_MISMATCH']);
  });

  it('turned in space are the same cell', () => {
    expect(compatibilityIssues(left(), right({}, { structure: rotated(clean, 33) }), 'slab-pair')).toEqual([]);
  });
});
