/** Elastic tensors: order, symmetry, stability, averages; strain energy; Monroe and Newman (SCIENCE §8, §5.5). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elasticModuli } from '../../descriptors/elastic-moduli.ts';
import { monroeNewman } from '../../descriptors/monroe-newman.ts';
import { shearModulus } from '../../descriptors/shear-modulus.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { TRICLINIC, ZINC } from './elastic-tensors.ts';

const moduli = (inputs: object) => elasticModuli.compute(elasticModuli.inputs.parse(inputs));
const shear = (inputs: object) => shearModulus.compute(shearModulus.inputs.parse(inputs));
const monroe = (inputs: object) => monroeNewman.compute(monroeNewman.inputs.parse(inputs));

/** As OUTCAR prints it: component `12` at row 1, column 2 of XX YY ZZ XY YZ ZX, in kBar. Every number another one. */
const OUTCAR_KBAR = [
  [2100, 851, 702, 43, 114, -36],
  [851, 1900, 605, 28, -57, 79],
  [702, 605, 1600, 91, 66, -88],
  [43, 28, 91, 730, -29, 51],
  [114, -57, 66, -29, 520, 37],
  [-36, 79, -88, 51, 37, 610],
];

describe('the tensor of OUTCAR', () => {
  const constants = available(moduli({ vaspKbar: OUTCAR_KBAR })).parts.constantsGpa;

  // By hand from the rows above: Voigt 4 = YZ is VASP's fifth, 5 = ZX its sixth, 6 = XY its fourth.
  it.each([
    ['C44', 52],
    ['C55', 61],
    ['C66', 73],
    ['C14', 11.4],
    ['C15', -3.6],
    ['C16', 4.3],
    ['C25', 7.9],
    ['C34', 6.6],
    ['C45', 3.7],
    ['C46', -2.9],
    ['C56', 5.1],
    ['C11', 210],
    ['C23', 60.5],
  ])('has %s %f GPa in Voigt’s order', (name, gpa) => {
    expect(constants).toHaveProperty(name);
    expectNear(Reflect.get(Object(constants), name), gpa, 1e-9);
  });

  it('has averages that do not tell whether the order was changed', () => {
    const read = available(moduli({ vaspKbar: OUTCAR_KBAR })).value;
    const unordered = OUTCAR_KBAR.map((row) => row.map((value) => value / 10));
    expectNear(available(moduli({ stiffnessGpa: unordered })).value, read, 1e-9);
  });
});

