// What the VTST patch prints in the OUTCAR of an image: its settings, and after every ionic step the state of the band.
//
// `projections on to tangent (spring, REAL)`: the second number is F = −dE/ds. `FORCES: max atom, RMS`: the NEB force,
// without the atoms that selective dynamics holds.

import { largest, norm, SPRING_EV_PER_ANGSTROM2 } from './elastic-band.mjs';
import { fixed, logical } from './fortran-format.mjs';

/** @type {(band: NonNullable<import('./settings.mjs').Settings['band']>) => string[]} */
export function bandEcho({ firstFreeEnergyEv, lastFreeEnergyEv }) {
  return [
    ' VTST: version 3.1, (03/28/14)',
    '',
    ' CHAIN: initializing optimizer',
    ' ',
    ' OPT: Using VASP QUASI-newton optimizer',
    ' CHAIN: Read ICHAIN            0',
    ' CHAIN: Running the NEB',
    ` NEB:          SPRING${fixed(SPRING_EV_PER_ANGSTROM2, 14, 6)}`,
    ' NEB:          LCLIMB      T',
    ' NEB:     LTANGENTOLD      F',
    ' NEB:           LDNEB      F',
    ' NEB:        LDNEBORG      F',
    ` NEB:          EFIRST${fixed(firstFreeEnergyEv, 14, 6)}`,
    ` NEB:           ELAST${fixed(lastFreeEnergyEv, 14, 6)}`,
    ' ',
  ];
}

/** @type {(state: import('./elastic-band.mjs').BandState) => string[]} */
export function bandLines(state) {
  const { previousHigher, nextHigher, differences, tangent, geometry, nebForces } = state;
  const freeComponents = nebForces.flat();
  const extremum = previousHigher === nextHigher;
  return [
    ` NEB: the previous image is higher in energy: ${logical(previousHigher)}`,
    ` NEB: the next image is higher in energy    : ${logical(nextHigher)}`,
    ...(extremum
      ? [' NEB: image is at an extrema', ` NEB: diff energy (min, max): ${columns(differences)}`]
      : [` NEB: only ${nextHigher ? 'next' : 'prev'} energy greater`]),
    '',
    ' NEB: Tangent',
    ' ----------------------------------------------',
    ...tangent.map((row) => row.map((value) => fixed(value, 13, 5)).join('')),
    '',
    ` NEB: forces: par spring, perp REAL, dneb ${columns([Math.abs(state.springProjection), state.perpendicularNorm, 0])}`,
    ` NEB: distance to prev, next image, angle between ${columns(geometry)}`,
    ` NEB: projections on to tangent (spring, REAL) ${columns([state.springProjection, state.realProjection])}`,
    '',
    `  FORCES: max atom, RMS ${columns([largest(nebForces), norm(nebForces) / Math.sqrt(nebForces.length)])}`,
    `  FORCE total and by dimension${columns([norm(nebForces), Math.max(...freeComponents.map(Math.abs))])}`,
    ' Quasi-Newton relaxation of ions (Broydens 2nd method)',
  ];
}

/** @type {(values: readonly number[]) => string} */
const columns = (values) => values.map((value) => fixed(value, 12, 6)).join('');
