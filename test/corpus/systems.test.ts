/**
 * The calculations of the corpus that belong together, against EXPECTED.json: areas and cells by pymatgen, surface
 * energies by surfaxe's own notebook, energies by grep, tangential forces as VTST printed them.
 */
import { describe, expect, it } from 'vitest';
import { classifyRole } from '../../assembly/classify-role.ts';
import { compatibilityIssues } from '../../assembly/compatibility.ts';
import { assemblePath } from '../../assembly/migration-path.ts';
import { indexRelaxations } from '../../assembly/relaxation-index.ts';
import { formulaMultiple } from '../../assembly/shared/composition-difference.ts';
import { matchAtoms } from '../../assembly/shared/match-atoms.ts';
import { facesAreEquivalent } from '../../assembly/shared/slab-symmetry.ts';
import { siteOn } from '../../assembly/site-on-slab.ts';
import { usableEnergy } from '../../assembly/usable-energy.ts';
import { surfaceEnergy } from '../../descriptors/surface-energy.ts';
import { memorySource } from '../../model/byte-source.ts';
import type { Calculation } from '../../model/calculation.ts';
import { lengths } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { incarParser } from '../../parsers/incar.ts';
import { kpointsParser } from '../../parsers/kpoints.ts';
import { oszicarParser } from '../../parsers/oszicar.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { vasprunXmlParser } from '../../parsers/vasprun-xml.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import type { ReadFile, RunFileKind } from '../../pipeline/read-tree.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusIsThere, expectedValues } from './corpus.ts';

const PARSERS = {
  outcar: outcarParser,
  vasprun: vasprunXmlParser,
  oszicar: oszicarParser,
  poscar: poscarParser,
  contcar: poscarParser,
  incar: incarParser,
  kpoints: kpointsParser,
};

/** A run made of these files. */
function runOf(paths: Partial<Record<keyof typeof PARSERS, string>>): Calculation {
  // The keys of an object literal with this type are file kinds.
  const kinds = Object.keys(paths) as (keyof typeof PARSERS)[];
  const files = Object.fromEntries(
    kinds.map((kind): [RunFileKind, ReadFile] => {
      const path = paths[kind] ?? '';
      const record = PARSERS[kind].parse(memorySource(corpusBytes(path)));
      return [kind, { identity: { path, sha256: 'a'.repeat(64), bytes: 1 }, record }];
    }),
  );
  const id = paths.outcar ?? paths.oszicar ?? '';
  return mergeCalculation({ id, folder: id.slice(0, id.lastIndexOf('/')), files, issues: [] });
}

function structureIn(path: string): Structure {
  const { structure } = poscarParser.parse(memorySource(corpusBytes(path)));
  if (structure === undefined) throw new Error(`no structure in ${path}`);
  return structure;
}

/** Something of EXPECTED.json, by the names that lead to it. */
function expected(...names: readonly string[]): unknown {
  let found: unknown = expectedValues().systems;
  for (const name of names) found = found instanceof Object ? Reflect.get(found, name) : undefined;
  return found;
}

it('the systems of the corpus are compared with reference values', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
  expect(expected('Y2Ti2S2O5_001_surface_energy', 'slabs')).toBeDefined();
});

