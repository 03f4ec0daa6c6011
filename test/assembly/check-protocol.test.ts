import { describe, expect, it } from 'vitest';
import { checkProtocol } from '../../assembly/check-protocol.ts';
import { classifyRole } from '../../assembly/classify-role.ts';
import type { Calculation, FinalState, Settings } from '../../model/calculation.ts';
import type { Protocol } from '../../model/protocol.ts';
import { position, type Structure } from '../../model/structure.ts';
import { calculationOf, structureOf, supercell, znoBasal } from './fixtures.ts';

/** Profile zno-li-2025 of SCIENCE §11. */
const PROTOCOL: Protocol = {
  name: 'zno-li-2025',
  version: 1,
  description: '',
  reference: '',
  settings: {
    GGA: 'PE',
    ENCUT: { unit: 'eV', value: 520, tolerance: 0.1 },
    IVDW: 12,
    EDIFF: { unit: 'eV', maximum: 1e-5 },
  },
  kSpacing: { unit: '1/Å without 2π', maximum: 0.04, roundingFactor: 1.25 },
  maxForce: { unit: 'eV/Å', maximum: 0.02 },
  vacuum: { unit: 'Å', minimum: 20, tolerance: 0.5 },
  fixedBottomLayers: 2,
};

/** ZnO(0001) 3×3 in a cell of 40 Å, two planes held. */
const grown = supercell(znoBasal(3, 40), 3, 3);
const lowest = grown.species.flatMap((_, atom) => (position(grown, atom)[2] < 2 ? [atom] : []));
const SLAB = structureOf(
  grown.latticeAngstrom,
  grown.species.map((element, atom) => [element, position(grown, atom)]),
  lowest,
);

interface Change {
  readonly structure?: Structure;
  readonly settings?: Settings;
  readonly final?: Partial<FinalState>;
  readonly mesh?: readonly [number, number, number];
  readonly more?: Partial<Calculation>;
}

function verdicts({ structure = SLAB, settings = {}, final = {}, mesh = [3, 3, 1], more = {} }: Change = {}) {
  const calculation = calculationOf(
    'slab/OUTCAR',
    { structure, settings, mesh, final: { maxForceEvPerAngstrom: 0.2, maxFreeForceEvPerAngstrom: 0.019, ...final } },
    more,
  );
  const found = checkProtocol(calculation, classifyRole(calculation), PROTOCOL);
  return Object.fromEntries(found.map(({ item, verdict, found: value }) => [item, `${verdict}: ${value}`]));
}

describe('a slab of the protocol', () => {
  it('passes every check', () => {
    // SCIENCE §11: 3×3×1 at 0.118449 / 3 = 0.0395 Å⁻¹.
    expect(verdicts()).toEqual({
      GGA: 'pass: PE',
      ENCUT: 'pass: 520 eV',
      IVDW: 'pass: 12',
      EDIFF: 'pass: 0.00001 eV',
      'k spacing': 'pass: 0.0395 Å⁻¹',
      'k-points across the vacuum': 'pass: 1',
      'max force': 'pass: 0.0190 eV/Å',
      vacuum: expect.stringMatching(/^pass: 34\.\d\d Å$/),
      'fixed bottom layers': 'pass: 2',
    });
  });

  it('fails what differs, with the value found', () => {
    expect(
      verdicts({
        settings: { GGA: 'PS', LEXCH: 14, ENCUT: 450, IVDW: 11, EDIFF: 1e-4 },
        mesh: [2, 2, 2],
        final: { maxFreeForceEvPerAngstrom: 0.03 },
        structure: supercell(znoBasal(3, 25), 3, 3),
      }),
    ).toMatchObject({
      GGA: 'fail: PS',
      ENCUT: 'fail: 450 eV',
      IVDW: 'fail: 11',
      EDIFF: 'fail: 0.0001 eV',
      'k spacing': 'fail: 0.0592 Å⁻¹',
      'k-points across the vacuum': 'fail: 2',
      'max force': 'fail: 0.0300 eV/Å',
      vacuum: expect.stringMatching(/^fail: 19\.\d\d Å$/),
      'fixed bottom layers': 'not-determinable: not told by the files',
    });
  });

  it('without dispersion in its OUTCAR has none; a meta-GGA is not the GGA under it', () => {
    const { IVDW: _, ...without } = calculationOf('x', {}).settings;
    expect(verdicts({ more: { settings: without } }).IVDW).toBe('fail: 0');
    expect(verdicts({ settings: { METAGGA: 'R2SCAN' } }).GGA).toBe('fail: R2SCAN');
  });

  it('is not judged by the force on an atom that may be fixed', () => {
    const silent = (maxForceEvPerAngstrom: number) => {
      const calculation = calculationOf('slab/OUTCAR', { structure: SLAB, final: { maxForceEvPerAngstrom } });
      return checkProtocol(calculation, classifyRole(calculation), PROTOCOL).find(({ item }) => item === 'max force')
        ?.verdict;
    };
    expect(silent(0.2)).toBe('not-determinable');
    expect(silent(0.015)).toBe('pass');
  });

  it('is not judged where the files are silent', () => {
    const { kpoints: _, ...more } = calculationOf('x', {}, { settings: {}, potcars: [], source: 'oszicar' });
    const { kpoints: __, ...bare } = calculationOf('slab/OUTCAR', { structure: SLAB }, { ...more, structure: SLAB });
    const found = checkProtocol(bare, classifyRole(bare), PROTOCOL).filter(
      ({ verdict }) => verdict === 'not-determinable',
    );
    expect(found.map(({ item }) => item)).toEqual([
      'GGA',
      'ENCUT',
      'IVDW',
      'EDIFF',
      'k spacing',
      'k-points across the vacuum',
      'max force',
    ]);
  });
});
