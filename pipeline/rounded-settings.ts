/**
 * Limits that vasprun.xml prints as zero: eight decimals leave nothing of EDIFF = 1E-9.
 *
 * The mistake avoided here: taking 0 for the value. OUTCAR prints the exponent, and INCAR holds what was asked for; where
 * neither lies beside it, the zero stays, since a file says what it says.
 */
import type { FileFormat, Place, Settings } from '../model/calculation.ts';
import type { ReadFile } from './read-tree.ts';
import type { RunOutputs } from './run-outputs.ts';

export interface RestoredSetting {
  readonly value: number;
  readonly path: string;
  readonly place: Place | undefined;
}

const PRINTED_WITH_EIGHT_DECIMALS = ['EDIFF', 'EDIFFG'];
/** What is rounded to 0.00000000; one half more than that, so that the half itself is. */
const LARGEST_ROUNDED = 0.5000001e-8;
const ROUNDS: FileFormat = 'vasprun-xml';

/** By tag: what another file of the run says of a setting that the main output rounded to zero. */
export function restoredSettings(
  { main, others }: Pick<RunOutputs, 'main' | 'others'>,
  incar: ReadFile | undefined,
): ReadonlyMap<string, RestoredSetting> {
  const restored = new Map<string, RestoredSetting>();
  if (main?.record.format !== ROUNDS) return restored;
  const files = [
    ...others.filter(({ record }) => record.format !== ROUNDS),
    ...(incar === undefined ? [] : [{ path: incar.identity.path, record: incar.record }]),
  ];
  for (const tag of PRINTED_WITH_EIGHT_DECIMALS) {
    if (main.record.settings?.[tag] !== 0) continue;
    const source = files.find(({ record }) => isRounded(record.settings ?? {}, tag));
    const value = source?.record.settings?.[tag];
    if (source === undefined || typeof value !== 'number') continue;
    restored.set(tag, { value, path: source.path, place: source.record.places[`settings.${tag}`] });
  }
  return restored;
}

function isRounded(settings: Settings, tag: string): boolean {
  const value = settings[tag];
  return typeof value === 'number' && value !== 0 && Math.abs(value) <= LARGEST_ROUNDED;
}
