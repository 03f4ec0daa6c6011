/**
 * What a calculation is held against others by: everything that has to be derived from its settings, points and
 * structure, each once and only when it is asked for.
 *
 * A reference stands beside thousands of slabs: the mistake avoided here is reading its mesh off its k-points, and its
 * POTCARs by element, anew for every one of them.
 */
import type { Calculation, Potcar } from '../../model/calculation.ts';
import { anglesDegrees, lengths, reciprocal, type Vector3 } from '../../model/lattice.ts';
import { elementOf, neutralElectrons } from '../usable-energy.ts';
import { dispersionMethod } from './dispersion-method.ts';
import { type Functional, functionalOf } from './functional.ts';
import { hubbardByElement } from './hubbard.ts';
import { type Mesh, meshOf, offsetOf } from './kpoint-mesh.ts';
import { largestGaps, MINIMUM_VACUUM_ANGSTROM } from './slab-geometry.ts';

export interface SettingsSummary {
  readonly calculation: Calculation;
  readonly functional: () => Functional;
  /** POTCAR titles of every element. */
  readonly titles: () => ReadonlyMap<string, string>;
  /** IVDW, its older spellings resolved. */
  readonly dispersion: () => number | undefined;
  readonly hubbard: () => ReadonlyMap<string, string> | undefined;
  readonly mesh: () => Mesh | undefined;
  /** How far the mesh lies from Γ, in subdivisions. */
  readonly meshOffset: () => Vector3 | undefined;
  /** |b_i| without 2π, Å⁻¹. */
  readonly reciprocalLengths: () => Vector3 | undefined;
  /** Axes with vacuum: there is nothing to sample. */
  readonly openAxes: () => readonly number[];
  /** Lengths (Å) and angles (degrees) of the cell, rounded for reading. */
  readonly cellText: () => string | undefined;
  /** Electrons of the neutral cell. */
  readonly neutralElectrons: () => number | undefined;
}

/** Of every calculation one, for as long as the calculation itself is used: links and paths ask for the same. */
const SUMMARIES = new WeakMap<Calculation, SettingsSummary>();

export function settingsSummary(calculation: Calculation): SettingsSummary {
  const known = SUMMARIES.get(calculation);
  if (known !== undefined) return known;
  const summary = new Summary(calculation);
  SUMMARIES.set(calculation, summary);
  return summary;
}

/**
 * Of every calculation of a tree there is one, and most are asked for three or four of these: a class, because a closure
 * for each would be what the tree's memory goes into.
 */
class Summary implements SettingsSummary {
  readonly calculation: Calculation;
  readonly #known = new Map<Derived, unknown>();

  constructor(calculation: Calculation) {
    this.calculation = calculation;
  }

  functional(): Functional {
    return this.#once('functional', () => functionalOf(this.calculation));
  }

  titles(): ReadonlyMap<string, string> {
    return this.#once('titles', () => titlesByElement(this.calculation.potcars));
  }

  dispersion(): number | undefined {
    return this.#once('dispersion', () => dispersionMethod(this.calculation));
  }

  hubbard(): ReadonlyMap<string, string> | undefined {
    return this.#once('hubbard', () => hubbardByElement(this.calculation));
  }

  mesh(): Mesh | undefined {
    return this.#once('mesh', () => meshOf(this.calculation));
  }

  meshOffset(): Vector3 | undefined {
    const mesh = this.mesh();
    return mesh && this.#once('meshOffset', () => offsetOf(this.calculation.kpoints, mesh));
  }

  reciprocalLengths(): Vector3 | undefined {
    const { structure } = this.calculation;
    return structure && this.#once('reciprocalLengths', () => lengths(reciprocal(structure.latticeAngstrom)));
  }

  openAxes(): readonly number[] {
    return this.#once('openAxes', () => openAxes(this.calculation));
  }

  cellText(): string | undefined {
    return this.#once('cellText', () => cellText(this.calculation));
  }

  neutralElectrons(): number | undefined {
    return this.#once('neutralElectrons', () => neutralElectrons(this.calculation));
  }

  #once<T>(name: Derived, derive: () => T): T {
    // What is kept under a name was derived by the method of that name.
    if (this.#known.has(name)) return this.#known.get(name) as T;
    const value = derive();
    this.#known.set(name, value);
    return value;
  }
}

type Derived = Exclude<keyof SettingsSummary, 'calculation'>;

function openAxes({ structure }: Calculation): readonly number[] {
  const gaps = structure === undefined ? [] : largestGaps(structure);
  return gaps.flatMap(({ axis, gapAngstrom }) => (gapAngstrom >= MINIMUM_VACUUM_ANGSTROM ? [axis] : []));
}

function cellText({ structure }: Calculation): string | undefined {
  if (structure === undefined) return undefined;
  const sides = lengths(structure.latticeAngstrom).map((length) => length.toFixed(3));
  const angles = anglesDegrees(structure.latticeAngstrom).map((angle) => angle.toFixed(2));
  return `${sides.join(' × ')} Å, ${angles.join('/')}°`;
}

/** From here on a moment is one. */
export const MAGNETIC_LIMIT_BOHR = 0.05;

/** Every element with its POTCARs, spaced alike; of several titles all. */
function titlesByElement(potcars: readonly Potcar[]): ReadonlyMap<string, string> {
  const byElement = new Map<string, Set<string>>();
  for (const { title } of potcars) {
    const element = elementOf(title) ?? 'POTCAR';
    byElement.set(element, (byElement.get(element) ?? new Set()).add(title.trim().replaceAll(/\s+/g, ' ')));
  }
  return new Map([...byElement].map(([element, titles]) => [element, [...titles].sort().join(' and ')]));
}
