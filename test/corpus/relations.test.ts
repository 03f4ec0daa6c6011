/**
 * What belongs together in the corpus outside of slab systems, against `systems` of EXPECTED.json, and that calculations
 * of different projects (its top folders) are never paired.
 */
import { describe, expect, it } from 'vitest';
import { formationEnergy } from '../../descriptors/formation-energy.ts';
import { surfaceEnergy } from '../../descriptors/surface-energy.ts';
import { findRuns } from '../../intake/find-runs.ts';
import type { Relation, RoleAssignment } from '../../model/system.ts';
import { type Assembly, assembleScreening } from '../../pipeline/assemble-screening.ts';
import { describeScreening } from '../../pipeline/describe-screening.ts';
import { filesToRead, SCREENING_READ_OPTIONS, treeOf } from '../../reading/found-tree.ts';
import { type FileReading, readRecord } from '../../reading/read-record.ts';
import { expectNear } from '../near.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere, expectedValues } from './corpus.ts';

async function assembled(): Promise<Assembly> {
  const found = findRuns([CORPUS]);
  const readings = new Map<string, FileReading>();
  for (const { absolutePath } of filesToRead(found)) {
    readings.set(absolutePath, await readRecord(absolutePath, SCREENING_READ_OPTIONS));
  }
  return assembleScreening(treeOf(found, readings), { ion: 'Li' });
}

const corpus = corpusIsThere ? await assembled() : undefined;

function of(kind: Relation['kind']): string[] {
  const relations = corpus?.relations.filter((relation) => relation.kind === kind) ?? [];
  return relations.map(({ from, to, accepted }) => `${from} ${accepted ? '>' : 'not'} ${to}`);
}

function roleOf(calculation: string): RoleAssignment | undefined {
  return corpus?.roles.find((role) => role.calculation === calculation);
}

it('the relations of the corpus are compared with reference values', (context) => {
  if (!corpusIsThere) context.skip(CORPUS_MISSING);
  expect(corpus?.relations.length).toBeGreaterThan(0);
});

