import { describe, expect, it } from 'vitest';
import { compatibilityIssues } from '../../assembly/compatibility.ts';
import { codes } from './fixtures.ts';
import { left, right, slabPair } from './slab-pair.ts';

describe('electrons', () => {
  // By hand: 8 Zn of 12, 8 O of 6, one Li of 3: 147; without Li 144.
  it('as many as the valences are a neutral cell', () => {
    expect(slabPair({ NELECT: 147 }, { NELECT: 144.001 })).toEqual([]);
  });

  it('more or fewer are a charged cell, on either side', () => {
    expect(slabPair({ NELECT: 146 }, { NELECT: 144 })[0]).toMatchObject({
      code: 'W_CHARGED_CELL',
      details: { nelect: 146, neutral: 147 },
      where: { file: 'slab-li/OUTCAR' },
    });
    expect(slabPair({ NELECT: 147 }, { NELECT: 144.002 })[0]?.where.file).toBe('slab/OUTCAR');
  });
});

describe('VASP versions', () => {
  const compared = (version: string) => compatibilityIssues(left(), right({}, { version }), 'slab-pair');

  it('differ by their major number', () => {
    expect(compared('5.2.11')).toEqual([]);
    expect(compared('6.3.2')[0]).toMatchObject({ code: 'W_VERSION', details: { left: '5.4.4', right: '6.3.2' } });
  });
});

describe('a setting that is not told', () => {
  const { version: _, kpoints: __, ...silent } = right({}, { source: 'oszicar', potcars: [] });

  it('is no agreement: one remark per calculation names all of them', () => {
    const found = compatibilityIssues(left(), { ...silent, settings: {} }, 'slab-pair');
    expect(codes(found)).toEqual(['W_SETTINGS_UNKNOWN']);
    expect(found[0]?.details).toEqual({
      calculation: 'slab/OUTCAR',
      tag:
        'GGA, METAGGA, LHFCALC, LUSE_VDW, LSORBIT, LSOL, POTCAR, ENCUT, IVDW, LDAU, ISPIN, PREC, LREAL, LASPH, ' +
        'ADDGRID, ISMEAR, SIGMA, LDIPOL, IDIPOL, KPOINTS, EDIFF',
    });
  });

  it('in an INCAR that is all there is stands at VASP’s default', () => {
    const incar = {
      GGA: 'PE',
      ENCUT: 520,
      IVDW: 12,
      EDIFF: 1e-5,
      ISMEAR: 0,
      SIGMA: 0.05,
      PREC: 'Accurate',
      LASPH: true,
    };
    const found = compatibilityIssues(
      left(),
      { ...silent, settings: { ...incar, LDIPOL: true, IDIPOL: 3 } },
      'slab-pair',
    );
    expect(found.map((entry) => entry.details)).toEqual([{ tag: 'POTCAR, KPOINTS', calculation: 'slab/OUTCAR' }]);
  });

  it('of dispersion in an OUTCAR means that there is none', () => {
    const { IVDW: _ivdw, VDW_S8: _s8, ...without } = right().settings;
    expect(codes(compatibilityIssues(left(), { ...right(), settings: without }, 'slab-pair'))).toEqual(['E_VDW']);
  });
});
