import { describe, expect, it } from 'vitest';
import { compatibility, type PairKind, settingsSummary } from '../../assembly/compatibility.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import { linkSchema } from '../../model/system-schema.ts';
import { bccLi, bulkZno, calculationOf, codes, isolated, supercell, znoBasal } from './fixtures.ts';
import { adsorbed, left, right } from './slab-pair.ts';

const table = (one: Calculation, other: Calculation, kind: PairKind = 'slab-pair') =>
  compatibility(settingsSummary(one), settingsSummary(other), kind);
/** The entries that do not pass. */
const remarks = (one: Calculation, other: Calculation, kind?: PairKind) =>
  table(one, other, kind).checks.filter(({ verdict }) => verdict !== 'pass');
const slabs = (one: Settings, other: Settings) => remarks(left(one), right(other));

/** A neutral pair: 8 Zn of 12, 8 O of 6, one Li of 3 electrons. */
const told = [left({ NELECT: 147 }), right({ NELECT: 144 })] as const;

describe('the table of a pair', () => {
  it('of two slabs that agree has one entry for each rule, all passed, with the values', () => {
    const { checks, issues } = table(...told);
    expect(issues).toEqual([]);
    expect(checks.map(({ item, verdict }) => `${item} ${verdict}`)).toEqual(
      (
        'functional meta-gga hybrid nonlocal-vdw hamiltonian potcar cutoff dispersion hubbard-u cell spin precision ' +
        'smearing dipole-correction k-points convergence version charge energy-kind'
      )
        .split(' ')
        .map((item) => `${item} pass`),
    );
    expect(checks.find(({ item }) => item === 'precision')).toEqual({
      item: 'precision',
      verdict: 'pass',
      tag: 'PREC, LREAL, LASPH, ADDGRID, ENAUG',
      left: 'Accurate, false, true, false, 650',
      right: 'Accurate, false, true, false, 650',
    });
    expect(checks.find(({ item }) => item === 'charge')).toMatchObject({
      left: '147 (neutral: 147)',
      right: '144 (neutral: 144)',
    });
  });

  it('holds only the rules that apply: an isolated atom has neither cell, spin, smearing nor k-points to share', () => {
    const atom = calculationOf('li/OUTCAR', { structure: isolated('Li'), settings: { NELECT: 3 } });
    const items = table(told[0], atom, 'atom-reference').checks.map(({ item }) => item);
    expect(items).not.toEqual(expect.arrayContaining(['cell']));
    for (const item of ['cell', 'spin', 'smearing', 'dipole-correction', 'k-points']) expect(items).not.toContain(item);
    for (const item of ['functional', 'potcar', 'cutoff', 'dispersion', 'precision']) expect(items).toContain(item);
  });

  it('is part of the contract of a link', () => {
    const { checks, issues } = table(left({ ENCUT: 400 }), right());
    const link = { kind: 'clean-slab', from: 'a', to: 'b', stated: 'structure', evidence: ['x'], others: [] };
    expect(linkSchema.safeParse({ ...link, checks, issues }).success).toBe(true);
  });

  it('says unknown of what one of the two does not tell, and names what the other holds', () => {
    const { ENCUT: _, ...without } = right().settings;
    expect(remarks(told[0], { ...told[1], settings: { ...without, NELECT: 144 } })).toEqual([
      { item: 'cutoff', verdict: 'unknown', tag: 'ENCUT', left: '520 eV' },
    ]);
  });
});