describe('moduli of a polycrystal', () => {
  it('of zinc are those of SCIENCE §8', () => {
    const { value, parts, uncertainty } = available(moduli(ZINC));
    expectNear(value, 64.478, 5e-5);
    expectNear(parts.shearModulusGpa, 40.8165, 5e-5);
    expectNear(parts.youngModulusGpa, 101.1136, 5e-5);
    expectNear(parts.poissonRatio, 0.238635, 5e-7);
    expectNear(parts.pughRatio, 1.579703, 5e-7);
    expectNear(parts.universalAnisotropy, 1.78085, 5e-7);
    expectNear(parts.bulkModulusVoigtGpa, 71.1, 1e-9);
    expectNear(parts.bulkModulusReussGpa, 57.855993, 5e-7);
    expectNear(parts.shearModulusVoigtGpa, 46.3, 1e-9);
    expectNear(parts.shearModulusReussGpa, 35.333066, 5e-7);
    expectNear(uncertainty, (71.1 - 57.855993) / 2, 1e-6);
    expect(parts.fracture).toBe('brittle');
  });

  it.each([
    // SCIENCE §8.
    ['TiN', { crystal: 'cubic', c11Gpa: 625, c12Gpa: 165, c44Gpa: 163 }, [318.3333, 187.149, 1.700962]],
    [
      'ZnO',
      { crystal: 'hexagonal', c11Gpa: 209.7, c12Gpa: 121.1, c13Gpa: 105.1, c33Gpa: 210.9, c44Gpa: 42.5 },
      [143.5823, 45.5651, 3.151145],
    ],
  ] as const)('of %s are those of SCIENCE §8', (_, given, [bulk, shearGpa, pugh]) => {
    const { value, parts } = available(moduli(given));
    expectNear(value, bulk, 5e-5);
    expectNear(parts.shearModulusGpa, shearGpa, 5e-5);
    expectNear(parts.pughRatio, pugh, 5e-7);
    expectNear(available(shear(given)).value, shearGpa, 5e-5);
  });

  it('of a crystal without symmetry agree with pymatgen', () => {
    // pymatgen 2022.11.7, ElasticTensor.from_voigt.
    const { value, parts } = available(moduli({ stiffnessGpa: TRICLINIC }));
    expectNear(value, 108.19769435710727, 1e-9);
    expectNear(parts.bulkModulusReussGpa, 106.39538871421453, 1e-9);
    expectNear(parts.shearModulusGpa, 58.915120742968554, 1e-9);
    expectNear(parts.shearModulusReussGpa, 57.6302414859371, 1e-9);
    expectNear(parts.universalAnisotropy, 0.2568316536913464, 1e-9);
    expectNear(parts.poissonRatio, 0.26956769050696416, 1e-9);
    expectNear(parts.youngModulusGpa, 149.59346755517905, 1e-9);
    // numpy.linalg.eigvalsh.
    const eigenvalues = [47.10291665, 59.49945191, 74.3920769, 111.64736292, 118.59350296, 334.76468865];
    for (const [at, found] of Object(parts.eigenvaluesGpa).entries()) expectNear(found, eigenvalues[at] ?? 0, 1e-7);
  });

  it('of an isotropic body have no anisotropy, and give back its constants', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 400, noNaN: true }),
        fc.double({ min: 1, max: 400, noNaN: true }),
        (k, g) => {
          const given = { crystal: 'isotropic', c11Gpa: k + (4 / 3) * g, c12Gpa: k - (2 / 3) * g };
          const { value, parts, uncertainty } = available(moduli(given));
          expectNear(value, k, 1e-8);
          expectNear(parts.shearModulusGpa, g, 1e-8);
          expectNear(parts.universalAnisotropy, 0, 1e-8);
          expectNear(uncertainty, 0, 1e-8);
        },
      ),
    );
  });

  it('lie between the bounds of Voigt and Reuss, and scale with the tensor', () => {
    const changes = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 36, maxLength: 36 });
    fc.assert(
      fc.property(changes, fc.double({ min: 0.1, max: 10, noNaN: true }), (change, factor) => {
        const changed = TRICLINIC.map((row, i) => row.map((value, j) => value + (change[6 * i + j] ?? 0)));
        const result = available(moduli({ stiffnessGpa: changed }));
        expect(result.parts.bulkModulusReussGpa).toBeLessThanOrEqual(result.value + 1e-9);
        expect(result.parts.bulkModulusVoigtGpa).toBeGreaterThanOrEqual(result.value - 1e-9);
        expect(result.parts.universalAnisotropy).toBeGreaterThanOrEqual(-1e-9);
        const scaled = available(moduli({ stiffnessGpa: changed.map((row) => row.map((value) => value * factor)) }));
        expectNear(scaled.value, result.value * factor, 1e-7);
      }),
    );
  });
});

