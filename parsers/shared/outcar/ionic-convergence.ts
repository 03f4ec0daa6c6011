/**
 * Whether a relaxation reached its goal, as far as the OUTCAR alone can tell.
 *
 * OUTCAR does not know which atoms are fixed: a large force on a fixed atom says nothing. Here all atoms are judged, so
 * "reached" is certain and "notReached" may still be lifted when the flags of the POSCAR are known.
 */
import type { Convergence, IonicStep, Settings } from '../../../model/calculation.ts';
import type { Ending } from './ending.ts';
import { numberSetting } from './setting-tags.ts';

export function ionicOutcome(settings: Settings, last: IonicStep | undefined, ending: Ending): Convergence['ionic'] {
  const ibrion = numberSetting(settings, 'IBRION');
  const nsw = numberSetting(settings, 'NSW');
  if (ibrion === undefined || nsw === undefined) return ending.requiredAccuracy ? 'reached' : 'unknown';
  if (nsw < 1 || ibrion < 1 || ibrion > 3) return 'notApplicable';
  if (ending.requiredAccuracy) return 'reached';
  const ediffg = numberSetting(settings, 'EDIFFG');
  const forces = last?.forcesEvPerAngstrom;
  if (ediffg !== undefined && ediffg < 0 && forces !== undefined && largest(forces) <= -ediffg) return 'reached';
  return 'notReached';
}

function largest(forces: Float64Array): number {
  let square = 0;
  for (let at = 0; at + 2 < forces.length; at += 3) {
    square = Math.max(square, (forces[at] ?? 0) ** 2 + (forces[at + 1] ?? 0) ** 2 + (forces[at + 2] ?? 0) ** 2);
  }
  return Math.sqrt(square);
}
