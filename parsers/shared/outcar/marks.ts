/**
 * The texts by which an OUTCAR is found its way through, and where they stand in a part of the file.
 *
 * The mistake avoided here: a search of its own for every value reads each ionic step twenty times, most often for
 * something that is not there. The file is walked once and every place is noted; the readers ask for the places.
 */

export const MARKS = {
  version: 'vasp.',
  iteration: 'Iteration ',
  electrons: 'number of electron ',
  energyChange: 'total energy-change (2. order) :',
  fermi: 'E-fermi :',
  aborting: 'aborting loop',
  hardStop: 'hard stop encountered',
  magnetisation: 'magnetization (',
  dispersion: 'Edisp (eV)',
  stress: 'in kB',
  pressure: 'external pressure =',
  // The blanks are those of the ionic step; the symmetry analysis prints its cells with others.
  cell: 'direct lattice vectors                 reciprocal',
  forces: 'TOTAL-FORCE (eV/Angst)',
  tangent: 'projections on to tangent (spring, REAL)',
  residual: 'FORCES: max atom, RMS',
  energies: 'FREE ENERGIE OF THE ION-ELECTRON SYSTEM',
  temperature: '(temperature',
  // The energy line of a force field; its title is written in capitals or not, depending on the version.
  learnedEnergy: 'free  energy ML TOTEN',
  learnedStress: 'ML FORCE on cell',
  // Ends what is printed of a step; a linear response comes before it.
  loop: 'LOOP+:',
  requiredAccuracy: 'reached required accuracy - stopping structural energy minimisation',
  timing: 'General timing and accounting informations for this job',
} as const;

export type MarkName = keyof typeof MARKS;

export interface Mark {
  readonly name: MarkName;
  readonly offset: number;
}

/** Marks in file order; every question is about those completely in [from, to). */
export interface MarkList {
  readonly add: (mark: Mark) => void;
  /** Offset of the first one; −1 without one. */
  readonly first: (name: MarkName, from?: number, to?: number) => number;
  readonly last: (name: MarkName, from?: number, to?: number) => number;
  /** Offset of the mark behind `offset`, whatever it is; −1 without one. */
  readonly behind: (offset: number) => number;
}

export function markList(): MarkList {
  const names: MarkName[] = [];
  const offsets: number[] = [];
  const first = (name: MarkName, from = 0, to = Number.POSITIVE_INFINITY): number => {
    const limit = to - MARKS[name].length;
    for (let at = lowerBound(offsets, from); at < offsets.length; at += 1) {
      const offset = offsets[at] as number; // in range
      if (offset > limit) return -1;
      if (names[at] === name) return offset;
    }
    return -1;
  };
  return {
    add: (mark) => {
      names.push(mark.name);
      offsets.push(mark.offset);
    },
    first,
    last: (name, from = 0, to = Number.POSITIVE_INFINITY) => {
      const limit = to - MARKS[name].length;
      for (let at = lowerBound(offsets, limit + 1) - 1; at >= 0; at -= 1) {
        const offset = offsets[at] as number; // in range
        if (offset < from) return -1;
        if (names[at] === name) return offset;
      }
      return -1;
    },
    behind: (offset) => offsets[lowerBound(offsets, offset + 1)] ?? -1,
  };
}

/** Index of the first offset that is at least `wanted`. */
function lowerBound(offsets: readonly number[], wanted: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < wanted)
      low = middle + 1; // in range: middle < high
    else high = middle;
  }
  return low;
}