describe('an elastic tensor', () => {
  const changed = (row: number, column: number, gpa: number) =>
    TRICLINIC.map((entries, i) => entries.map((value, j) => (i === row && j === column ? gpa : value)));

  it('is made symmetric, with a word when its halves differ by 5 % or more', () => {
    expect(codes(moduli({ stiffnessGpa: changed(0, 1, 85 * 1.049) }))).toEqual([]);
    const result = available(moduli({ stiffnessGpa: changed(0, 1, 85 * 1.1) }));
    expect([codes(result), result.quality]).toEqual([['W_ELASTIC_ASYM'], 'degraded']);
    expectNear(Reflect.get(Object(result.parts.constantsGpa), 'C12'), 85 * 1.05, 1e-9);
  });

  it('is not called asymmetric for rounding of components that are nearly zero', () => {
    expect(codes(moduli({ stiffnessGpa: changed(3, 5, -2.4) }))).toEqual([]);
  });

  it('that some strain lowers in energy belongs to no crystal', () => {
    // Born's criterion of a cubic crystal, C11 > |C12|: eigenvalue C11 − C12 = −1 GPa.
    const result = unavailable(moduli({ crystal: 'cubic', c11Gpa: 100, c12Gpa: 101, c44Gpa: 50 }));
    expect(codes(result)).toEqual(['E_ELASTIC_UNSTABLE']);
    expect(result.reasons[0]?.message).toContain('-1.000 GPa');
    expect(codes(shear({ crystal: 'cubic', c11Gpa: 100, c12Gpa: 20, c44Gpa: -1 }))).toEqual(['E_ELASTIC_UNSTABLE']);
    expect(codes(shear({ crystal: 'cubic', c11Gpa: 100, c12Gpa: 100, c44Gpa: 50 }))).toEqual(['E_ELASTIC_UNSTABLE']);
    expect(codes(shear({ crystal: 'cubic', c11Gpa: 100, c12Gpa: 99, c44Gpa: 50 }))).toEqual([]);
  });

  it('of a cell with vacuum has no moduli', () => {
    expect(codes(unavailable(moduli({ ...ZINC, hasVacuum: true })))).toEqual(['E_ELASTIC_SLAB']);
    expect(codes(moduli({ ...ZINC, hasVacuum: false }))).toEqual([]);
  });

  it.each([
    [{ c11Gpa: 163, c12Gpa: 30.6, c44Gpa: 39.4, crystal: 'hexagonal' }, 'C13, C33'],
    [{ ...ZINC, c66Gpa: 39.4 }, 'C66'],
    [{ ...ZINC, c14Gpa: 12 }, 'C14'],
    [{ c11Gpa: 163, c12Gpa: 30.6, c44Gpa: 39.4, c66Gpa: 20 }, 'crystal'],
    [{}, 'stiffnessGpa'],
    [{ ...ZINC, stiffnessGpa: TRICLINIC }, 'one of'],
  ])('that %j tells has no value, and the reason names %s', (given, word) => {
    const result = unavailable(moduli(given));
    expect(codes(result)).toEqual(['E_INPUT']);
    expect(result.reasons[0]?.message).toContain(word);
  });

  it('has a constant that follows from others also when it is given as well', () => {
    expectNear(available(moduli({ ...ZINC, c66Gpa: 66.2 })).value, 64.478, 5e-5); // SCIENCE §8: C66 66.2
  });

  it('of five or three constants is that of a hexagonal or cubic crystal', () => {
    const { crystal: _, ...zinc } = ZINC;
    expectNear(available(moduli(zinc)).value, 64.478, 5e-5);
    expectNear(available(moduli({ c11Gpa: 625, c12Gpa: 165, c44Gpa: 163 })).value, 318.3333, 5e-5);
  });

  it('is refused with a row missing', () => {
    expect(() => moduli({ stiffnessGpa: TRICLINIC.slice(1) })).toThrow(/stiffnessGpa/);
  });

  it('of the lower classes has the signs that their symmetry asks for', () => {
    // Corundum-like: C24 = −C14, C56 = C14 (Nye, table 9).
    const trigonal = {
      crystal: 'trigonal',
      c11Gpa: 497,
      c12Gpa: 163,
      c13Gpa: 116,
      c14Gpa: -22,
      c33Gpa: 501,
      c44Gpa: 147,
    };
    const found = available(moduli(trigonal)).parts.constantsGpa;
    expect(found).toMatchObject({ C14: -22, C24: 22, C56: -22, C66: 167, C15: 0, C55: 147 });
    const tetragonal = {
      crystal: 'tetragonal',
      c11Gpa: 271,
      c12Gpa: 177,
      c13Gpa: 149,
      c16Gpa: 3,
      c33Gpa: 480,
      c44Gpa: 124,
      c66Gpa: 193,
    };
    expect(available(moduli(tetragonal)).parts.constantsGpa).toMatchObject({ C16: 3, C26: -3, C22: 271, C23: 149 });
  });
});

describe('the criterion of Monroe and Newman', () => {
  // SCIENCE §8: 81.6 GPa on zinc, 6.8 on lithium; TiN passes, ZnO fails on zinc.
  it.each([
    ['TiN', 187.149, 'Zn', true],
    ['ZnO', 45.5651, 'Zn', false],
    ['ZnO', 45.5651, 'Li', true],
    ['just enough', 6.8, 'Li', true],
    ['just too little', 6.79, 'Li', false],
  ])('of %s (%f GPa) on %s gives %s', (_, coatingShearGpa, metal, suppresses) => {
    const result = available(monroe({ coatingShearGpa, metal }));
    expect(result.parts.suppressesMechanically).toBe(suppresses);
    expectNear(result.parts.shearNeededGpa, metal === 'Zn' ? 81.6 : 6.8, 1e-9);
    expect([codes(result), result.quality]).toEqual([['I_INFORMATIONAL'], 'ok']);
  });

  it('warns of brittle coatings', () => {
    const given = { coatingShearGpa: 187.149, metalShearGpa: 40.8 };
    expect(codes(monroe({ ...given, pughRatio: 1.700962 }))).toEqual(['I_INFORMATIONAL', 'I_INFORMATIONAL']);
    expect(codes(monroe({ ...given, pughRatio: 3.151145 }))).toEqual(['I_INFORMATIONAL']);
  });

  it('needs the metal, once', () => {
    expect(() => monroe({ coatingShearGpa: 10 })).toThrow(/metal/);
    expect(() => monroe({ coatingShearGpa: 10, metal: 'Li', metalShearGpa: 3.4 })).toThrow(/metal/);
    expect(() => monroe({ coatingShearGpa: 0, metal: 'Li' })).toThrow(/coatingShearGpa/);
  });
});
