import { describe, expect, it } from 'vitest';
import { checkProtocol } from '../../assembly/check-protocol.ts';
import { classifyRole } from '../../assembly/classify-role.ts';
import { withMissingDipole } from '../../assembly/dipole-correction.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Structure } from '../../model/structure.ts';
import { loadProtocol } from '../../reading/find-profile.ts';
import { calculationOf, hexagonal, isolated, structureOf, supercell, znoBasal } from './fixtures.ts';

const PAPER = loadProtocol('zno-li-2025');
const GENERAL = loadProtocol('general');

/** SCIENCE §11: 9.7485 Å hexagonal, c 40. */
const SLAB = supercell(znoBasal(3, 40), 3, 3);
/** SCIENCE §11: hexagonal Zn, 2.665 and 4.947 Å. */
const BULK = structureOf(hexagonal(2.665, 4.947), [
  ['Zn', [0, 0, 0]],
  ['Zn', [0, 1.5386, 2.4735]],
]);

interface Sketch {
  readonly settings?: Settings;
  readonly mesh?: readonly [number, number, number];
  readonly more?: Partial<Calculation>;
}

function verdicts(
  structure: Structure,
  protocol: Protocol,
  { settings = {}, mesh = [1, 1, 1], more = {} }: Sketch = {},
) {
  const final = { maxFreeForceEvPerAngstrom: 0.01 };
  const calculation = calculationOf('x/OUTCAR', { structure, settings, mesh, final }, more);
  const role = withMissingDipole(classifyRole(calculation), calculation, structure);
  const found = checkProtocol(calculation, role, protocol);
  return Object.fromEntries(found.map(({ item, verdict, found: value }) => [item, `${verdict}: ${value}`]));
}

describe('an item concerns', () => {
  it('the crystal with its k spacing: bulk Zn needs 11×11×6, and has neither vacuum nor fixed planes', () => {
    // SCIENCE §11: 10.832 and 5.054 spacings of 0.04 Å⁻¹; 0.433286 / 11 = 0.0394. 8 points leave 0.0542 > 0.05.
    const found = verdicts(BULK, PAPER, { mesh: [11, 11, 6] });
    expect(found['k spacing']).toBe('pass: 0.0394 Å⁻¹');
    expect(Object.keys(found)).toEqual([
      'GGA',
      'METAGGA',
      'LHFCALC',
      'POTCAR',
      'ENCUT',
      'IVDW',
      'EDIFF',
      'k spacing',
      'k-mesh',
      'max force',
    ]);
    expect(verdicts(BULK, PAPER, { mesh: [8, 8, 5] })['k spacing']).toBe('fail: 0.0542 Å⁻¹');
  });

  it('the slab in its plane: 3×3×1, one point across the vacuum', () => {
    expect(verdicts(SLAB, PAPER, { mesh: [3, 3, 1] })).toMatchObject({
      'k spacing': 'pass: 0.0395 Å⁻¹',
      'k-points across the vacuum': 'pass: 1',
    });
    expect(verdicts(SLAB, PAPER, { mesh: [3, 3, 2] })['k-points across the vacuum']).toBe('fail: 2');
  });

  it('relaxations with the forces left, not single points', () => {
    expect(verdicts(BULK, PAPER)['max force']).toBe('pass: 0.0100 eV/Å');
    expect(verdicts(BULK, PAPER, { settings: { NSW: 0, IBRION: -1 } })['max force']).toBeUndefined();
  });

  it('isolated atoms with box, spin and Γ, and not with a k spacing', () => {
    const found = verdicts(isolated('Li', 15), GENERAL, { settings: { ISPIN: 1 } });
    expect(found).toMatchObject({
      box: 'pass: 15.00 Å',
      'spin of the atom': 'fail: ISPIN = 1',
      'k-points of the box': 'pass: 1×1×1',
    });
    expect(found['k spacing']).toBeUndefined();
    expect(found['dipole correction']).toBeUndefined();
    expect(verdicts(isolated('Li', 11), GENERAL, { settings: { ISPIN: 2 }, mesh: [2, 2, 2] })).toMatchObject({
      box: 'fail: 11.00 Å',
      'spin of the atom': 'pass: ISPIN = 2',
      'k-points of the box': 'fail: 2×2×2',
    });
  });

  it('a closed shell with no spin', () => {
    expect(verdicts(isolated('Zn', 15), GENERAL)['spin of the atom']).toBeUndefined();
  });

  it('slabs with a dipole: the two tags together', () => {
    expect(verdicts(SLAB, GENERAL, { settings: { LDIPOL: false, IDIPOL: 3 } })['dipole correction']).toBe(
      'fail: LDIPOL = F, IDIPOL = 3',
    );
    expect(verdicts(SLAB, GENERAL)['dipole correction']).toBe('pass: LDIPOL = T, IDIPOL = 3');
  });

  it('images with a climbing one, and not with the force along their path', () => {
    const image = (settings: Settings) => {
      const calculation = calculationOf('01/OUTCAR', { structure: SLAB, settings, mesh: [3, 3, 1] });
      const role = { ...classifyRole(calculation), role: 'neb-image' as const };
      const found = checkProtocol(calculation, role, PAPER);
      return Object.fromEntries(found.map(({ item, verdict }) => [item, verdict]));
    };
    expect(image({ LCLIMB: true })).toMatchObject({ 'climbing image': 'pass' });
    expect(image({ LCLIMB: true })['max force']).toBeUndefined();
    expect(image({ LCLIMB: false })['climbing image']).toBe('fail');
    expect(image({})['climbing image']).toBe('not-determinable');
  });
});

