/** `adatom calc` as a scientist meets it: the examples of SCIENCE from plain numbers, and requests with a slip in them. */
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { runAdatom } from './run-adatom.ts';

interface Answer {
  readonly [part: string]: unknown;
  readonly name: string;
  readonly value?: number;
  readonly unit: string;
  readonly issues: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

async function calc(...args: string[]): Promise<Answer> {
  const run = await runAdatom(['calc', ...args, '--json']);
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
}

function codes({ issues }: Answer): string[] {
  return issues.map((entry) => entry.code);
}

// SCIENCE §2.1.
const ADSORPTION = ['adsorbedSlabEv=-216.042345', 'slabEv=-212.345678', 'adsorbateCount=1', 'atomEv=-0.297100'];
const BULK = 'bulkPerAtomEv=-1.905600';

describe('adsorption', () => {
  test('energy is negative for a bound atom and stands beside that relative to the metal', async () => {
    const answer = await calc('adsorption-energy', ...ADSORPTION, BULK);
    expect(answer).toMatchObject({
      name: 'adsorption-energy',
      unit: 'eV',
      uncertainty: 0.1,
      quality: 'ok',
      issues: [],
    });
    expectNear(answer.value, -3.399567, 1e-9);
    expectNear(answer.adsorptionEnergyBulkEv as number, -1.791067, 1e-9);
    expectNear(answer.cohesiveEnergyEv as number, 1.6085, 1e-9);
  });

  test('is the binding energy with the other sign, by identifier and by symbol', async () => {
    for (const name of ['binding-energy', 'E_b']) {
      const answer = await calc(name, ...ADSORPTION, BULK);
      expect(answer.name).toBe('binding-energy');
      expectNear(answer.value, 3.399567, 1e-9);
      expectNear(answer.uncertainty as number, 0.1, 1e-12);
    }
    expect((await calc('E_ads', ...ADSORPTION)).name).toBe('adsorption-energy');
  });

  test('relative to the metal is no binding energy', async () => {
    expectNear((await calc('adsorption-energy', ...ADSORPTION, BULK, 'reference=bulk')).value, -1.791067, 1e-9);
    const run = await runAdatom(['calc', 'binding-energy', ...ADSORPTION, BULK, 'reference=bulk', '--json']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('relative to the isolated atom');
  });

  test('counts adsorbates of one side for the coverage', async () => {
    // SCIENCE §2.5: one Li on 82.3012 Å².
    const area = 'areaAngstrom2=82.3012';
    expectNear((await calc('adsorption-energy', ...ADSORPTION, area)).coveragePerNm2 as number, 1.215049, 1e-6);
    const both = await calc('adsorption-energy', ...ADSORPTION, area, 'doubleSided=true');
    expectNear(both.coveragePerNm2 as number, 1.215049 / 2, 1e-6);
  });
});

describe('the nucleation driving force', () => {
  // SCIENCE §2.2: published E_b of the facets, E_coh 1.63 eV.
  for (const [facet, bindingEv, drivingForceEv, wetting] of [
    ['(002)', 3.4, -1.77, 'lithiophilic'],
    ['(020)', 1.61, 0.02, 'borderline'],
    ['(202)', 4.32, -2.69, 'lithiophilic'],
  ] as const) {
    test(`of ZnO${facet} is ${drivingForceEv} eV: ${wetting}`, async () => {
      const inputs = [`adsorptionEnergyAtomEv=${-bindingEv}`, 'cohesiveEnergyEv=1.63', 'ion=Li'];
      const answer = await calc('nucleation-driving-force', ...inputs);
      expectNear(answer.value, drivingForceEv, 1e-9);
      expect(answer.wetting).toBe(wetting);
    });
  }

  test('shifts the deposition potential of divalent Zn by half of it', async () => {
    // SCIENCE §2.3: ΔE_nuc −0.50 eV, z = 2.
    const answer = await calc('ΔE_nuc', 'adsorptionEnergyAtomEv=-1.85', 'cohesiveEnergyEv=1.35', 'chargeNumber=2');
    expectNear(answer.underpotentialShiftVolt as number, 0.25, 1e-9);
    expect(codes(answer)).toContain('W_NO_SOLVATION');
  });
});

describe('the migration barrier', () => {
  test('is read from a list of images in JSON', async () => {
    // SCIENCE §3.3.
    const images = [0, -0.1, 0.15, 0.02].map((energyEv, index) => ({ index, distanceAngstrom: index, energyEv }));
    const answer = await calc('migration-barrier', `images=${JSON.stringify(images)}`);
    expectNear(answer.value, 0.15, 1e-9);
    expectNear(answer.spanEv as number, 0.25, 1e-9);
    expect(codes(answer)).toContain('W_INTERMEDIATE_BELOW_ENDPOINT');
  });

  test('is read from a file, in which what is written beside it stands for what the file says', async () => {
    // SCIENCE §3.6.
    const nodes = [
      [0, 0, 0],
      [0.8, 0.1, -0.24],
      [1.6, 0.24, -0.05],
      [2.4, 0.15, 0.21],
      [3.2, 0.03, 0],
    ] as const;
    const images = nodes.map(([distanceAngstrom, energyEv, tangentForceEvPerAngstrom], index) => ({
      index,
      distanceAngstrom,
      energyEv,
      tangentForceEvPerAngstrom,
    }));
    const cwd = temporaryFolder({ 'path.json': JSON.stringify({ images, uncertaintyEv: 0.02 }) });
    const run = await runAdatom(['calc', 'E_f', 'uncertaintyEv=0.03', '@path.json', '--json'], { cwd });
    const answer = JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
    expectNear(answer.value, 0.2422722, 1e-7);
    expectNear(answer.saddleDistanceAngstrom as number, 1.692495, 1e-6);
    expect(answer.uncertainty).toBe(0.03);
  });
});

describe('the surface energy', () => {
  const slab = ['bulkPerFormulaUnitEv=-10.152', 'formulaUnits=16', 'areaAngstrom2=36.58'];

  test('of a slab with one fixed face puts the relaxation on the other', async () => {
    // SCIENCE §4.3.
    const answer = await calc('surface-energy', 'slabEv=-159.4', 'unrelaxedSlabEv=-158.9', ...slab, 'symmetric=true');
    expectNear(answer.value, 0.5544985, 1e-7);
    expectNear(answer.unrelaxedSurfaceEnergyJPerM2 as number, 0.7734948, 1e-7);
    expect(answer.unit).toBe('J/m²');
  });

  test('of a polar slab is no answer: no value, the reason, exit code 3, and the cleavage energy all the same', async () => {
    const run = await runAdatom(['calc', 'surface-energy', 'slabEv=-158.9', ...slab, 'symmetric=false', '--json']);
    expect(run.exitCode).toBe(3);
    const answer = JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
    expect(answer).not.toHaveProperty('value');
    expect(codes(answer)).toEqual(['E_POLAR_SINGLE_GAMMA']);
    // By hand: twice the 0.7734948 J/m² that each of two equal faces would have.
    expectNear(answer.cleavageEnergyJPerM2 as number, 2 * 0.7734948, 2e-7);
    expect(run.stderr).toContain('asymmetric slab');
  });
});

describe('a slip in the request', () => {
  test('is answered with exit code 2, nothing on stdout and what to write instead', async () => {
    const cwd = temporaryFolder({
      'list.json': '[1]',
      'broken.json': '{"slabEv": ',
      'typo.json': '{"slabEV": 1}',
      'text.json': '{"slabEv": "12"}',
    });
    for (const [args, words] of [
      [['adsorption-energi'], 'Did you mean "adsorption-energy"?'],
      [['adsorption-energy', 'slabEV=-1'], 'unknown input "slabEV"; did you mean "slabEv"?'],
      [['adsorption-energy', 'slabEv=-1', 'slabEv=-2'], 'slabEv is given twice'],
      [['adsorption-energy', 'slabEv'], 'expected key=value or @file.json, found "slabEv"'],
      [['adsorption-energy', 'slabEv=-1,5'], 'slabEv: expected a number with a decimal point, found "-1,5"'],
      [['adsorption-energy', 'slabEv='], 'slabEv: expected a number with a decimal point, found ""'],
      [['adsorption-energy', 'slabEv=0x10'], 'slabEv: expected a number'],
      [['adsorption-energy', 'slabEv=NaN'], 'slabEv: expected a number'],
      [['adsorption-energy', 'slabEv=1e999'], 'slabEv: expected a number'],
      [['adsorption-energy', ...ADSORPTION, 'doubleSided=yes'], 'doubleSided: expected true or false, found "yes"'],
      [
        ['adsorption-energy', ...ADSORPTION, 'reference=vacuum'],
        'reference: expected one of "atom", "bulk", "molecule", "ion", found "vacuum"',
      ],
      [['migration-barrier', 'images=0,1'], 'images: expected a list in JSON'],
      [
        ['migration-barrier', 'images=[{"index":0},{"index":1}]'],
        'images[0].energyEv: expected a finite number, found nothing',
      ],
      [['adsorption-energy', '@nowhere.json'], 'nowhere.json: no such file'],
      [['adsorption-energy', '@list.json'], 'list.json: expected an object'],
      [['adsorption-energy', '@broken.json'], 'broken.json: '],
      [['adsorption-energy', '@typo.json'], 'typo.json: unknown input "slabEV"'],
      [
        ['adsorption-energy', ...ADSORPTION.slice(0, 1), ...ADSORPTION.slice(2), '@text.json'],
        'slabEv: expected a finite number, found "12"',
      ],
    ] as const) {
      const run = await runAdatom(['calc', ...args, '--json'], { cwd });
      expect(run.stderr).toContain(words);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });

  test('that leaves inputs out is answered with all that are needed, their units and meanings', async () => {
    const run = await runAdatom(['calc', 'adsorption-energy', 'slabEv=-1']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^ {2}adsorbedSlabEv \(eV\): energy\(sigma->0\) of the slab/m);
    expect(run.stderr).toMatch(/^ {2}adsorbateCount: adsorbates/m);
    expect(run.stderr).not.toContain('slabEv (eV): E(slab): ');
    expect(run.stderr).not.toContain('atomEv');
  });

  test('that leaves the reference out is no answer: its reason, exit code 3', async () => {
    const run = await runAdatom(['calc', 'adsorption-energy', ...ADSORPTION.slice(0, 3), '--json']);
    expect(run.exitCode).toBe(3);
    const answer = JSON.parse(run.stdout) as Answer; // shape: the contract of the command line
    expect(answer).not.toHaveProperty('value');
    expect(codes(answer)).toEqual(['E_REFERENCE_MISSING']);
  });
});

describe('without a name', () => {
  test('every quantity is listed with symbol, unit and inputs', async () => {
    const run = await runAdatom(['calc', '--json']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const { quantities } = JSON.parse(run.stdout);
    expect(quantities.map(({ name, symbol, unit }: Answer) => [name, symbol, unit])).toEqual(
      expect.arrayContaining([
        ['adsorption-energy', 'E_ads', 'eV'],
        ['nucleation-driving-force', 'ΔE_nuc', 'eV'],
        ['migration-barrier', 'E_f', 'eV'],
        ['surface-energy', 'γ', 'J/m²'],
      ]),
    );
    expect(quantities[0].inputs).toContainEqual({
      name: 'areaAngstrom2',
      symbol: 'A',
      unit: 'Å²',
      type: 'number',
      required: false,
      meaning: 'in-plane area of the cell, for the coverage',
    });
  });

  test('the list for people names aliases, needs and defaults', async () => {
    const { stdout, exitCode } = await runAdatom(['calc']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('binding-energy (E_b) = -1 × E_ads');
    expect(stdout).toMatch(/^ {4}adsorbedSlabEv \(E_slab\+nA, eV\), slabEv \(E_slab, eV\)/m);
    expect(stdout).toContain('[reference]');
  });

  test('a name alone is answered with its inputs in full and a command that runs', async () => {
    const { stdout, exitCode } = await runAdatom(['calc', 'adsorption-energy']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^slabEv +E_slab +eV +needed +the clean slab in the same cell$/m);
    expect(stdout).toMatch(/^reference +atom \| bulk \| molecule \| ion; default atom /m);
    expect(stdout).toContain('adatom calc adsorption-energy adsorbedSlabEv=-216.042345');
    const path = await runAdatom(['calc', 'migration-barrier']);
    expect(path.stdout).toContain('each {index, distanceAngstrom, energyEv, tangentForceEvPerAngstrom?');
  });

  test('an input goes by its symbol as well', async () => {
    const answer = await calc('aggregation-energy', 'E_2A=-219.7', 'EA=-216.042345', 'slabEv=-212.345678');
    expectNear(answer.value, 0.039012, 1e-9); // by hand
  });
});

test('without --json value, parts, formula and reference are told', async () => {
  const { stdout } = await runAdatom(['calc', 'binding-energy', ...ADSORPTION, BULK]);
  expect(stdout).toContain('binding-energy: E_b = 3.399567 ± 0.1 eV');
  expect(stdout).toMatch(/^cohesiveEnergyEv +1\.6085 +eV$/m);
  expect(stdout).toMatch(/^formula +E_ads = /m);
  expect(stdout).toMatch(/^reference +\S/m);
});
