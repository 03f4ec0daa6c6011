/**
 * `Eigenvectors and eigenvalues of the dynamical matrix`: a line for each mode, `f  =` real, `f/i=` imaginary, followed by
 * its eigenvector (finite differences, IBRION 5 and 6, and perturbation theory, 7 and 8).
 *
 * With NWRITE = 3 VASP repeats all modes `after division by SQRT(mass)`: counting both would double the zero-point energy.
 * Large numbers touch their unit (`2PiTHz13912.749672 cm-1`).
 */
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { VibrationalModes } from '../../../model/response.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { linesBehind, type TextLine, textLines } from './text-lines.ts';

export interface Vibrations {
  readonly modes?: VibrationalModes;
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

const TITLE = 'Eigenvectors and eigenvalues of the dynamical matrix';
const TITLE_NEEDLE = needle(TITLE);
/** Stands in every line of a mode and nowhere else. */
const MODE_NEEDLE = needle('2PiTHz');
/** Where in the line, at the most. */
const MODE_UNIT_COLUMN = 120;
const MODE = /^\s*(\d+|\*+)\s*f(\/i|\s*)\s*=.*2PiTHz\s*(\S+)\s*cm-1\s*(\S+)\s*meV\s*$/;
const MILLIELECTRONVOLT_PER_EV = 1000;

/** The first block in [from, to); `atoms`: with three modes for each the block is whole at the end of the file too. */
export function readVibrations(scanner: ByteScanner, from: number, to: number, atoms: number | undefined): Vibrations {
  const title = scanner.indexOf(TITLE_NEEDLE, from, to);
  return title < 0 ? { issues: [] } : readModes(scanner, title, to, atoms);
}

function readModes(scanner: ByteScanner, title: number, to: number, atoms: number | undefined): Vibrations {
  const modes: Mode[] = [];
  let at = scanner.indexOf(MODE_NEEDLE, title, to);
  let isClosed = false;
  while (at >= 0) {
    const line = lineOfMode(scanner, at, to);
    const mode = line === undefined ? undefined : modeOf(line);
    // The repetition counts from 1 again.
    isClosed = mode?.index === 1 && modes.length > 0;
    if (isClosed) break;
    if (mode === undefined || (mode.index !== undefined && mode.index !== modes.length + 1)) {
      return broken(at, line?.text ?? 'a torn line', modes.length);
    }
    modes.push(mode);
    at = scanner.indexOf(MODE_NEEDLE, mode.end, to);
  }
  const [first, last] = [modes[0], modes.at(-1)];
  if (first === undefined || last === undefined) return broken(title, 'none', 0);
  isClosed ||= (atoms !== undefined && modes.length === 3 * atoms) || isFollowed(scanner, last.end, to);
  if (!isClosed) return broken(title, 'the end of the file', modes.length);
  return {
    modes: {
      wavenumbersPerCm: Float64Array.from(modes, (mode) => mode.wavenumberPerCm),
      energiesMeV: Float64Array.from(modes, (mode) => mode.energyMeV),
      imaginaryCount: modes.filter((mode) => mode.isImaginary).length,
      zeroPointEnergyEv: zeroPointEnergyEv(modes),
    },
    place: { byteOffset: first.start, byteLength: last.end - first.start },
    issues: [],
  };
}

interface Mode {
  /** As printed; undefined when it overflowed its column. */
  readonly index: number | undefined;
  readonly wavenumberPerCm: number;
  readonly energyMeV: number;
  readonly isImaginary: boolean;
  /** [start, end) of its line. */
  readonly start: number;
  readonly end: number;
}

/** The line in which the unit of the angular frequency stands at `at`; undefined when it is torn. */
function lineOfMode(scanner: ByteScanner, at: number, to: number): TextLine | undefined {
  const before = scanner.text(Math.max(0, at - MODE_UNIT_COLUMN), at);
  const start = at - (before.length - 1 - before.lastIndexOf('\n'));
  return textLines(scanner, start, to).next().value ?? undefined;
}

function modeOf({ text, start, end }: TextLine): Mode | undefined {
  const [, index, mark, wavenumber, energy] = MODE.exec(text) ?? [];
  if (index === undefined || wavenumber === undefined || energy === undefined) return undefined;
  const isImaginary = mark === '/i';
  const sign = isImaginary ? -1 : 1;
  const wavenumberPerCm = sign * parseFortranNumber(wavenumber);
  const energyMeV = sign * parseFortranNumber(energy);
  if (Number.isNaN(wavenumberPerCm + energyMeV)) return undefined;
  const number = index.startsWith('*') ? undefined : Number(index);
  return { index: number, wavenumberPerCm, energyMeV, isImaginary, start, end };
}

/** Whether something else stands behind the eigenvector of the last mode: its rows alone may be the end of a cut file. */
function isFollowed(scanner: ByteScanner, from: number, to: number): boolean {
  for (const { text } of linesBehind(scanner, from, to)) {
    if (!(text.trim() === '' || /\bdx\b/.test(text) || /^\s*(?:-?\d*\.\d|\*)/.test(text))) return true;
  }
  return false;
}

/** ½ Σ hν over the real modes. */
function zeroPointEnergyEv(modes: readonly Mode[]): number {
  const real = modes.filter((mode) => !mode.isImaginary);
  return real.reduce((sum, mode) => sum + mode.energyMeV, 0) / 2 / MILLIELECTRONVOLT_PER_EV;
}

function broken(byteOffset: number, found: string, modes: number): Vibrations {
  const details = { expected: `mode ${modes + 1} or the end of the modes`, found: found.trim().slice(0, 120) };
  return { issues: [issue('W_UNPARSEABLE', details, { byteOffset, block: TITLE })] };
}