describe('the Hamiltonian of the paper', () => {
  it('is no meta-GGA and no hybrid, and each is told by its own item', () => {
    const failing = (settings: Settings) =>
      Object.entries(verdicts(BULK, PAPER, { settings, mesh: [11, 11, 6] })).filter(
        ([, verdict]) => !verdict.startsWith('pass'),
      );
    expect(failing({ METAGGA: 'R2SCAN' })).toEqual([['METAGGA', 'fail: R2SCAN']]);
    expect(failing({ LHFCALC: true })).toEqual([['LHFCALC', 'fail: true']]);
    expect(failing({ GGA: 'PS', LEXCH: 14 })).toEqual([['GGA', 'fail: PS']]);
  });

  it('is one of PAW potentials', () => {
    const titles = (...all: string[]) => ({ more: { potcars: all.map((title) => ({ title })) } });
    expect(verdicts(BULK, PAPER, titles('PAW_PBE Zn 06Sep2000', 'PAW O 22Mar2012')).POTCAR).toBe('pass: PAW_PBE, PAW');
    expect(verdicts(BULK, PAPER, titles('US Zn')).POTCAR).toBe('fail: US');
    expect(verdicts(BULK, PAPER, titles()).POTCAR).toBe('not-determinable: not told by the files');
  });

  it('is sampled through Γ', () => {
    const beside = { more: { kpoints: { scheme: 'monkhorst-pack' as const, mesh: [12, 12, 6] as const } } };
    expect(verdicts(BULK, PAPER, beside)['k-mesh']).toBe('fail: beside Γ');
    expect(verdicts(BULK, PAPER, { mesh: [12, 12, 6] })['k-mesh']).toBe('pass: through Γ');
  });
});

describe('a protocol of one’s own', () => {
  const base: Protocol = { name: 'mine', version: 1, description: '', reference: '', settings: {} };

  it('can state a lowest cutoff and any tag', () => {
    const own: Protocol = {
      ...base,
      settings: { ENCUT: { unit: 'eV', minimum: 500 }, PREC: ['Accurate'] },
      tags: { LASPH: true, ISYM: 0 },
    };
    expect(verdicts(BULK, own)).toEqual({
      PREC: 'pass: Accurate',
      ENCUT: 'pass: 520 eV',
      LASPH: 'pass: true',
      ISYM: 'pass: 0',
    });
    expect(verdicts(BULK, own, { settings: { ENCUT: 400, PREC: 'Normal', LASPH: false } })).toMatchObject({
      PREC: 'fail: Normal',
      ENCUT: 'fail: 400 eV',
      LASPH: 'fail: false',
    });
  });

  it('that states nothing checks nothing', () => {
    expect(verdicts(SLAB, base)).toEqual({});
  });
});