describe('what would have to be run again is', () => {
  const bulk = (settings: Settings = {}, mesh: [number, number, number] = [8, 8, 5]): Calculation =>
    calculationOf('refs/zno/OUTCAR', { structure: bulkZno(), settings, mesh });
  const li = (settings: Settings = {}): Calculation =>
    calculationOf('refs/li-bcc/OUTCAR', { structure: bccLi(), settings, mesh: [8, 8, 8] });

  it('the reference, with the value of the slabs, whichever is the better one', () => {
    expect(remarks(told[0], li({ ENCUT: 400, NELECT: 6 }), 'bulk-reference')).toEqual([
      {
        item: 'cutoff',
        verdict: 'block',
        tag: 'ENCUT',
        left: '520 eV',
        right: '400 eV',
        rerun: 're-run refs/li-bcc/OUTCAR with ENCUT = 520',
      },
    ]);
    expect(remarks(told[0], li({ ENCUT: 600 }), 'bulk-reference')[0]?.rerun).toBe(
      're-run refs/li-bcc/OUTCAR with ENCUT = 520',
    );
  });

  it('of two slabs the one with the lower cutoff, without spin, with the coarser mesh', () => {
    expect(slabs({ ENCUT: 400 }, {})[0]?.rerun).toBe('re-run slab-li/OUTCAR with ENCUT = 520');
    expect(slabs({}, { ENCUT: 400 })[0]?.rerun).toBe('re-run slab/OUTCAR with ENCUT = 520');
    expect(slabs({ ISPIN: 1 }, { ISPIN: 2 })[0]?.rerun).toBe('re-run slab-li/OUTCAR with ISPIN = 2');
    expect(slabs({ LREAL: 'Auto' }, {})[0]?.rerun).toBe('re-run slab-li/OUTCAR with LREAL = .FALSE.');
    const coarse = calculationOf('slab-li/OUTCAR', { structure: adsorbed, mesh: [3, 3, 1] });
    expect(remarks(coarse, right())[0]).toMatchObject({
      verdict: 'block',
      left: '3×3×1',
      right: '4×4×1',
      rerun: 're-run slab-li/OUTCAR with the k-mesh 4×4×1 through Γ',
    });
  });

  it('else the clean slab, which stands behind all its adsorbed slabs', () => {
    expect(slabs({ IVDW: 12 }, { IVDW: 11 })[0]?.rerun).toBe('re-run slab/OUTCAR with IVDW = 12');
    expect(slabs({ SIGMA: 0.05 }, { SIGMA: 0.1 })[0]?.rerun).toBe('re-run slab/OUTCAR with SIGMA = 0.05');
  });

  it('the bulk with the mesh that has the spacing of the slab', () => {
    // By hand: slab 2×2 of 3.2495 Å, |b| = 1 / (6.499 · √3/2) = 0.177673 Å⁻¹; / 4 = 0.044418.
    // Bulk: 0.355347 / 0.044418 = 8.0 → 8; 1 / 5.2069 / 0.044418 = 4.32 → 5.
    expect(remarks(left(), bulk({}, [4, 4, 3]), 'bulk-reference').find(({ item }) => item === 'k-points')).toEqual({
      item: 'k-points',
      verdict: 'warn',
      tag: 'k spacing',
      left: '0.0444 Å⁻¹',
      right: '0.0888 Å⁻¹',
      rerun: 're-run refs/zno/OUTCAR with the k-mesh 8×8×5',
    });
  });

  it('the charged calculation, neutral', () => {
    expect(slabs({ NELECT: 146 }, { NELECT: 144 })).toEqual([
      {
        item: 'charge',
        verdict: 'warn',
        tag: 'NELECT',
        left: '146 (neutral: 147)',
        right: '144 (neutral: 144)',
        rerun: 're-run slab-li/OUTCAR with NELECT = 147, that is neutral',
      },
    ]);
  });

  it('named also for a POTCAR and a cell', () => {
    const other = right({}, { potcars: [{ title: 'PAW_PBE Zn_pv 06Sep2000' }, { title: 'PAW_PBE O 08Apr2002' }] });
    expect(remarks(left(), other)[0]).toMatchObject({
      item: 'potcar',
      tag: 'Zn',
      rerun: 're-run slab/OUTCAR with the POTCAR PAW_PBE Zn 06Sep2000',
    });
    const wider = right({}, { structure: supercell(znoBasal(2, 26), 2, 2) });
    const found = remarks(told[0], { ...wider, settings: { ...wider.settings, NELECT: 144 } });
    expect(found).toEqual([
      {
        item: 'cell',
        verdict: 'block',
        tag: 'lattice',
        // By hand: 2 × 3.2495 Å.
        left: '6.499 × 6.499 × 25.000 Å, 90.00/90.00/120.00°',
        right: '6.499 × 6.499 × 26.000 Å, 90.00/90.00/120.00°',
        rerun: 're-run slab/OUTCAR in the cell of slab-li/OUTCAR',
      },
    ]);
  });
});