describe.runIf(corpusIsThere)('the corpus', () => {
  it('pairs no calculations of different projects', () => {
    const links = [...(corpus?.relations ?? []), ...(corpus?.systems.flatMap((system) => system.links) ?? [])];
    const project = (id: string): string => id.slice(0, id.indexOf('/'));
    expect(links.filter(({ kind, from, to }) => isOfHere(kind) && project(from) !== project(to))).toEqual([]);
  });

  it('holds Y2Ti2S2O5(001) of 22 and 44 atoms at three vacua: a series at each', () => {
    const folder = 'surfaxe/Y2Ti2S2O5_001';
    expect(of('thickness-series')).toEqual(
      ['20', '30', '50'].map((vacuum) => `${folder}/30_${vacuum}_15/OUTCAR > ${folder}/20_${vacuum}_15/OUTCAR`),
    );
  });

  it('gives the surface energy of the two thicknesses, which are too few for a value', () => {
    const described = corpus && describeScreening(corpus).candidates;
    const expected = expectedValues().systems.Y2Ti2S2O5_001_surface_energy?.fiorentini_methfessel_two_point;
    const routes = expected as Readonly<Record<string, { readonly gamma_J_m2: number }>>; // shape: EXPECTED.json's own
    for (const [vacuum, { gamma_J_m2: gammaJPerM2 }] of Object.entries(routes)) {
      const system = corpus?.systems.find(({ slab }) => slab?.endsWith(`/30_${vacuum}_15/OUTCAR`));
      const fit = described?.find(({ id }) => id === system?.id)?.descriptors['surface-energy-fit'];
      expect(fit?.available).toBe(false);
      expectNear(fit?.parts.surfaceEnergyOfTwoJPerM2, gammaJPerM2, 1e-7);
    }
  });

  it('gives no surface energy of one slab, whose bulk was not published, and that of its authors with their figure of it', () => {
    const described = corpus && describeScreening(corpus).candidates;
    const { slabs } = expectedValues().systems.Y2Ti2S2O5_001_surface_energy as {
      readonly slabs: Readonly<Record<string, { readonly n_atoms: number; readonly gamma_J_m2: number }>>;
    }; // shape: EXPECTED.json's own
    for (const [folder, { n_atoms: formulaUnits, gamma_J_m2: gammaJPerM2 }] of Object.entries(slabs)) {
      const id = `surfaxe/Y2Ti2S2O5_001/${folder}/OUTCAR`;
      const system = corpus?.systems.find(({ slab }) => slab === id);
      const direct = described?.find((candidate) => candidate.id === system?.id)?.descriptors['surface-energy'];
      expect(direct?.available === false && direct.reasons.map(({ code }) => code)).toEqual(['E_REFERENCE_MISSING']);
      const result = surfaceEnergy.compute({
        slabEv: corpus?.calculations.find((calculation) => calculation.id === id)?.final?.energySigma0Ev ?? Number.NaN,
        bulkPerFormulaUnitEv: -8.83099767, // per atom: EXPECTED.json, from the authors' notebook
        formulaUnits,
        areaAngstrom2: roleOf(id)?.slab?.areaAngstrom2 ?? Number.NaN,
        symmetric: true,
      });
      expectNear(result.available ? result.value : undefined, gammaJPerM2, 1e-7);
    }
  });

  it('holds an interface of ZnO and ZnS, strained as the lattices of the three files say', () => {
    const folder = 'macrodensity/ZnO_ZnS_heterojunction';
    const role = roleOf(`${folder}/OUTCAR_interface`);
    expect(role?.role).toBe('interface');
    // EXPECTED.json systems.ZnO_ZnS.strain_in_interface: 0.08837, 0.08610; -0.07510, -0.07345.
    expect(role?.evidence).toContain('ZnO is strained by +8.84 % and +8.61 % along the vectors of the plane');
    expect(role?.evidence).toContain('ZnS is strained by −7.51 % and −7.35 % along the vectors of the plane');
    expect(of('interface-film')).toEqual([`${folder}/OUTCAR_interface > ${folder}/OUTCAR_ZnO`]);
    expect(of('interface-substrate')).toEqual([`${folder}/OUTCAR_interface > ${folder}/OUTCAR_ZnS`]);
  });

  it('holds what MgO forms from, of which Mg was run at another cutoff', () => {
    const folder = 'doped/MgO_CompetingPhases';
    const oxide = `${folder}/MgO_Fm-3m_EaH_0/vasprun.xml.gz`;
    expect(of('formation-reference')).toEqual([
      `${oxide} not ${folder}/Mg_P6_3mmc_EaH_0.009/vasprun.xml.gz`,
      `${oxide} > ${folder}/O2_mmm_EaH_0/vasprun.xml.gz`,
    ]);
    const refused = corpus?.relations.find(({ kind, accepted }) => kind === 'formation-reference' && !accepted);
    expect(refused?.issues.map(({ code }) => code)).toContain('E_ENCUT');
  });

  it('gives MgO the formation energy that its authors have, once the two cutoffs are let pass', () => {
    const folder = 'doped/MgO_CompetingPhases';
    const freeEv = (name: string): number =>
      corpus?.calculations.find(({ id }) => id === `${folder}/${name}/vasprun.xml.gz`)?.final?.freeEnergyEv ??
      Number.NaN;
    const inputs = {
      totalEv: freeEv('MgO_Fm-3m_EaH_0'),
      atoms: { Mg: 1, O: 1 },
      chemicalPotentialsEv: { Mg: freeEv('Mg_P6_3mmc_EaH_0.009') / 4, O: freeEv('O2_mmm_EaH_0') / 2 },
    };
    const result = formationEnergy.compute(formationEnergy.inputs.parse(inputs));
    // EXPECTED.json systems.MgO_formation.formation_energy_MgO_eV_per_fu_F, two atoms.
    expectNear(result.available ? result.value : undefined, -5.644958715 / 2, 1e-9);
  });

  it('gives no formation energy of MgO by itself, because Mg was run at another cutoff', () => {
    const oxide = 'doped/MgO_CompetingPhases/MgO_Fm-3m_EaH_0/vasprun.xml.gz';
    const system = { id: 'mgo', label: 'MgO', ion: 'Li', formula: 'MgO', bulk: oxide, adsorbed: [], otherAdsorbed: [] };
    if (corpus === undefined) throw new Error('no corpus');
    const systems = [{ ...system, paths: [], links: [], issues: [] }];
    const found = describeScreening({ ...corpus, systems }).candidates[0]?.descriptors ?? {};
    const result = found['formation-energy'];
    expect(result?.available).toBe(false);
    expect(result?.available === false && result.reasons.map(({ code }) => code)).toContain('E_ENCUT');
    expect(found).not.toHaveProperty('energy-above-hull');
  });

  it('holds a vacancy, an antisite of charge +1 and interstitials, named as their authors do', () => {
    expect(roleOf('doped/ZnS_vac_Zn_0/OUTCAR.gz')).toMatchObject({ role: 'defect-cell' });
    expect(roleOf('doped/ZnS_vac_Zn_0/OUTCAR.gz')?.evidence[0]).toBe('V_Zn: a cell of doped/ZnS_bulk/OUTCAR.gz');
    expect(roleOf('doped/Mg_O_+1/OUTCAR.gz')?.evidence[0]).toMatch(/^Mg_O: /);
    const charged = corpus?.relations.find(({ from }) => from === 'doped/Mg_O_+1/OUTCAR.gz');
    expect(charged?.evidence).toContain('charge +1: 859 electrons, 860 when neutral');
    expect(roleOf('atomate/approx_neb_Li_MnO2/ep0/outputs/OUTCAR')?.evidence[0]).toMatch(/^Li_i: /);
    // No CdTe bulk is there: nothing is claimed.
    expect(roleOf('doped/CdTe_Int_Te_3_1_ncl/OUTCAR.gz')?.role).toBe('bulk');
  });

  it('holds a hop into a vacancy of Al, which its path shows without a perfect bulk beside it', () => {
    // The name of its folder, and 31 atoms in 2×2×2 cubic cells of Al, which hold 32.
    const path = corpus?.paths.find(({ id }) => id === 'mast/neb_Al_vacancy_CI');
    expect(path?.barrier.parts.domain).toBe('vacancy');
  });

  it('holds molecular dynamics, also of which only the OSZICAR is there', () => {
    const dynamics = corpus?.roles.filter(({ role }) => role === 'molecular-dynamics');
    expect(dynamics?.map(({ calculation }) => calculation)).toEqual([
      'custodian/drift/OUTCAR.gz',
      'dpdata/OUTCAR.ch4.unconverged',
      'dpdata/OUTCAR.h2o.md.10',
      'dpdata/Ti-aimd-nwrite0/OUTCAR',
      'pymatgen/OUTCAR.electrostaticerror.gz',
      'pymatgen/vasprun.md.xml.gz',
      'vaspy/OSZICAR_md',
    ]);
  });
});

/** Links of adsorbed slabs have a test of their own. */
function isOfHere(kind: Relation['kind']): boolean {
  return !['clean-slab', 'atom-reference', 'bulk-reference', 'molecule-reference'].includes(kind);
}
