/**
 * The electronic steps of one ionic step: how many, and the energies that belong to the end of the loop.
 *
 * Those lack the dispersion energy and are never the energies of the step; they tell E and E0 relative to F. A linear
 * response (LEPSILON, IBRION 7 and 8) and finite fields run further loops in the same ionic step, whose energies are none
 * of it: they stand behind the structure of the step. Should a response stand before it, the loop ends with the second
 * electronic step that lists its contributions (`alphaZ`), as the first and the last do.
 */
import type { Place } from '../../../model/calculation.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import type { Content, Element } from './events.ts';

export interface ScfEnergies {
  /** NaN where the field is no number; absent where it is not there. */
  freeEnergyEv?: number;
  energyWithoutEntropyEv?: number;
  energySigma0Ev?: number;
  places: Record<string, Place>;
}

export interface ScfLoop {
  readonly open: (element: Element) => Content;
  readonly text: (element: Element, text: string, place: Place) => void;
  /** A `<scstep>` ends. */
  readonly finishStep: () => void;
  /** The structure of the step begins, which is printed when the loop is over. */
  readonly end: () => void;
  /** False when steps before the last two are only counted. */
  readonly needsEveryStep: boolean;
  /** Of `found` steps in a row the first ones are not read; returns how many. */
  readonly leaveOut: (found: number) => number;
  readonly count: () => number;
  readonly last: () => ScfEnergies | undefined;
  readonly beforeLast: () => ScfEnergies | undefined;
}

export const ENERGY_NAMES: Readonly<Record<string, 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev'>> = {
  e_fr_energy: 'freeEnergyEv',
  e_wo_entrp: 'energyWithoutEntropyEv',
  e_0_energy: 'energySigma0Ev',
};

/** As far as it is read. */
interface Loop {
  readonly count: number;
  readonly last: ScfEnergies | undefined;
  readonly beforeLast: ScfEnergies | undefined;
}

export function scfLoop(followedByResponse: boolean, nelm: number | undefined): ScfLoop {
  let count = 0;
  let energies: ScfEnergies = { places: {} };
  let isDetailed = false;
  let last: ScfEnergies | undefined;
  let beforeLast: ScfEnergies | undefined;
  let isOver = false;
  /** At the second step that lists its contributions. */
  let listed: Loop | undefined;
  let isLastListed = false;
  const loop = (): Loop => (listed === undefined || isLastListed ? { count, last, beforeLast } : listed);
  return {
    needsEveryStep: followedByResponse,
    open: ({ name, attributes }) => {
      if (name === 'energy') return 'children';
      if (name === 'time') return 'leaf';
      if (name !== 'i') return 'skip';
      if (attributes.name === 'alphaZ') isDetailed = true;
      return ENERGY_NAMES[attributes.name ?? ''] === undefined ? 'leaf' : 'text';
    },
    text: ({ name, attributes }, text, place) => {
      const key = ENERGY_NAMES[attributes.name ?? ''];
      if (name !== 'i' || key === undefined) return;
      energies[key] = parseFortranNumber(text);
      energies.places[key] = place;
    },
    finishStep: () => {
      if (!isOver) {
        count += 1;
        beforeLast = last;
        last = energies;
        isLastListed = isDetailed;
        if (followedByResponse && isDetailed && count > 1) listed ??= { count, last, beforeLast };
      }
      energies = { places: {} };
      isDetailed = false;
    },
    end: () => {
      if (count > 0) isOver = true;
    },
    leaveOut: (found) => {
      if (isOver) return found - 1;
      // Only a loop that NELM may have ended is judged by its last two energies.
      const needed = nelm !== undefined && found < nelm ? 1 : 2;
      const left = Math.max(0, found - needed);
      count += left;
      return left;
    },
    count: () => loop().count,
    last: () => loop().last,
    beforeLast: () => loop().beforeLast,
  };
}
