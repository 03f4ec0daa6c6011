/**
 * `TOTAL ELASTIC MODULI (kBar)`: six rows behind a line of directions and a ruler, relaxed ions included.
 *
 * The mistakes avoided here: taking `SYMMETRIZED ELASTIC MODULI` (clamped ions) or the ionic contribution, which look
 * alike; and reading VASP's order XX YY ZZ XY YZ ZX as Voigt's. The order is checked, not changed (SCIENCE §8).
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { type NumberBlock, readNumberBlock } from './number-block.ts';

const TITLE = 'TOTAL ELASTIC MODULI';
const TITLE_NEEDLE = needle(TITLE);
const DIRECTIONS = ['XX', 'YY', 'ZZ', 'XY', 'YZ', 'ZX'];
const SHAPE = { title: TITLE, columns: 6, labels: DIRECTIONS, headLines: 2 };

/** The last block in [from, to); kBar. */
export function readElasticModuli(scanner: ByteScanner, from: number, to: number): NumberBlock {
  const at = scanner.lastIndexOf(TITLE_NEEDLE, from, to);
  return at < 0 ? { issues: [] } : readNumberBlock(scanner, at, to, SHAPE);
}
