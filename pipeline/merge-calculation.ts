/**
 * The files of one run as one calculation.
 *
 * An output says what VASP did and wins over INCAR, which says what was asked for. Where several outputs tell of the
 * run, one of them gives the final state, and what the others say otherwise is told. Selective-dynamics flags are in no
 * OUTCAR: only with vasprun.xml or the POSCAR beside it can a force on a fixed atom be told from an unconverged one.
 */
import type {
  Calculation,
  Convergence,
  Dielectric,
  FileRecord,
  FinalState,
  Potcar,
  Settings,
} from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { formula, isSameList, type Structure } from '../model/structure.ts';
import { convergenceIssues, ionicWithFlags } from './convergence.ts';
import { finalState, isSameState } from './final-state.ts';
import { initialStructure } from './initial-structure.ts';
import { insulatorSmearing } from './insulator-smearing.ts';
import { missingDispersion } from './missing-dispersion.ts';
import { namedStructure, potcarElements } from './named-structure.ts';
import { otherIssues } from './other-issues.ts';
import type { ReadFile, ReadRun } from './read-tree.ts';
import { type RestoredSetting, restoredSettings } from './rounded-settings.ts';
import { type RunOutput, type RunOutputs, runOutputs } from './run-outputs.ts';
import { disagreements } from './source-agreement.ts';
import { valueSources } from './value-sources.ts';

export function mergeCalculation(run: ReadRun): Calculation {
  const outputs = runOutputs(run);
  const { main } = outputs;
  const record = main?.record;
  const foreign = foreignInputs(run, outputs);
  const incar = foreign.length > 0 ? undefined : run.files.incar;
  const restored = restoredSettings(outputs, incar);
  const settings = settingsOf(incar?.record.settings, record?.settings, restored);
  const head = headOf(run, outputs);
  const found = structureOf(run, outputs, head.values.potcars);
  const { final, added } = finalState(outputs, found?.structure);
  const convergence = convergenceOf(outputs, settings, final);
  return {
    id: run.id,
    folder: run.folder,
    ...(run.supersededBy !== undefined && { supersededBy: run.supersededBy }),
    files: Object.values(run.files).map((file) => file.identity),
    ...(run.companions !== undefined && { companions: run.companions }),
    source: record?.format ?? 'outcar',
    completeness: record?.completeness ?? 'unreadable',
    ...head.values,
    settings,
    ...(found !== undefined && { structure: found.structure }),
    ...(found !== undefined && initialStructure(run.files.poscar, found.structure, head.values.potcars)),
    ionicStepCount: main?.stepCount ?? 0,
    ...(final !== undefined && { final }),
    convergence,
    ...(record?.earlierRuns !== undefined && { earlierRuns: record.earlierRuns }),
    ...valueSources({ id: run.id, outputs, added, incar, restored, others: { ...head.sources, ...found?.sources } }),
    issues: [
      ...run.issues,
      ...foreign,
      ...outputs.issues,
      ...issuesOf(run, outputs),
      ...(main === undefined ? [] : appendedRuns(main)),
      ...(record === undefined
        ? []
        : located(
            [
              ...convergenceIssues({ convergence, settings, final }),
              ...missingDispersion({ settings, record, final }),
              ...insulatorSmearing({ settings, bandGap: head.values.bandGap, structure: found?.structure }),
            ],
            { file: main?.path ?? run.id },
          )),
    ],
  };
}

/** Those of the output before those that were asked for. */
function settingsOf(
  asked: Settings = {},
  used: Settings = {},
  restored: ReadonlyMap<string, RestoredSetting>,
): Settings {
  if (restored.size === 0 && Object.keys(asked).length === 0) return used;
  return { ...asked, ...used, ...Object.fromEntries([...restored].map(([tag, { value }]) => [tag, value])) };
}

function issuesOf(run: ReadRun, { main, others, setAside }: RunOutputs): Issue[] {
  const outputs = new Set([main, ...others, ...setAside].map((output) => output?.path));
  const inputs = Object.values(run.files).filter((file) => !outputs.has(file.identity.path));
  if (main === undefined) return inputs.flatMap(inputIssues);
  return [
    ...located(main.record.issues, { file: main.path }),
    ...others.flatMap((other) => [...otherIssues(main, other), ...disagreements(main, other)]),
    ...inputs.flatMap(inputIssues),
  ];
}

/** A run that was started again and again would fill the list. */
const MOST_APPENDED_RUNS = 20;

function appendedRuns({ path, record: { earlierRuns = [] } }: RunOutput): Issue[] {
  const runs = earlierRuns.length + 1;
  return earlierRuns.slice(-MOST_APPENDED_RUNS).map(({ ionicStepCount, place }) => {
    const number = earlierRuns.findIndex((earlier) => earlier.place === place) + 1;
    const where = { file: path, byteOffset: place.byteOffset, ...(place.line !== undefined && { line: place.line }) };
    return issue('I_APPENDED_RUN', { number, runs, steps: ionicStepCount }, where);
  });
}

function inputIssues(file: ReadFile): Issue[] {
  return located(file.record.issues, { file: file.identity.path });
}

/** A POSCAR with other atoms than the output was left by another run, and so was the INCAR beside it. */
function foreignInputs(run: ReadRun, { main }: RunOutputs): Issue[] {
  const output = main?.record.structure?.species;
  const poscar = run.files.poscar;
  const input = poscar?.record.structure?.species;
  if (output === undefined || input === undefined || poscar === undefined) return [];
  if (formula(output) === formula(input)) return [];
  const reason = `POSCAR holds ${formula(input)}, the output ${formula(output)}: its inputs belong to another run`;
  return [issue('I_NOT_READ', { reason }, { file: poscar.identity.path })];
}

