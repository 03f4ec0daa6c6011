/**
 * Ionic steps that are printed like the one before them, but for their numbers and the count of electronic steps: all
 * steps of a run but its last one. Each is compared with the first byte by byte, and made of its numbers alone.
 *
 * Whatever differs in one byte of its markup, has a field that is no number of the same form, or may not be complete is
 * not taken: it is read element by element, and then the next ones are compared with it.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { type Matrix3, type Vector3, volume } from '../../../model/lattice.ts';
import type { StepPattern, WholeSteps } from './events.ts';
import { stands } from './known-tags.ts';
import { type NumberTarget, readLayout } from './number-layout.ts';
import type { ScfSteps } from './scf-steps.ts';
import { rebuiltEnergy } from './step-energies.ts';
import { type StepLayout, stepLayout } from './step-layout.ts';
import { intoCell, spansVolume } from './structure-block.ts';
import type { XmlView } from './xml-view.ts';

/** Patterns in a row that no step was like, after which the file is taken for an irregular one. */
const MAXIMUM_MISSES = 4;
/** A larger step has long tables, which are read as fast one by one. */
const MAXIMUM_STEP = 512 * 1024;
/** Numbers that tables of several steps share memory for. */
const LARGEST_PIECE = 64 * 1024;
/** xx, yy, zz, xy, yz, zx of three rows of three. */
const STRESS = [0, 4, 8, 1, 5, 6];
const STAR = 42;
const LETTER_N = 78;

type Values = { -readonly [K in keyof IonicStep]: IonicStep[K] };

export class AlikeSteps {
  readonly #view: XmlView;
  readonly #scf: ScfSteps;
  #pattern: StepPattern | undefined;
  #layout: StepLayout | undefined;
  #misses = 0;
  /** Numbers of the step, in the order of the file; those of its last electronic step. */
  readonly #target: NumberTarget = { values: new Float64Array(0), base: 0 };
  readonly #scfTarget: NumberTarget = { values: new Float64Array(64), base: 0 };
  #used = 0;
  #lattice: Matrix3 | undefined;
  #volume = 0;

  constructor(view: XmlView, scf: ScfSteps) {
    this.#view = view;
    this.#scf = scf;
  }

