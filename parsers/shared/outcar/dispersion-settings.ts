/**
 * The dispersion method as VASP prints it beside its energy.
 *
 * Before VASP 6 the header does not echo IVDW: the block of the ionic step (`IVDW = 11`, `VDW_S6 = …`, `Edisp (eV)`) is
 * the only place where an OUTCAR names the method and its parameters.
 */
import type { Settings } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { noSettings, readSettings } from './setting-tags.ts';

/** The block is printed directly before the energy and is about 600 bytes long. */
const BLOCK_BYTES = 1500;

/** IVDW and VDW_… tags printed before the dispersion energy at `offset`; empty when there are none. */
export function dispersionSettings(scanner: ByteScanner, offset: number): Settings {
  const text = scanner.text(Math.max(0, offset - BLOCK_BYTES), offset);
  const start = text.lastIndexOf('IVDW');
  if (start < 0) return {};
  const settings = noSettings();
  for (const line of text.slice(start).split('\n')) readSettings(line, 0, settings);
  return settings.values;
}
