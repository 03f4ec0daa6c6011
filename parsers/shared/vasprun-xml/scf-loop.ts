/**
 * The electronic steps of one ionic step: how many, and the energies that belong to the end of the loop.
 *
 * Those lack the dispersion energy and are never the energies of the step; they tell E and E0 relative to F. A linear
 * response (LEPSILON, IBRION 7 and 8) runs further loops in the same ionic step, whose energies are none of it: there the
 * loop ends with the second electronic step that lists its contributions (`alphaZ`), as only the first and the last do.
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
  /** False when steps before the last two are only counted. */
  readonly needsEveryStep: boolean;
  readonly leaveOut: (count: number) => void;
  readonly count: () => number;
  readonly last: () => ScfEnergies | undefined;
  readonly beforeLast: () => ScfEnergies | undefined;
}

export const ENERGY_NAMES: Readonly<Record<string, 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev'>> = {
  e_fr_energy: 'freeEnergyEv',
  e_wo_entrp: 'energyWithoutEntropyEv',
  e_0_energy: 'energySigma0Ev',
};

export function scfLoop(followedByResponse: boolean): ScfLoop {
  let count = 0;
  let energies: ScfEnergies = { places: {} };
  let isDetailed = false;
  let last: ScfEnergies | undefined;
  let beforeLast: ScfEnergies | undefined;
  let isOver = false;
  return {
    needsEveryStep: followedByResponse,
    open: ({ name }) => (name === 'energy' ? 'children' : name === 'i' || name === 'time' ? 'text' : 'skip'),
    text: ({ name, attributes }, text, place) => {
      const key = ENERGY_NAMES[attributes.name ?? ''];
      if (attributes.name === 'alphaZ') isDetailed = true;
      if (name !== 'i' || key === undefined) return;
      energies[key] = parseFortranNumber(text);
      energies.places[key] = place;
    },
    finishStep: () => {
      if (!isOver) {
        count += 1;
        beforeLast = last;
        last = energies;
        isOver = followedByResponse && isDetailed && count > 1;
      }
      energies = { places: {} };
      isDetailed = false;
    },
    leaveOut: (left) => {
      count += left;
    },
    count: () => count,
    last: () => last,
    beforeLast: () => beforeLast,
  };
}
