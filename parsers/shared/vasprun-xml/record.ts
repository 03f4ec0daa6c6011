/**
 * The record of one vasprun.xml document, and what is wrong with it as a whole.
 */
import type { FileRecord, Place } from '../../../model/calculation.ts';
import type { BandGap, Eigenvalues } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Structure } from '../../../model/structure.ts';
import { bandGapOf } from '../band-gap.ts';
import { knownValues } from '../known-values.ts';
import { versionOfLine } from '../outcar/header.ts';
import type { ParseOptions } from '../parser.ts';
import { ionicOutcome, numberOf } from './convergence.ts';
import type { VasprunDocument } from './document.ts';
import type { DocumentEnd } from './events.ts';
import type { ParsedStep } from './ionic-step-block.ts';
import type { Geometry } from './structure-block.ts';

export function recordOf(document: VasprunDocument, end: DocumentEnd, options: ParseOptions): FileRecord {
  const { steps } = document;
  const last = steps.at(-1);
  const settings = document.settings();
  const version = versionOfLine(` vasp.${document.version?.text ?? ''}`);
  const potcars = document.atoms.potcars();
  const kpoints = document.kpoints.kpoints();
  const flags = flagsOf(document, last);
  const structure = structureOf(document, last, flags);
  const bands = bandsOf(last, document);
  const densityOfStates = last?.bands?.densityOfStates();
  const response = last?.response?.response();
  return knownValues({
    format: 'vasprun-xml',
    completeness: end.kind === 'closed' ? 'complete' : 'truncated',
    version,
    settings: settings.values,
    potcars: potcars.length > 0 ? potcars : undefined,
    structure,
    kpoints,
    ionicStepCount: steps.length,
    steps: steps.map((parsed) => parsed.step),
    convergence: {
      electronic: last?.step.electronic ?? 'unknown',
      ionic: ionicOutcome({
        settings: settings.values,
        steps: steps.map((parsed) => parsed.step),
        lattice: last?.step.latticeAngstrom,
        flags,
        closed: end.kind === 'closed',
      }),
    },
    bandGap: bands?.gap,
    eigenvalues: options.eigenvalues === true ? bands?.eigenvalues : undefined,
    densityOfStates,
    response,
    places: placesOf(document, last, structure),
    issues: issuesOf(document, end),
  }) as FileRecord; // no key of a FileRecord is undefined
}

interface Bands {
  readonly eigenvalues: Eigenvalues;
  readonly gap: BandGap | undefined;
}

function bandsOf(last: ParsedStep | undefined, document: VasprunDocument): Bands | undefined {
  const found = last?.bands?.eigenvalues();
  if (found === undefined) return undefined;
  const kpoints = document.kpoints.kpoints();
  const listed = kpoints?.fractional?.length === found.kpointCount;
  const eigenvalues: Eigenvalues = {
    ...found,
    ...(listed && kpoints?.fractional !== undefined && { kpointsFractional: kpoints.fractional }),
    ...(listed && kpoints?.weights !== undefined && { weights: kpoints.weights }),
  };
  return { eigenvalues, gap: bandGapOf(eigenvalues) };
}

/** Flags do not change in a run; some steps do not repeat them. */
function flagsOf(document: VasprunDocument, last: ParsedStep | undefined): Uint8Array | undefined {
  const flags = last?.geometry?.flags ?? document.initial?.flags;
  const atoms = document.atoms.atomCount();
  return atoms !== undefined && flags?.length === 3 * atoms ? flags : undefined;
}

/** Of the step that the final energies belong to; of the input when there is no step. */
function structureOf(
  document: VasprunDocument,
  last: ParsedStep | undefined,
  flags: Uint8Array | undefined,
): Structure | undefined {
  const species = document.atoms.species();
  const { initial } = document;
  const lattice = last === undefined ? initial?.lattice : last.step.latticeAngstrom;
  const cartesian = last === undefined ? initialPositions(initial) : last.step.cartesianAngstrom;
  if (species === undefined || lattice === undefined || cartesian?.length !== 3 * species.length) return undefined;
  return {
    latticeAngstrom: lattice,
    species,
    cartesianAngstrom: cartesian,
    ...(flags !== undefined && { selectiveDynamics: flags }),
  };
}

function initialPositions(initial: Geometry | undefined): Float64Array | undefined {
  return initial?.positions?.firstFault === -1 ? initial.positions.cartesian : undefined;
}

