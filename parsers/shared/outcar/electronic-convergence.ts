/**
 * Whether the SCF loop of an ionic step converged.
 *
 * The mistake avoided here: up to version 5, VASP prints `aborting loop because EDIFF is reached` also when NELM ended
 * the loop; then the last energy changes decide (SCIENCE §1.7).
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { lastOccurrence, numbersBehindLast } from './labelled-value.ts';

const ABORTING = needle('aborting loop');
const ENERGY_CHANGE = needle('total energy-change (2. order) :');
const HARD_STOP = needle('hard stop encountered');

interface LastLoop {
  readonly from: number;
  readonly to: number;
  /** Number of the last electronic iteration. */
  readonly iterations: number | undefined;
  readonly nelm: number | undefined;
  readonly ediffEv: number | undefined;
}

export function electronicOutcome(scanner: ByteScanner, loop: LastLoop): IonicStep['electronic'] {
  const exhausted = loop.nelm !== undefined && loop.iterations !== undefined && loop.iterations >= loop.nelm;
  const at = scanner.indexOf(ABORTING, loop.from, loop.to);
  if (at < 0) return exhausted ? judgeByChange(scanner, loop) : 'unknown';
  const text = scanner.text(at, Math.min(scanner.line(at, loop.to).end, at + 100));
  if (text.includes('not reached') || text.includes('hard stop')) return 'notReached';
  if (scanner.indexOf(HARD_STOP, loop.from, loop.to) >= 0) return 'notReached';
  return exhausted ? judgeByChange(scanner, loop) : 'reached';
}

/** `total energy-change (2. order) : a  ( b)`: converged only if both are within EDIFF. */
function judgeByChange(scanner: ByteScanner, loop: LastLoop): IonicStep['electronic'] {
  if (loop.ediffEv === undefined) return 'unknown';
  const at = lastOccurrence(scanner, ENERGY_CHANGE, loop.from, loop.to);
  if (at < 0) return 'unknown';
  const [first] = numbersBehindLast(scanner, ENERGY_CHANGE, loop.from, loop.to);
  const text = scanner.text(at, scanner.line(at, loop.to).end);
  const bracket = text.lastIndexOf('(');
  const [second] = scanner.numbers(at + bracket + 1, at + text.length, 1);
  if (first === undefined || second === undefined || Number.isNaN(second)) return 'unknown';
  return Math.max(Math.abs(first), Math.abs(second)) <= loop.ediffEv ? 'reached' : 'notReached';
}
