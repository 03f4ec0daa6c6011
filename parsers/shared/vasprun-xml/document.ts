/**
 * One vasprun.xml document as its readers tell it: which part of it an element belongs to, and what is done with it.
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import type { ParseOptions } from '../parser.ts';
import { type AtomTable, atomTable } from './atom-table.ts';
import { numberOf } from './convergence.ts';
import type { Content, Element, ElementHandler, StepPattern, WholeSteps } from './events.ts';
import { hasResponse, type IonicStepBlock, ionicStepBlock, type ParsedStep } from './ionic-step-block.ts';
import { type KPointList, kpointList } from './kpoint-list.ts';
import type { NumberRows } from './number-rows.ts';
import { type EffectiveSettings, effectiveSettings, type SettingBlock, settingBlock } from './setting-values.ts';
import { type Geometry, type StructureBlock, structureBlock } from './structure-block.ts';

/** Deepest path that is followed; an element inside more others is none of VASP's. */
const MAXIMUM_DEPTH = 64;
/** What follows the structure of a step that has no element of its own. */
const LOOSE: ReadonlySet<string> = new Set(['varray', 'energy', 'time']);
const NO_PLACES = {};
const NO_ISSUES: readonly Issue[] = [];

export class VasprunDocument implements ElementHandler {
  readonly incar: SettingBlock = settingBlock('incar');
  readonly parameters: SettingBlock = settingBlock('parameters');
  readonly kpoints: KPointList = kpointList();
  readonly atoms: AtomTable = atomTable();
  readonly steps: ParsedStep[] = [];
  /** Of `<generator>`, as printed. */
  version: { readonly text: string; readonly place: Place } | undefined;
  initial: Geometry | undefined;
  /** The root was there: a document whose fault stands before it is none. */
  hasRoot = false;
  /** The step that has no end yet. */
  unfinished: { readonly block: IonicStepBlock; readonly start: number } | undefined;
  /** The last step that has its end. */
  last: { readonly block: IonicStepBlock; readonly place: Place } | undefined;
  readonly #options: ParseOptions;
  readonly #putsOff: boolean;
  #part: string | undefined;
  /** Names of the open elements inside it. */
  readonly #inner: string[] = [];
  #isOpen = false;
  /** The elements of a step stand in the root itself. */
  #isLoose = false;
  #structure: StructureBlock | undefined;
  #settings: EffectiveSettings | undefined;
  #wholeSteps: WholeSteps | undefined;
  /** Where the last step starts, when it was taken as a whole. */
  #lastWhole: number | undefined;

  /** `putsOff`: the reader can come back for what is wanted later. */
  constructor(options: ParseOptions, putsOff: boolean) {
    this.#options = options;
    this.#putsOff = putsOff;
  }

  /** The element of the root that is open. */
  get part(): string | undefined {
    return this.#part;
  }

  settings(): EffectiveSettings {
    this.#settings ??= effectiveSettings(this.incar, this.parameters);
    return this.#settings;
  }

