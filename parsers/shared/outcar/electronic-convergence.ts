/**
 * Whether the SCF loop of an ionic step converged.
 *
 * The mistake avoided here: up to version 5, VASP prints `aborting loop because EDIFF is reached` also when NELM ended
 * the loop; then the last energy changes decide (SCIENCE §1.7). Linear response runs further loops behind the energy
 * block, which say nothing about the energy.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { boundedLine, lastMarked, numbersBehind } from './labelled-value.ts';
import type { MarkList } from './marks.ts';

const OPENING_BRACKET = needle('(');

export interface LastLoop {
  readonly marks: MarkList;
  /** Start of the last electronic iteration. */
  readonly from: number;
  /** Offset of `aborting loop`; −1 without it. */
  readonly aborting: number;
  /** Start of the energy block, which ends the loop. */
  readonly energyBlock: number;
  readonly stepEnd: number;
  /** Number of the last electronic iteration. */
  readonly iterations: number | undefined;
  readonly nelm: number | undefined;
  readonly ediffEv: number | undefined;
}

export function electronicOutcome(scanner: ByteScanner, loop: LastLoop): IonicStep['electronic'] {
  // A count that overflowed its column (NaN) may have been NELM.
  const exhausted = loop.nelm !== undefined && loop.iterations !== undefined && !(loop.iterations < loop.nelm);
  if (loop.aborting < 0) return exhausted ? judgeByChange(scanner, loop) : 'unknown';
  const text = scanner.text(loop.aborting, boundedLine(scanner, loop.aborting, loop.energyBlock).end);
  if (text.includes('not reached') || text.includes('hard stop')) return 'notReached';
  if (loop.marks.first('hardStop', loop.aborting, loop.stepEnd) >= 0) return 'notReached';
  return exhausted ? judgeByChange(scanner, loop) : 'reached';
}

/** `total energy-change (2. order) : a  ( b)`: converged only if both are within EDIFF. */
function judgeByChange(scanner: ByteScanner, loop: LastLoop): IonicStep['electronic'] {
  if (loop.ediffEv === undefined) return 'unknown';
  const label = lastMarked(scanner, loop.marks, 'energyChange', {
    from: loop.from,
    to: loop.aborting < 0 ? loop.energyBlock : loop.aborting,
  });
  if (label === undefined) return 'unknown';
  const [first] = numbersBehind(scanner, label);
  const bracket = scanner.indexOf(OPENING_BRACKET, label.behind, label.end);
  const [second] = bracket < 0 ? [] : scanner.numbers(bracket + 1, label.end, 1);
  if (first === undefined || second === undefined || Number.isNaN(second)) return 'unknown';
  return Math.max(Math.abs(first), Math.abs(second)) <= loop.ediffEv ? 'reached' : 'notReached';
}