type HeadName = 'version' | 'potcars' | 'kpoints' | 'elapsedSeconds' | 'bandGap' | 'vacuumLevelsEv';

interface Head {
  readonly values: Pick<Calculation, HeadName | 'elasticModuliKbar' | 'dielectric' | 'vibrations'>;
  readonly sources: Readonly<Record<string, string>>;
}

/** What does not depend on the step: of the main output, else of the first other one that tells it. */
function headOf(run: ReadRun, { main, others }: RunOutputs): Head {
  const outputs = main === undefined ? [] : [main, ...others];
  const sources: Record<string, string> = {};
  const find = <Name extends HeadName>(name: Name): FileRecord[Name] | undefined => {
    const output = outputs.find(({ record }) => record[name] !== undefined);
    if (output !== undefined) sources[name] = output.path;
    return output?.record[name];
  };
  const version = find('version');
  const elapsedSeconds = find('elapsedSeconds');
  const [bandGap, vacuumLevelsEv] = [find('bandGap'), find('vacuumLevelsEv')];
  const elastic = outputs.find(({ record }) => record.response?.elasticModuliKbar !== undefined);
  const elasticModuliKbar = elastic?.record.response?.elasticModuliKbar;
  if (elastic !== undefined) sources.elasticModuliKbar = elastic.path;
  const vibrating = outputs.find(({ record }) => record.response?.vibrations !== undefined);
  const vibrations = vibrating?.record.response?.vibrations;
  if (vibrating !== undefined) sources.vibrations = vibrating.path;
  const dielectric = dielectricOf(outputs);
  if (dielectric !== undefined) sources.dielectric = dielectric.path;
  const potcars = find('potcars') ?? [];
  const kpoints = { ...find('kpoints'), ...run.files.kpoints?.record.kpoints };
  const values = {
    ...(version !== undefined && { version }),
    potcars,
    ...(Object.keys(kpoints).length > 0 && { kpoints }),
    ...(elapsedSeconds !== undefined && { elapsedSeconds }),
    ...(bandGap !== undefined && { bandGap }),
    ...(vacuumLevelsEv !== undefined && { vacuumLevelsEv }),
    ...(elasticModuliKbar !== undefined && { elasticModuliKbar }),
    ...(dielectric !== undefined && { dielectric: dielectric.tensors }),
    ...(vibrations !== undefined && { vibrations }),
  };
  return { values, sources };
}

/** Both parts from one file, that which tells both before one that tells the electrons alone. */
function dielectricOf(
  outputs: readonly RunOutput[],
): { readonly path: string; readonly tensors: Dielectric } | undefined {
  const told = outputs.flatMap(({ path, record: { response } }) => {
    const { dielectricElectronic: electronic, dielectricIonic: ionic } = response ?? {};
    return electronic === undefined ? [] : [{ path, tensors: { electronic, ...(ionic !== undefined && { ionic }) } }];
  });
  return told.find(({ tensors }) => tensors.ionic !== undefined) ?? told[0];
}

interface FoundStructure {
  readonly structure: Structure;
  readonly sources: Readonly<Record<string, string>>;
}

/** Final structure of the output, else CONTCAR, else POSCAR; with the flags of whichever file has them. */
function structureOf(run: ReadRun, outputs: RunOutputs, potcars: readonly Potcar[]): FoundStructure | undefined {
  const { main, others } = outputs;
  const inputs = [run.files.contcar, run.files.poscar].filter((file) => file !== undefined);
  const elements = inputs.length === 0 ? [] : potcarElements(potcars);
  const sameState = main === undefined ? [] : others.filter((other) => isSameState(main, other));
  const candidates = [
    ...[main, ...sameState].map((output) => ({ path: output?.path, structure: output?.record.structure })),
    ...inputs.map((file) => ({
      path: file.identity.path,
      structure: namedStructure(file, elements),
    })),
  ];
  const found = candidates.find(({ structure }) => structure !== undefined);
  if (found?.structure === undefined || found.path === undefined) return undefined;
  const { structure, path } = found;
  // The flags of a run are those of its inputs too, whatever step an output ends with.
  const flagged = [
    ...candidates,
    ...others.map((other) => ({ path: other.path, structure: other.record.structure })),
  ].find(
    (candidate) =>
      candidate.structure?.selectiveDynamics !== undefined &&
      isSameList(candidate.structure.species, structure.species),
  );
  const flags = flagged?.structure?.selectiveDynamics;
  if (flags === undefined || flagged?.path === undefined) return { structure, sources: { structure: path } };
  return {
    structure: { ...structure, selectiveDynamics: flags },
    sources: { structure: path, ...(flagged.path !== path && { 'structure.selectiveDynamics': flagged.path }) },
  };
}

function convergenceOf({ main, others }: RunOutputs, settings: Settings, final: FinalState | undefined): Convergence {
  const sameState = main === undefined ? [] : [main, ...others.filter((other) => isSameState(main, other))];
  const known = <Loop extends keyof Convergence>(loop: Loop): Convergence[Loop] | undefined =>
    sameState
      .map(({ record }) => record.convergence?.[loop])
      .find((outcome) => outcome !== undefined && outcome !== 'unknown');
  return {
    electronic: known('electronic') ?? 'unknown',
    ionic: ionicWithFlags(known('ionic') ?? 'unknown', settings, final),
  };
}