  open(element: Element): Content {
    if (!this.#isOpen) {
      this.#isOpen = element.name === 'modeling';
      this.hasRoot ||= this.#isOpen;
      return this.#isOpen ? 'children' : 'skip';
    }
    if (this.#isLoose && this.#inner.length === 0 && !LOOSE.has(element.name)) this.#finishLoose(element.start);
    if (this.#part === undefined) {
      if (this.#beginsLoose(element)) return this.#openLoose(element);
      const content = this.#openPart(element);
      if (content === 'children') this.#part = element.name;
      return content;
    }
    const content = this.#inner.length < MAXIMUM_DEPTH ? this.#contentOf(element) : 'skip';
    if (content === 'children') this.#inner.push(element.name);
    return content;
  }

  text(element: Element, text: string, place: Place): void {
    const part = this.#part;
    if (part === 'calculation') {
      this.unfinished?.block.text(element, text, place, this.#inner);
      if (this.#isLoose && element.name === 'time') this.#finishLoose(place.byteOffset + place.byteLength);
    } else if (part === 'incar' || part === 'parameters') this[part].text(element, text, place);
    else if (part === 'kpoints') this.kpoints.text(element, text, place);
    else if (part === 'atominfo') this.atoms.text(element, text);
    else if (part === 'structure') this.#structure?.text(element, text);
    else if (part === 'generator' && element.attributes.name === 'version') this.version = { text: text.trim(), place };
  }

  rows(element: Element, rows: NumberRows, place: Place): void {
    if (this.#part === 'calculation') this.unfinished?.block.rows(element, rows, place, this.#inner);
    else if (this.#part === 'kpoints') this.kpoints.rows(element, rows, place);
    else if (this.#part === 'structure') this.#structure?.rows(element, rows, place);
  }

  close(element: Element, end: number): void {
    if (this.#inner.length > 0) {
      this.#inner.pop();
      if (this.#part === 'calculation') this.unfinished?.block.close(element, end, this.#inner);
      else if (this.#part === 'atominfo') this.atoms.close(element, end);
      return;
    }
    // What ends outside of all parts is the root.
    if (this.#isLoose) this.#finishLoose(end);
    if (this.#part === undefined) this.#isOpen = false;
    else if (this.#part === 'calculation') this.#finishStep(element.start, end);
    else if (this.#part === 'structure') this.#takeInitial();
    this.#part = undefined;
  }

  postponed(_: Element, place: Place): void {
    this.unfinished?.block.postpone({ place, path: [...this.#inner] });
  }

  get leaveOutScfSteps(): ((found: number) => number) | undefined {
    const loop = this.unfinished?.block.loop;
    return loop?.needsEveryStep === false ? loop.leaveOut : undefined;
  }

  get wholeSteps(): WholeSteps | undefined {
    return this.#part === undefined ? this.#wholeSteps : undefined;
  }

  /** Where the last step starts, when it is still to be read element by element. */
  get lastWhole(): number | undefined {
    return this.#lastWhole;
  }

  /** Lets `read` read the last step again, whatever the document is at now. */
  readLastAgain(read: () => boolean): boolean {
    const { unfinished } = this;
    const part = this.#part;
    const inner = this.#inner.splice(0);
    const isOpen = this.#isOpen;
    this.steps.pop();
    this.#part = undefined;
    this.#isOpen = true;
    this.#wholeSteps = undefined;
    const isRead = read();
    this.unfinished = unfinished;
    this.#part = part;
    this.#inner.push(...inner);
    this.#isOpen = isOpen;
    return isRead;
  }

  #contentOf(element: Element): Content {
    switch (this.#part) {
      case 'calculation':
        return this.unfinished?.block.open(element, this.#inner) ?? 'skip';
      case 'generator':
        return element.name === 'i' ? 'text' : 'skip';
      case 'incar':
        return this.incar.open(element);
      case 'parameters':
        return this.parameters.open(element);
      case 'kpoints':
        return this.kpoints.open(element);
      case 'atominfo':
        return this.atoms.open(element);
      default:
        return this.#structure?.open(element) ?? 'skip';
    }
  }

  #openPart(element: Element): Content {
    switch (element.name) {
      case 'generator':
      case 'incar':
      case 'parameters':
      case 'atominfo':
        return 'children';
      case 'kpoints':
        return element.attributes.comment === undefined ? 'children' : 'skip';
      case 'structure':
        this.#structure = element.attributes.name === 'initialpos' ? structureBlock() : undefined;
        return this.#structure === undefined ? 'skip' : 'children';
      case 'calculation':
        this.#startStep(element);
        return 'children';
      default:
        return 'skip';
    }
  }

  /** VASP 6.4 writes what a force field gives for a step into the root, without a `<calculation>` around it. */
  #beginsLoose({ name, attributes }: Element): boolean {
    if (name !== 'structure' || attributes.name !== undefined || this.atoms.atomCount() === undefined) return false;
    return this.settings().values.ML_LMLFF === true;
  }

  #openLoose(element: Element): Content {
    this.#startStep(element);
    this.#isLoose = true;
    this.#part = 'calculation';
    const content = this.#contentOf(element);
    this.#inner.push(element.name);
    return content;
  }

  /** At the time, which is written last, or where something else begins. */
  #finishLoose(end: number): void {
    const start = this.unfinished?.start ?? end;
    this.#finishStep(start, end);
    this.#isLoose = false;
    this.#part = undefined;
  }

  #takeInitial(): void {
    this.initial = this.#structure?.geometry();
    this.#structure = undefined;
  }

  #startStep(element: Element): void {
    const settings = this.settings().values;
    const block = ionicStepBlock({
      index: this.steps.length + 1,
      settings,
      atoms: this.atoms.atomCount(),
      densityOfStates: this.#options.densityOfStates === true,
      putsOff: this.#putsOff,
      tablesLater: this.#putsOff && this.#options.steps === 'last',
      machineLearning: settings.ML_LMLFF === true,
    });
    this.unfinished = { block, start: element.start };
  }

  #finishStep(start: number, end: number): void {
    if (this.unfinished === undefined) return;
    const { block } = this.unfinished;
    const place = { byteOffset: start, byteLength: end - start };
    this.unfinished = undefined;
    this.#trimLast();
    const parsed = block.finish(place);
    this.steps.push(parsed);
    this.last = { block, place };
    this.#lastWhole = undefined;
    const pattern = this.#patternOf(parsed, place);
    this.#wholeSteps = pattern && { pattern, count: () => this.steps.length, take: this.#take };
  }

  #patternOf({ issues, machineLearned }: ParsedStep, place: Place): StepPattern | undefined {
    const settings = this.settings().values;
    const atoms = this.atoms.atomCount();
    const nelm = numberOf(settings, 'NELM');
    const isPlain = this.#putsOff && issues.length === 0 && !machineLearned && settings.ML_LMLFF !== true;
    if (!isPlain || atoms === undefined || nelm === undefined || hasResponse(settings)) return undefined;
    return { place, atoms, nelm, keepsTables: this.#options.steps !== 'last' };
  }

  readonly #take = (step: IonicStep, start: number): void => {
    if (this.#lastWhole === undefined) this.#trimLast();
    this.steps.push({
      step,
      offset: start,
      machineLearned: false,
      hasForces: true,
      places: NO_PLACES,
      issues: NO_ISSUES,
    });
    this.#lastWhole = start;
  };

  #trimLast(): void {
    const last = this.steps.at(-1);
    if (last !== undefined) this.steps[this.steps.length - 1] = asEarlier(last, this.#options);
  }

  /** Takes over what was read into the last step since its end. */
  completeLast(): void {
    if (this.last !== undefined) this.steps[this.steps.length - 1] = this.last.block.finish(this.last.place);
  }
}

/** What is kept of a step when another one follows. */
function asEarlier(parsed: ParsedStep, options: ParseOptions): ParsedStep {
  const { bands: _, response: __, geometry: ___, ...rest } = parsed;
  const kept = { ...rest, places: {} };
  if (options.steps !== 'last') return kept;
  const { cartesianAngstrom: ____, forcesEvPerAngstrom: _____, machineLearned: ______, ...step } = parsed.step;
  return { ...kept, step };
}
