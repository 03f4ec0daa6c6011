/** The record of one vaspout.h5. */
import type { FileRecord, Place, Potcar, Settings } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { bandGapOf } from '../band-gap.ts';
import { knownValues } from '../known-values.ts';
import type { ParseOptions } from '../parser.ts';
import { ionicOutcome, numberOf } from '../vasprun-xml/convergence.ts';
import type { Datasets } from './datasets.ts';
import { isLineMode, readBands, readFermi, readKpoints, readStates, STATES_PATH } from './electrons.ts';
import { type FoundStructure, readStructure } from './geometry.ts';
import { readResponse } from './response.ts';
import { readSettings } from './settings.ts';
import { type FoundSteps, readSteps } from './steps.ts';

/** `isCut`: the file is shorter than it was. */
export function recordOf(datasets: Datasets, isCut: boolean, options: ParseOptions): FileRecord {
  const version = readVersion(datasets);
  const settings = readSettings(datasets);
  const potcars = readTitles(datasets);
  // A path through the zone has energies of its own, which are none of the crystal.
  const found = isLineMode(datasets) ? undefined : readSteps(datasets, keptSteps(options));
  const structure = readStructure(datasets, '/results/positions') ?? readStructure(datasets, '/input/poscar');
  const kpoints = readKpoints(datasets);
  const bands = readBands(datasets);
  const fermi = readFermi(datasets);
  const states = options.densityOfStates === true ? readStates(datasets) : undefined;
  const response = readResponse(datasets, structure?.structure.species.length);
  const steps = found?.steps.map((step, index, { length }) =>
    index === length - 1 && fermi !== undefined ? { ...step, fermiEnergyEv: fermi.energyEv } : step,
  );
  const last = steps?.at(-1);
  // Written when VASP ends.
  const isFinished = datasets.names('/results').length > 0;
  const isWhole = !isCut && isFinished && found?.isTorn !== true;
  const gap = bands === undefined ? undefined : bandGapOf(bands.eigenvalues);
  return knownValues({
    format: 'vaspout-h5',
    completeness: isWhole ? 'complete' : 'truncated',
    version,
    settings: settings.values,
    potcars: potcars === undefined ? undefined : potcars.titles,
    structure: structureOf(structure, last),
    kpoints: kpoints?.kpoints,
    ionicStepCount: found?.count,
    steps,
    convergence:
      found === undefined
        ? undefined
        : {
            electronic: last?.electronic ?? 'unknown',
            ionic: ionicOutcome({
              settings: withDefaults(settings.values),
              steps: steps ?? [],
              lattice: last?.latticeAngstrom,
              flags: structure?.structure.selectiveDynamics,
              closed: isWhole,
            }),
          },
    bandGap: gap,
    eigenvalues: options.eigenvalues === true ? bands?.eigenvalues : undefined,
    densityOfStates: states,
    response: response?.response,
    places: knownValues({
      ...(version !== undefined && { version: datasets.place('/version') }),
      ...settings.places,
      potcars: potcars?.place,
      structure: structure === undefined ? undefined : datasets.place(structure.path),
      kpoints: kpoints === undefined ? undefined : datasets.place(kpoints.path),
      ...found?.places,
      'final.fermiEnergyEv': last === undefined ? undefined : fermi?.place,
      bandGap: gap === undefined || bands === undefined ? undefined : datasets.place(bands.path),
      eigenvalues: options.eigenvalues === true && bands !== undefined ? datasets.place(bands.path) : undefined,
      densityOfStates: states === undefined ? undefined : datasets.place(STATES_PATH),
      ...response?.places,
    }),
    issues: issuesOf(datasets, { isCut, isFinished, version, found }),
  }) as FileRecord; // no key of a FileRecord is undefined
}

/** Only tags of INCAR are in the file. Defaults of the VASP wiki. */
function withDefaults(settings: Settings): Settings {
  const nsw = numberOf(settings, 'NSW') ?? 0;
  const ediff = numberOf(settings, 'EDIFF') ?? 1e-4;
  return { NSW: nsw, IBRION: nsw > 1 ? 0 : -1, EDIFFG: 10 * ediff, ...settings };
}

function keptSteps({ steps, tail }: ParseOptions): 'last' | 'all' {
  return tail === true ? 'last' : (steps ?? 'all');
}

function readVersion(datasets: Datasets): string | undefined {
  const parts = ['major', 'minor', 'patch'].map((part) => datasets.number(`/version/${part}`));
  return parts.every((part) => part !== undefined && Number.isInteger(part) && part >= 0) ? parts.join('.') : undefined;
}

/** Of the step that the final energies belong to. */
function structureOf(
  found: FoundStructure | undefined,
  last: NonNullable<FileRecord['steps']>[number] | undefined,
): FileRecord['structure'] {
  if (found === undefined) return undefined;
  const { latticeAngstrom, cartesianAngstrom } = last ?? {};
  if (latticeAngstrom === undefined || cartesianAngstrom?.length !== found.structure.cartesianAngstrom.length) {
    return found.structure;
  }
  return { ...found.structure, latticeAngstrom, cartesianAngstrom };
}

const TITLES = '/input/potcar/spec';

/** Titles that pymatgen put in the place of the potentials, as JSON. The potentials themselves are never opened. */
function readTitles(datasets: Datasets): { readonly titles: readonly Potcar[]; readonly place: Place } | undefined {
  const text = datasets.text(TITLES);
  if (text === undefined || !text.startsWith('[')) return undefined;
  let stated: unknown;
  try {
    stated = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  if (!Array.isArray(stated)) return undefined;
  const titles = stated.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'titel' in entry && typeof entry.titel === 'string'
      ? [{ title: entry.titel }]
      : [],
  );
  return titles.length > 0 && titles.length === stated.length ? { titles, place: datasets.place(TITLES) } : undefined;
}

interface Outcome {
  readonly isCut: boolean;
  readonly isFinished: boolean;
  readonly version: string | undefined;
  readonly found: FoundSteps | undefined;
}

function issuesOf(datasets: Datasets, { isCut, isFinished, version, found }: Outcome): Issue[] {
  const issues: Issue[] = [];
  const steps = found?.count ?? 0;
  if (isCut || !isFinished || found?.isTorn === true) {
    const lost = [...datasets.lost].slice(0, LISTED).join(', ');
    const cut = `a shorter one${lost === '' ? '' : ` without ${lost}${datasets.lost.size > LISTED ? ', …' : ''}`}`;
    const stopped = `${steps} complete ionic step(s) of a run that was stopped`;
    const expected = isCut ? 'the whole file' : 'the results of a run that ended';
    issues.push(issue('E_TRUNCATED', { expected, found: isCut ? cut : stopped }, { byteOffset: 0 }));
  }
  if (version === undefined) issues.push(issue('W_NO_VERSION', {}));
  if (found !== undefined && steps === 0) {
    const where = { byteOffset: 0, block: '/intermediate/ion_dynamics' };
    issues.push(issue('E_UNREADABLE', { reason: 'no complete ionic step' }, where));
  }
  return [...issues, ...(found?.issues ?? []), ...datasets.issues()];
}

const LISTED = 5;