  /** Takes the steps from the one at `start` on; returns where the reading goes on, which is `start` without any. */
  take(start: number, steps: WholeSteps): number {
    const { pattern } = steps;
    const layout = this.#layoutFor(pattern);
    if (layout === undefined) return start;
    let at = start;
    for (;;) {
      const end = this.#read(at, layout, pattern);
      if (end < 0 || !this.#readLattice(layout)) return at;
      steps.take(this.#step(layout, pattern, steps.count() + 1), at);
      this.#misses = 0;
      at = this.#view.skipBlanks(end);
    }
  }

  #layoutFor(pattern: StepPattern): StepLayout | undefined {
    if (pattern === this.#pattern) return this.#layout;
    this.#pattern = pattern;
    this.#layout = undefined;
    this.#lattice = undefined;
    const { byteOffset, byteLength } = pattern.place;
    if (this.#misses >= MAXIMUM_MISSES || byteLength > MAXIMUM_STEP) return undefined;
    this.#misses += 1;
    const index = this.#view.show(byteOffset, byteLength);
    this.#layout = stepLayout(this.#view.bytes.subarray(index, index + byteLength), pattern);
    return this.#layout;
  }

  /** Reads the numbers of the step at `start`; returns its end, or −1 when it is another one. */
  #read(start: number, layout: StepLayout, pattern: StepPattern): number {
    const view = this.#view;
    const { head } = layout;
    let index = view.show(start, head.length);
    if (!stands(view.bytes, index, Math.min(index + head.length, view.bytes.length), head)) return -1;
    const scf = this.#scf;
    if (!scf.walk(start + head.length) || scf.count >= pattern.nelm) return -1;
    if (!this.#readEnergies()) return -1;
    index = view.show(scf.end, layout.length);
    const { bytes } = view;
    if (index + layout.length > bytes.length) return -1;
    this.#makeRoom(layout.count);
    const target = this.#target;
    const { base } = target;
    for (const piece of layout.pieces) {
      if (piece.numbers === undefined) {
        const table = bytes.subarray(index, index + piece.length);
        if (table.includes(STAR) || table.includes(LETTER_N)) return -1;
      } else if (readLayout(view, index, piece.numbers, target)) target.base += piece.numbers.count;
      else {
        target.base = base;
        return -1;
      }
      index += piece.length;
    }
    target.base = base;
    return scf.end + layout.length;
  }

  #readEnergies(): boolean {
    const { layout, last } = this.#scf;
    if (layout === undefined || layout.energies.includes(-1)) return false;
    if (layout.count > this.#scfTarget.values.length) return false;
    const index = this.#view.show(last, layout.length);
    const { bytes } = this.#view;
    return index + layout.length <= bytes.length && readLayout(this.#view, index, layout, this.#scfTarget);
  }

  /** Most runs keep their cell: the steps then share one. False when it spans no volume. */
  #readLattice({ lattice: first }: StepLayout): boolean {
    const { values, base } = this.#target;
    const at = base + first;
    const known = this.#lattice;
    if (known !== undefined) {
      let isSame = true;
      for (let index = 0; index < 9; index += 1) {
        if (!Object.is(values[at + index], known[(index / 3) | 0]?.[index % 3])) isSame = false;
      }
      if (isSame) return true;
    }
    // `as number`: nine numbers from `first` on were read.
    const row = (from: number): Vector3 => [
      values[from] as number,
      values[from + 1] as number,
      values[from + 2] as number,
    ];
    const lattice: Matrix3 = [row(at), row(at + 3), row(at + 6)];
    if (!spansVolume(lattice)) return false;
    this.#lattice = lattice;
    this.#volume = volume(lattice);
    return true;
  }

  /** The step whose numbers were read, with its keys in the order of one that was read element by element. */
  #step(layout: StepLayout, { atoms, keepsTables }: StepPattern, index: number): IonicStep {
    const { values, base } = this.#target;
    const lattice = this.#lattice as Matrix3; // it was read
    const step: Partial<Values> = { index, latticeAngstrom: lattice, volumeAngstrom3: this.#volume };
    if (keepsTables) {
      const from = base + layout.positions;
      step.cartesianAngstrom = values.subarray(from, from + 3 * atoms);
      // Finite: no number has more than nine digits before its point.
      intoCell(step.cartesianAngstrom, lattice, step.cartesianAngstrom);
      step.forcesEvPerAngstrom = values.subarray(base + layout.forces, base + layout.forces + 3 * atoms);
      this.#used += layout.count;
    }
    if (layout.stress >= 0) {
      const at = base + layout.stress;
      step.stressKbar = STRESS.map((component) => values[at + component] as number);
    }
    this.#takeEnergies(step, values[base + layout.freeEnergy] as number); // it was read
    step.electronicStepCount = this.#scf.count;
    // NELM would have ended a longer loop.
    step.electronic = 'reached';
    if (layout.seconds >= 0) step.elapsedSeconds = values[base + layout.seconds] as number; // it was read
    return step as IonicStep; // `index` and `electronic` are there
  }

  #takeEnergies(step: Partial<Values>, free: number): void {
    const { values } = this.#scfTarget;
    const [freeAt = 0, withoutEntropyAt = 0, sigma0At = 0] = this.#scf.layout?.energies ?? [];
    const scfFree = values[freeAt] as number; // all three were read
    step.freeEnergyEv = free;
    step.energyWithoutEntropyEv = rebuiltEnergy(free, scfFree, values[withoutEntropyAt] as number);
    step.energySigma0Ev = rebuiltEnergy(free, scfFree, values[sigma0At] as number);
  }

  /** Room for so many numbers at the base of the target. */
  #makeRoom(count: number): void {
    const target = this.#target;
    if (this.#used + count > target.values.length) {
      // Twice as much as before: a file of few steps takes what it needs, a long one few pieces.
      target.values = new Float64Array(Math.max(count, Math.min(LARGEST_PIECE, 2 * target.values.length)));
      this.#used = 0;
    }
    target.base = this.#used;
  }
}
