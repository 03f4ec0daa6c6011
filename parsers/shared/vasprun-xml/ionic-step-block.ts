/**
 * One `<calculation>`: an ionic step. Its values count when its end tag is there, so an unfinished step is never shown.
 */
import type { IonicStep, Place, Settings } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { volume } from '../../../model/lattice.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { type BandBlocks, bandBlocks } from './band-blocks.ts';
import { electronicOutcome, numberOf } from './convergence.ts';
import type { Content, Element } from './events.ts';
import { type NumberRows, type NumberTable, rowOf } from './number-rows.ts';
import type { Postponed } from './postponed.ts';
import { type ResponseBlock, responseBlock } from './response-block.ts';
import { type ScfLoop, scfLoop } from './scf-loop.ts';
import { type FreeEnergy, stepEnergies } from './step-energies.ts';
import { type Geometry, structureBlock } from './structure-block.ts';

export interface StepContext {
  readonly index: number;
  readonly settings: Settings;
  readonly atoms: number | undefined;
  readonly densityOfStates: boolean;
  readonly machineLearning: boolean;
  /** The reader can come back for the eigenvalues. */
  readonly putsOff: boolean;
  /** Positions and forces are put off, too: those of the last step only are wanted. */
  readonly tablesLater: boolean;
}

export interface ParsedStep {
  readonly step: IonicStep;
  readonly offset: number;
  readonly machineLearned: boolean;
  readonly hasForces: boolean;
  /** Of the last step only. */
  readonly geometry?: Geometry;
  readonly bands?: BandBlocks;
  readonly response?: ResponseBlock;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export interface IonicStepBlock {
  readonly loop: ScfLoop;
  readonly bands: BandBlocks;
  readonly open: (element: Element, path: readonly string[]) => Content;
  readonly text: (element: Element, text: string, place: Place, path: readonly string[]) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place, path: readonly string[]) => void;
  readonly close: (element: Element, end: number, path: readonly string[]) => void;
  readonly postpone: (postponed: Postponed) => void;
  readonly postponed: readonly Postponed[];
  /** The step as far as it is read. */
  readonly finish: (place: Place) => ParsedStep;
}

/** `path` are the names of the open elements inside the step. */
export function ionicStepBlock(context: StepContext): IonicStepBlock {
  const loop = scfLoop(hasResponse(context.settings), numberOf(context.settings, 'NELM'));
  const structure = structureBlock(context.tablesLater);
  const bands = bandBlocks(context.densityOfStates, context.putsOff);
  const response = responseBlock(context.atoms);
  const tables: StepTables = {};
  const postponed: Postponed[] = [];
  let free: FreeEnergy | undefined;
  let elapsedSeconds: number | undefined;
  const lostTimes: Issue[] = [];
  return {
    loop,
    bands,
    postponed,
    postpone: (element) => postponed.push(element),
    open: (element, path) => {
      switch (path[0]) {
        case undefined:
          break;
        case 'scstep':
          return loop.open(element);
        case 'structure':
          return structure.open(element);
        case 'energy':
          return element.name !== 'i' ? 'skip' : element.attributes.name === 'e_fr_energy' ? 'text' : 'leaf';
        case 'dos':
        case 'eigenvalues':
          return bands.open(element, path);
        default:
          return response.open(element, path);
      }
      switch (element.name) {
        case 'structure':
          loop.end();
          return 'children';
        case 'scstep':
        case 'energy':
          return 'children';
        case 'time':
          return element.attributes.name === 'totalsc' ? 'text' : 'leaf';
        case 'dos':
        case 'eigenvalues':
          return bands.open(element, path);
        default:
          return isTable(element)
            ? { width: 3, borrowed: true, later: context.tablesLater && element.attributes.name === 'forces' }
            : response.open(element, path);
      }
    },
    text: (element, text, place, path) => {
      const [top] = path;
      if (top === 'scstep') loop.text(element, text, place);
      else if (top === 'structure') structure.text(element, text);
      else if (top === 'energy') free = { value: parseFortranNumber(text), place, text };
      else if (top === 'dos' || top === 'eigenvalues') bands.text(element, text, place, path);
      else if (element.name === 'time') {
        elapsedSeconds = secondOf(text);
        if (elapsedSeconds === undefined) lostTimes.push(lostTime(text, place));
      } else response.text(element, text, place, path);
    },
    rows: (element, rows, place, path) => {
      const [top] = path;
      if (top === 'structure') structure.rows(element, rows, place);
      else if (top === 'dos' || top === 'eigenvalues') bands.rows(element, rows, place, path);
      else if (top !== undefined || !isTable(element)) response.rows(element, rows, place, path);
      else if (element.attributes.name === 'forces') tables.forces = { rows: rows.table(), place };
      else tables.stress = { rows: rows.table(), place };
    },
    close: (element, end, path) => {
      if (path.length > 0) return;
      if (element.name === 'scstep') loop.finishStep();
      if (element.name === 'eigenvalues')
        bands.places.eigenvalues = { byteOffset: element.start, byteLength: end - element.start };
    },
    finish: (place) => {
      const { index, settings, atoms } = context;
      const geometry = structure.geometry();
      const machineLearned = context.machineLearning && loop.count() === 0;
      const energies = stepEnergies(free, loop.last(), place.byteOffset);
      const hasFree = energies.energies.freeEnergyEv !== undefined;
      const found = tablesOf(geometry, tables, atoms);
      const { forcesEvPerAngstrom, stressKbar, ...cell } = found.values;
      const dft = {
        ...(forcesEvPerAngstrom !== undefined && { forcesEvPerAngstrom }),
        ...(stressKbar !== undefined && { stressKbar }),
        ...energies.energies,
        ...(bands.fermiEnergyEv() !== undefined && { fermiEnergyEv: bands.fermiEnergyEv() as number }),
        ...(loop.count() > 0 && { electronicStepCount: loop.count() }),
      };
      return {
        step: {
          index,
          ...cell,
          // Energies and forces of a force field are none of DFT.
          ...(machineLearned ? { machineLearned: learnedValues(energies.energies.freeEnergyEv, found.values) } : dft),
          electronic: electronicOutcome(loop, settings),
          ...(elapsedSeconds !== undefined && { elapsedSeconds }),
        },
        offset: place.byteOffset,
        machineLearned,
        hasForces: tables.forces !== undefined,
        geometry,
        bands,
        response,
        places: machineLearned ? placesOfGeometry(found.places) : { ...found.places, ...energies.places },
        issues: [
          ...(machineLearned && hasFree ? [] : energies.issues),
          ...found.issues,
          ...bands.issues(),
          ...lostTimes,
        ],
      };
    },
  };
}