describe('one change is told once', () => {
  const once = (what: string, one: Settings, other: Settings, code: string, tag: string) =>
    it(what, () => {
      const { issues } = table(left(one), right(other));
      expect(codes(issues)).toEqual([code]);
      expect(issues[0]?.details.tag).toBe(tag);
    });
  once('a meta-GGA, whatever the GGA under it', { METAGGA: 'SCAN', LEXCH: 14, GGA: 'PS' }, {}, 'E_XC', 'METAGGA');
  once(
    'a van der Waals functional with its GGA',
    { GGA: 'MK', LEXCH: 43, LUSE_VDW: true },
    {},
    'E_XC',
    'GGA, LUSE_VDW',
  );
  once('a hybrid with its parameters', { LHFCALC: true, AEXX: 0.25, HFSCREEN: 0.2 }, {}, 'E_XC', 'LHFCALC');
  once('a dipole correction with its axis', {}, { LDIPOL: false, IDIPOL: 0 }, 'W_DIPOLE', 'LDIPOL, IDIPOL');
  once('a smearing with its width', {}, { ISMEAR: 1, SIGMA: 0.2 }, 'W_SMEARING', 'ISMEAR, SIGMA');
  once('a dispersion correction with its parameters', {}, { IVDW: 11, VDW_S8: 0.722 }, 'E_VDW', 'IVDW');

  it('a charged image of a path, which is another system', () => {
    const charged = calculationOf('01/OUTCAR', { structure: adsorbed, settings: { NELECT: 146 } });
    expect(codes(table(left({ NELECT: 147 }), charged, 'path-image').issues)).toEqual(['E_NELECT']);
  });
});

describe('no difference is', () => {
  it('a meta-GGA whose name OUTCAR cuts after five letters', () => {
    expect(slabs({ METAGGA: 'R2SCAN', NELECT: 147 }, { METAGGA: 'R2SCA', NELECT: 144 })).toEqual([]);
    expect(slabs({ METAGGA: 'F' }, { METAGGA: '--' }).filter(({ item }) => item === 'meta-gga')).toEqual([]);
    expect(codes(table(left({ METAGGA: 'SCAN' }), right({ METAGGA: 'SCANL' })).issues)).toEqual(['E_XC']);
  });

  it('ENAUG where a POTCAR that only one holds can be what raises it', () => {
    // OUTCAR prints the largest EAUG of its POTCARs: that of O with the slab, that of Li for the metal.
    const metal = calculationOf('li/OUTCAR', { structure: bccLi(), settings: { ENAUG: 322.1 }, mesh: [6, 6, 6] });
    expect(table(left({ ENAUG: 605.4 }), metal, 'bulk-reference').issues).toEqual([]);
    // Li is on the left only, so nothing explains a higher one on the right.
    expect(codes(table(left({ ENAUG: 605.4 }), right({ ENAUG: 800 })).issues)).toEqual(['W_PRECISION']);
    // vasprun.xml and OUTCAR of two runs with one POTCAR.
    expect(table(left({ ENAUG: 605.4 }), right({ ENAUG: 605.392 })).issues).toEqual([]);
  });

  it('a mesh of two slabs across their vacuum, but for a remark', () => {
    const across = calculationOf('slab/OUTCAR', { structure: right().structure ?? adsorbed, mesh: [4, 4, 2] });
    expect(codes(table(left(), across).issues)).toEqual(['W_KMESH']);
  });
});
