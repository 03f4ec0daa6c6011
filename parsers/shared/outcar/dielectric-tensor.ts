/**
 * `MACROSCOPIC STATIC DIELECTRIC TENSOR`: ε∞ with local field effects and the ionic contribution, three rows each.
 *
 * VASP prints ε∞ twice, after the field and after symmetrisation: the last one counts. `HEAD OF MICROSCOPIC STATIC
 * DIELECTRIC TENSOR` lacks local fields and is left alone. With LRPA the title ends in `(… Hartree …)` or `RPA` and is
 * another quantity. VASP 6 drops the ` in DFT` of the title in some runs.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { type NumberBlock, readNumberBlock } from './number-block.ts';

export interface DielectricTensors {
  readonly electronic: NumberBlock;
  readonly ionic: NumberBlock;
}

const ELECTRONIC = 'MACROSCOPIC STATIC DIELECTRIC TENSOR (including local field effects';
const IONIC = 'MACROSCOPIC STATIC DIELECTRIC TENSOR IONIC CONTRIBUTION';
const ELECTRONIC_NEEDLE = needle(ELECTRONIC);
const IONIC_NEEDLE = needle(IONIC);
/** What may follow the title of ε∞; ` in RPA (Hartree)` is another quantity. */
const ELECTRONIC_ENDINGS = [')', ' in DFT)'];

export function readDielectricTensors(scanner: ByteScanner, from: number, to: number): DielectricTensors {
  return {
    electronic: tensor(scanner, lastElectronic(scanner, from, to), to, ELECTRONIC),
    ionic: tensor(scanner, scanner.lastIndexOf(IONIC_NEEDLE, from, to), to, IONIC),
  };
}

function lastElectronic(scanner: ByteScanner, from: number, to: number): number {
  let at = scanner.lastIndexOf(ELECTRONIC_NEEDLE, from, to);
  while (at >= 0) {
    const behind = at + ELECTRONIC_NEEDLE.length;
    const ending = scanner
      .text(behind, Math.min(to, behind + 40))
      .split('\n', 1)[0]
      ?.trimEnd();
    if (ending !== undefined && ELECTRONIC_ENDINGS.includes(ending)) return at;
    at = scanner.lastIndexOf(ELECTRONIC_NEEDLE, from, at);
  }
  return -1;
}

function tensor(scanner: ByteScanner, at: number, to: number, title: string): NumberBlock {
  return at < 0
    ? { issues: [] }
    : readNumberBlock(scanner, at, to, { title, columns: 3, labels: ['', '', ''], headLines: 1 });
}