function learnedValues(freeEnergyEv: number | undefined, { forcesEvPerAngstrom, stressKbar }: Tables['values']) {
  return {
    ...(freeEnergyEv !== undefined && { freeEnergyEv }),
    ...(forcesEvPerAngstrom !== undefined && { forcesEvPerAngstrom }),
    ...(stressKbar !== undefined && { stressKbar }),
  };
}

function placesOfGeometry({ forces: _, stressKbar: __, ...places }: Readonly<Record<string, Place>>) {
  return places;
}

interface StepTables {
  forces?: { readonly rows: NumberTable; readonly place: Place };
  stress?: { readonly rows: NumberTable; readonly place: Place };
}

function isTable({ name, attributes }: Element): boolean {
  return name === 'varray' && (attributes.name === 'forces' || attributes.name === 'stress');
}

export function hasResponse(settings: Settings): boolean {
  return settings.LEPSILON === true || settings.IBRION === 7 || settings.IBRION === 8;
}

interface Tables {
  readonly values: Pick<
    IonicStep,
    'forcesEvPerAngstrom' | 'stressKbar' | 'latticeAngstrom' | 'volumeAngstrom3' | 'cartesianAngstrom'
  >;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

function tablesOf(geometry: Geometry, { forces, stress }: StepTables, atoms: number | undefined): Tables {
  const values: { -readonly [K in keyof Tables['values']]: Tables['values'][K] } = {};
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  const { lattice, positions } = geometry;
  if (lattice !== undefined) {
    values.latticeAngstrom = lattice;
    values.volumeAngstrom3 = volume(lattice);
    places.latticeAngstrom = geometry.places.latticeAngstrom as Place; // of the lattice that was read
  } else if (geometry.places.latticeAngstrom !== undefined) {
    issues.push(unreadable('three lattice vectors', geometry.places.latticeAngstrom.byteOffset, 'basis'));
  }
  if (positions !== undefined) {
    const place = geometry.places.cartesianAngstrom as Place; // of the positions that were read
    const fault = faultOf(positions, atoms, place, 'positions');
    if (fault !== undefined) issues.push(fault);
    else if (positions.cartesian !== undefined) {
      values.cartesianAngstrom = positions.cartesian;
      places.cartesianAngstrom = place;
    } else if (lattice !== undefined) issues.push(unreadable('positions in the cell', place.byteOffset, 'positions'));
  }
  if (forces !== undefined) {
    const fault = faultOf(forces.rows, atoms, forces.place, 'forces');
    if (fault !== undefined) issues.push(fault);
    else {
      values.forcesEvPerAngstrom = forces.rows.values;
      places.forces = forces.place;
    }
  }
  if (stress !== undefined) {
    const fault = faultOf(stress.rows, 3, stress.place, 'stress');
    const [xx, xy, , , yy, yz, zx, , zz] = stress.rows.values;
    if (fault !== undefined) issues.push(fault);
    else {
      values.stressKbar = [xx, yy, zz, xy, yz, zx] as number[]; // three rows of three
      places.stressKbar = stress.place;
    }
  }
  return { values, places, issues };
}

function faultOf(
  rows: Pick<NumberTable, 'count' | 'firstFault'>,
  expected: number | undefined,
  place: Place,
  block: string,
): Issue | undefined {
  if (rows.firstFault >= 0) return unreadable(`three numbers in every row of ${block}`, rows.firstFault, block);
  if (expected === undefined || rows.count === expected) return undefined;
  return unreadable(`${expected} rows`, place.byteOffset, block, `${rows.count} rows`);
}

function unreadable(expected: string, byteOffset: number, block: string, found = 'a field that is no number'): Issue {
  return issue('E_UNPARSEABLE', { expected, found }, { byteOffset, block });
}

/** `   75.09   75.14`: processor and real time; the columns touch when they are full. */
function secondOf(text: string): number | undefined {
  const bytes = Buffer.from(text, 'latin1');
  const seconds = rowOf(bytes, 0, bytes.length, 2)[1];
  return seconds !== undefined && Number.isFinite(seconds) ? seconds : undefined;
}

/** A time says nothing about the quality of a result. */
function lostTime(text: string, { byteOffset }: Place): Issue {
  const reason = `the seconds of the ionic step, two numbers, are: ${text.trim()}`;
  return issue('I_NOT_READ', { reason }, { byteOffset, block: 'calculation' });
}