describe.runIf(corpusIsThere)('Y2Ti2S2O5(001)', () => {
  const slabs = ['20_20_15', '20_30_15', '20_50_15', '30_20_15', '30_30_15', '30_50_15'];
  const of = (slab: string, name: string): number =>
    Number(expected('Y2Ti2S2O5_001_surface_energy', 'slabs', slab, name));
  const calculationOf = (slab: string): Calculation => {
    const folder = `surfaxe/Y2Ti2S2O5_001/${slab}`;
    return runOf({ outcar: `${folder}/OUTCAR`, poscar: `${folder}/POSCAR` });
  };
  /** eV per atom: surfaxe's convergence tutorial. */
  const BULK_EV = -8.83099767;

  it.each(slabs)('%s is a slab with the area, the faces and the surface energy of the notebook', (slab) => {
    const calculation = calculationOf(slab);
    const { structure } = calculation;
    const role = classifyRole(calculation);
    expect(role.role).toBe('slab');
    expectNear(role.slab?.areaAngstrom2, of(slab, 'area_A2'), 1e-9);
    expect(structure?.species).toHaveLength(of(slab, 'n_atoms'));
    const symmetric = structure !== undefined && facesAreEquivalent(structure, role.slab?.axis ?? 0);
    expect(symmetric).toBe(true);
    const gamma = surfaceEnergy.compute(
      surfaceEnergy.inputs.parse({
        slabEv: usableEnergy(calculation)?.energySigma0Ev,
        bulkPerFormulaUnitEv: BULK_EV,
        formulaUnits: structure?.species.length,
        areaAngstrom2: role.slab?.areaAngstrom2,
        symmetric,
      }),
    );
    expect(gamma.available).toBe(true);
    expectNear(gamma.available && gamma.value, of(slab, 'gamma_J_m2'), 1e-8);
  });

  it('of two thicknesses gives the surface energy of the two-point fit (Fiorentini & Methfessel)', () => {
    for (const vacuum of ['20', '30', '50']) {
      const [thin, thick] = [calculationOf(`20_${vacuum}_15`), calculationOf(`30_${vacuum}_15`)];
      const [one, other] = [usableEnergy(thin)?.energySigma0Ev ?? 0, usableEnergy(thick)?.energySigma0Ev ?? 0];
      const perAtom = (other - one) / 22;
      const fit = ['Y2Ti2S2O5_001_surface_energy', 'fiorentini_methfessel_two_point', vacuum] as const;
      expectNear(perAtom, Number(expected(...fit, 'bulk_per_atom_from_slope')), 1e-8);
      const gamma = (16.02176634 * (one - 22 * perAtom)) / (2 * of(`20_${vacuum}_15`, 'area_A2'));
      expectNear(gamma, Number(expected(...fit, 'gamma_J_m2')), 1e-8);
      expect(formulaMultiple(thick.structure?.species ?? [], thin.structure?.species ?? [])).toBe(2);
    }
  });

  it('in another vacuum has another cell: the two may not be subtracted', () => {
    const issues = compatibilityIssues(calculationOf('20_20_15'), calculationOf('20_30_15'), 'slab-pair');
    expect(issues.map(({ code }) => code)).toContain('E_CELL_MISMATCH');
  });
});

describe.runIf(corpusIsThere)('ZnO, ZnS and their interface', () => {
  const FOLDER = 'macrodensity/ZnO_ZnS_heterojunction';
  it.each(['ZnO', 'ZnS', 'interface'])('%s is a bulk with the energies and cell of its OUTCAR', (name) => {
    const calculation = runOf({ outcar: `${FOLDER}/OUTCAR_${name}` });
    expect(classifyRole(calculation).role).toBe('bulk');
    expectNear(calculation.final?.freeEnergyEv, Number(expected('ZnO_ZnS', name, 'F')), 1e-8);
    expectNear(calculation.final?.energySigma0Ev, Number(expected('ZnO_ZnS', name, 'E0')), 1e-8);
    const lattice = calculation.structure?.latticeAngstrom;
    const cell = lattice === undefined ? [] : [...lengths(lattice)];
    for (const [axis, length] of (expected('ZnO_ZnS', name, 'abc') as number[]).entries()) {
      expectNear(cell[axis], length, 1e-6);
    }
  });

  it('the interface is no whole number of formula units of either', () => {
    const species = (name: string) => runOf({ outcar: `${FOLDER}/OUTCAR_${name}` }).structure?.species ?? [];
    expect(formulaMultiple(species('interface'), species('ZnO'))).toBeUndefined();
    expect(formulaMultiple(species('interface'), species('ZnS'))).toBeUndefined();
  });
});