function placesOf(
  document: VasprunDocument,
  last: ParsedStep | undefined,
  structure: Structure | undefined,
): Record<string, Place> {
  const places: Record<string, Place> = {};
  if (document.version !== undefined) places.version = document.version.place;
  Object.assign(places, document.settings().places, document.kpoints.places, document.atoms.places);
  for (const [name, place] of Object.entries(last?.places ?? {})) places[`final.${name}`] = place;
  const starting = document.initial?.places ?? {};
  const { selectiveDynamics } = last?.geometry?.flags === undefined ? starting : last.geometry.places;
  if (last === undefined && structure !== undefined) {
    for (const [name, place] of Object.entries(starting)) places[`structure.${name}`] = place;
  }
  if (structure?.selectiveDynamics !== undefined && selectiveDynamics !== undefined) {
    places['structure.selectiveDynamics'] = selectiveDynamics;
  }
  const { fermiEnergyEv, eigenvalues, densityOfStates } = last?.bands?.places ?? {};
  if (fermiEnergyEv !== undefined) places['final.fermiEnergyEv'] = fermiEnergyEv;
  if (eigenvalues !== undefined) places.eigenvalues = eigenvalues;
  if (eigenvalues !== undefined) places.bandGap = eigenvalues;
  if (densityOfStates !== undefined) places.densityOfStates = densityOfStates;
  return Object.assign(places, last?.response?.places);
}

function issuesOf(document: VasprunDocument, end: DocumentEnd): Issue[] {
  const { steps } = document;
  const last = steps.at(-1);
  const issues: Issue[] = [];
  if (document.version === undefined) issues.push(issue('W_NO_VERSION', {}));
  if (end.kind !== 'closed') issues.push(endIssue(document, end));
  if (last === undefined) {
    issues.push(
      issue('E_UNREADABLE', { reason: 'no complete ionic step' }, { byteOffset: document.unfinished?.start ?? end.at }),
    );
  }
  issues.push(...document.settings().issues, ...document.kpoints.issues, ...document.atoms.issues());
  if (document.atoms.species() === undefined) {
    issues.push(issue('W_NO_SPECIES', { names: '<atominfo> does not name the element of every atom' }));
  }
  issues.push(...earlierIssues(steps));
  if (last !== undefined) issues.push(...lastStepIssues(document, last));
  return issues;
}

/** All fields of the steps before the last one in one issue; of times that are lost, which is only a remark, the first. */
function earlierIssues(steps: readonly ParsedStep[]): Issue[] {
  let count = 0;
  let first: Issue | undefined;
  let remark: Issue | undefined;
  for (let at = 0; at < steps.length - 1; at += 1) {
    for (const found of steps[at]?.issues ?? []) {
      if (found.severity === 'info') remark ??= found;
      else {
        first ??= found;
        count += 1;
      }
    }
  }
  const field = `${count} field(s) of earlier ionic steps`;
  return [
    ...(first === undefined ? [] : [issue('W_OVERFLOW', { field }, first.where)]),
    ...(remark === undefined ? [] : [remark]),
  ];
}

function endIssue({ steps, unfinished, part }: VasprunDocument, end: DocumentEnd): Issue {
  const open = unfinished === undefined ? '' : ` of step ${steps.length + 1}`;
  const where = part === undefined ? '' : `, in <${part}>${open}`;
  const what = end.kind === 'cut' ? 'the file ends' : `no XML from here on (${end.fault ?? 'fault'})`;
  const found = `${what} after ${steps.length} complete ionic step(s)${where}`;
  return issue('E_TRUNCATED', { expected: 'well-formed XML up to </modeling>', found }, { byteOffset: end.at });
}

function lastStepIssues(document: VasprunDocument, last: ParsedStep): Issue[] {
  const where = { byteOffset: last.offset, block: 'calculation' };
  if (last.machineLearned) return [issue('E_ML_ENERGY', {}, where), ...last.issues];
  const settings = document.settings().values;
  const kbar = numberOf(settings, 'PSTRESS');
  const unconverged = document.steps.slice(0, -1).filter(({ step }) => step.electronic === 'notReached').length;
  return [
    ...last.issues,
    ...(last.hasForces ? [] : [issue('W_NO_FORCES', {}, where)]),
    ...(kbar !== undefined && kbar !== 0 ? [issue('W_PSTRESS', { kbar })] : []),
    ...(unconverged > 0 ? [issue('W_SCF_EARLIER_STEP', { steps: unconverged })] : []),
  ];
}
