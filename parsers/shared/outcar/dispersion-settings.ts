/**
 * The dispersion method as VASP prints it beside its energy.
 *
 * Before VASP 6 the header does not echo IVDW: the block of the ionic step (`IVDW = 11`, `VDW_S6 = …`, `Edisp (eV)`) is
 * the only place where an OUTCAR names the method and its parameters.
 */
import type { Place, Settings } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { noSettings, readSettings } from './setting-tags.ts';

/** The block is printed directly before the energy and is about 600 bytes long. */
const BLOCK_BYTES = 1500;

export const NO_DISPERSION: DispersionSettings = { values: {}, places: {}, issues: [] };

export interface DispersionSettings {
  readonly values: Settings;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

/** IVDW and VDW_… tags printed before the dispersion energy at `offset`; empty when there are none. */
export function dispersionSettings(scanner: ByteScanner, offset: number): DispersionSettings {
  const from = Math.max(0, offset - BLOCK_BYTES);
  const text = scanner.text(from, offset);
  const start = text.lastIndexOf('IVDW');
  if (start < 0) return NO_DISPERSION;
  const settings = noSettings();
  let at = from + start;
  for (const line of text.slice(start).split('\n')) {
    readSettings(line, at, settings);
    at += line.length + 1;
  }
  return { values: settings.values, places: settings.places, issues: [...settings.unreadable.values()] };
}
