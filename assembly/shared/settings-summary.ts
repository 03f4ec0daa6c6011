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

export function settingsSummary(calculation: Calculation): SettingsSummary {
  const { structure, potcars } = calculation;
  const mesh = once(() => meshOf(calculation));
  return {
    calculation,
    functional: once(() => functionalOf(calculation)),
    titles: once(() => titlesByElement(potcars)),
    dispersion: once(() => dispersionMethod(calculation)),
    hubbard: once(() => hubbardByElement(calculation)),
    mesh,
    meshOffset: once(() => {
      const known = mesh();
      return known === undefined ? undefined : offsetOf(calculation.kpoints, known);
    }),
    reciprocalLengths: once(() => structure && lengths(reciprocal(structure.latticeAngstrom))),
    openAxes: once(() => {
      const gaps = structure === undefined ? [] : largestGaps(structure);
      return gaps.flatMap(({ axis, gapAngstrom }) => (gapAngstrom >= MINIMUM_VACUUM_ANGSTROM ? [axis] : []));
    }),
    cellText: once(() => {
      if (structure === undefined) return undefined;
      const sides = lengths(structure.latticeAngstrom).map((length) => length.toFixed(3));
      const angles = anglesDegrees(structure.latticeAngstrom).map((angle) => angle.toFixed(2));
      return `${sides.join(' × ')} Å, ${angles.join('/')}°`;
    }),
    neutralElectrons: once(() => neutralElectrons(calculation)),
  };
}

/** Every element with its POTCARs, spaced alike; of several titles all. */
function titlesByElement(potcars: readonly Potcar[]): ReadonlyMap<string, string> {
  const byElement = new Map<string, Set<string>>();
  for (const { title } of potcars) {
    const element = elementOf(title) ?? 'POTCAR';
    byElement.set(element, (byElement.get(element) ?? new Set()).add(title.trim().replaceAll(/\s+/g, ' ')));
  }
  return new Map([...byElement].map(([element, titles]) => [element, [...titles].sort().join(' and ')]));
}

function once<T>(derive: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: derive() };
    return known.value;
  };
}
