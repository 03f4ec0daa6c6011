/**
 * The files of one run as one calculation.
 *
 * OUTCAR says what VASP did and wins over INCAR, which says what was asked for. Selective-dynamics flags are in no
 * OUTCAR: only with the POSCAR beside it can a force on a fixed atom be told from an unconverged one.
 */
import type { Calculation, Convergence, FileRecord, FinalState, Settings } from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { formula, type Structure } from '../model/structure.ts';
import { convergenceIssues, ionicWithFlags } from './convergence.ts';
import { maxForce, maxFreeForce } from './free-force.ts';
import { namedStructure, potcarElements } from './named-structure.ts';
import type { ReadFile, ReadRun } from './read-tree.ts';

export function mergeCalculation(run: ReadRun): Calculation {
  const { outcar, oszicar, kpoints } = run.files;
  const main = outcar ?? oszicar;
  const foreign = foreignInputs(run);
  const incar = foreign.length > 0 ? undefined : run.files.incar;
  const record = main?.record;
  const settings: Settings = { ...incar?.record.settings, ...record?.settings };
  const structure = structureOf(run, record);
  const final = finalOf(record, structure);
  const convergence = convergenceOf(record, settings, final);
  const points = { ...record?.kpoints, ...kpoints?.record.kpoints };
  return {
    id: run.id,
    folder: run.folder,
    ...(run.supersededBy !== undefined && { supersededBy: run.supersededBy }),
    files: Object.values(run.files).map((file) => file.identity),
    source: record?.format ?? 'outcar',
    completeness: record?.completeness ?? 'unreadable',
    ...(record?.version !== undefined && { version: record.version }),
    settings,
    potcars: record?.potcars ?? [],
    ...(structure !== undefined && { structure }),
    ...(Object.keys(points).length > 0 && { kpoints: points }),
    ionicStepCount: record?.ionicStepCount ?? record?.steps?.length ?? 0,
    ...(final !== undefined && { final }),
    convergence,
    ...(record?.elapsedSeconds !== undefined && { elapsedSeconds: record.elapsedSeconds }),
    places: record?.places ?? {},
    issues: [
      ...run.issues,
      ...foreign,
      ...Object.values(run.files).flatMap(issuesOf),
      ...(record === undefined
        ? []
        : located(convergenceIssues({ convergence, settings, final }), { file: main?.identity.path ?? run.id })),
    ],
  };
}

function issuesOf(file: ReadFile): Issue[] {
  return located(file.record.issues, { file: file.identity.path });
}

/** A POSCAR with other atoms than the OUTCAR was left by another run, and so was the INCAR beside it. */
function foreignInputs(run: ReadRun): Issue[] {
  const output = run.files.outcar?.record.structure?.species;
  const poscar = run.files.poscar;
  const input = poscar?.record.structure?.species;
  if (output === undefined || input === undefined || poscar === undefined) return [];
  if (formula(output) === formula(input)) return [];
  const reason = `POSCAR holds ${formula(input)}, the output ${formula(output)}: its inputs belong to another run`;
  return [issue('I_NOT_READ', { reason }, { file: poscar.identity.path })];
}

/** Final structure of the output, else CONTCAR, else POSCAR; with the flags of whichever input has them. */
function structureOf(run: ReadRun, record: FileRecord | undefined): Structure | undefined {
  const elements = potcarElements(record?.potcars ?? []);
  const contcar = namedStructure(run.files.contcar, elements);
  const poscar = namedStructure(run.files.poscar, elements);
  const structure = record?.structure ?? contcar ?? poscar;
  if (structure === undefined) return undefined;
  const flags = [contcar, poscar].find(
    (input) => input?.selectiveDynamics !== undefined && input.species.join() === structure.species.join(),
  )?.selectiveDynamics;
  return flags === undefined ? structure : { ...structure, selectiveDynamics: flags };
}

function finalOf(record: FileRecord | undefined, structure: Structure | undefined): FinalState | undefined {
  const last = record?.steps?.at(-1);
  if (last === undefined) return undefined;
  const forces = last.forcesEvPerAngstrom;
  if (forces === undefined) return last;
  const flags = structure?.selectiveDynamics;
  const largest = maxForce(forces);
  const free =
    flags === undefined || structure === undefined ? undefined : maxFreeForce(forces, flags, structure.latticeAngstrom);
  return {
    ...last,
    ...(largest !== undefined && { maxForceEvPerAngstrom: largest }),
    ...(free !== undefined && { maxFreeForceEvPerAngstrom: free }),
  };
}

function convergenceOf(record: FileRecord | undefined, settings: Settings, final: FinalState | undefined): Convergence {
  const stated = record?.convergence ?? { electronic: 'unknown', ionic: 'unknown' };
  return { electronic: stated.electronic, ionic: ionicWithFlags(stated.ionic, settings, final) };
}