describe.runIf(corpusIsThere)('Pt on MoS2', () => {
  const FOLDER = 'single-adatom-liquid-theory/mos2';
  const pristine = (): Calculation =>
    runOf({
      outcar: `${FOLDER}/pristine-mos2/OUTCAR`,
      poscar: `${FOLDER}/pristine-mos2/POSCAR`,
      incar: `${FOLDER}/pristine-mos2/INCAR`,
      kpoints: `${FOLDER}/pristine-mos2/KPOINTS`,
    });

  it('the pristine layer is a slab of three planes with equivalent faces', () => {
    const calculation = pristine();
    const role = classifyRole(calculation);
    expect(role.role).toBe('slab');
    expect(role.slab?.layers).toBe(3);
    expect(calculation.structure !== undefined && facesAreEquivalent(calculation.structure, 2)).toBe(true);
    expectNear(
      calculation.final?.freeEnergyEv,
      Number(expected('MoS2_Pt_adsorption', 'energies', 'pristine-mos2', 'F')),
      1e-8,
    );
  });

  it.each(['pt-on-mo', 'pt-on-s'])('%s differs from it by the one Pt atom, bound above the layer', (site) => {
    const structure = structureIn(`${FOLDER}/${site}/CONTCAR`);
    const clean = pristine();
    expect(
      matchAtoms(structure, clean.structure ?? structure).unmatched.map((atom) => structure.species[atom]),
    ).toEqual(['Pt']);
    const adsorbed = { ...clean, id: site, structure };
    const { count, site: described, issues } = siteOn(adsorbed, clean, 'Pt');
    expect({ count, face: described?.face, issues }).toEqual({ count: 1, face: 'top', issues: [] });
  });
});

describe.runIf(corpusIsThere)('isolated atoms', () => {
  it.each(['B', 'Li', 'Mg', 'O'])('%s is an isolated atom in a box that is a little small', (element) => {
    const folder = `vise/isolated_atoms/${element}`;
    const role = classifyRole(runOf({ oszicar: `${folder}/OSZICAR`, poscar: `${folder}/POSCAR` }));
    expect(role.role).toBe('isolated-atom');
    expect(role.issues.map(({ code }) => code)).toEqual(['W_SMALL_BOX']);
  });
});

describe.runIf(corpusIsThere)('the vacancy hop in Al (VTST)', () => {
  const FOLDER = 'mast/neb_Al_vacancy_CI';
  const images = ['00', '01', '02', '03', '04'];
  const band = (printed: boolean) => ({
    id: FOLDER,
    settings: {},
    images: images.map((name, index) => {
      const isEnd = index === 0 || index === 4;
      const source = isEnd ? { oszicar: `${FOLDER}/${name}/OSZICAR` } : { outcar: `${FOLDER}/${name}/OUTCAR` };
      const calculation = runOf({ ...source, poscar: `${FOLDER}/${name}/POSCAR` });
      const { neb: _, ...final } = calculation.final ?? { index: 1, electronic: 'unknown' as const };
      return {
        index,
        folder: `${FOLDER}/${name}`,
        structure: structureIn(`${FOLDER}/${name}/${isEnd ? 'POSCAR' : 'CONTCAR'}`),
        calculation: printed ? calculation : { ...calculation, final },
      };
    }),
  });

  it('has the distances that pymatgen finds', () => {
    const path = assemblePath(band(true), { relaxations: indexRelaxations([]) });
    for (const [at, image] of path.images.entries()) {
      const { path_distance_A } = (expected('neb_Al_vacancy_CI', 'per_image') as { path_distance_A: number }[])[at]!;
      expectNear(image.distanceAngstrom, path_distance_A, 1e-6);
    }
  });

  it('has the tangential forces that VTST printed, also when they are projected from TOTAL-FORCE', () => {
    const printed = assemblePath(band(true), { relaxations: indexRelaxations([]) }).images;
    const projected = assemblePath(band(false), { relaxations: indexRelaxations([]) }).images;
    for (const at of [1, 2, 3]) {
      const reference = (expected('neb_Al_vacancy_CI', 'per_image') as { tangent_force_REAL_eV_per_A: number }[])[at]!;
      expectNear(printed[at]?.tangentForceEvPerAngstrom, reference.tangent_force_REAL_eV_per_A, 1e-9);
      // CONTCAR is one step ahead of the forces, which turns the tangent a little.
      expectNear(projected[at]?.tangentForceEvPerAngstrom, reference.tangent_force_REAL_eV_per_A, 2e-3);
    }
  });

  it('has the NEB residual 0.019191 eV/Å on its first image, projected nearly the same', () => {
    // SCIENCE §3.4: m of `FORCES: max atom, RMS`; without springs here, so only about equal.
    expectNear(
      assemblePath(band(true), { relaxations: indexRelaxations([]) }).images[1]?.residualForceEvPerAngstrom,
      0.019191,
      1e-9,
    );
    expectNear(
      assemblePath(band(false), { relaxations: indexRelaxations([]) }).images[1]?.residualForceEvPerAngstrom,
      0.019191,
      5e-3,
    );
  });
});
