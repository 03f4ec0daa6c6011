/**
 * Dipole moment and energy of a slab (IDIPOL): ` dipolmoment  x y z`, ` dipol+quadrupol energy correction  e eV`.
 *
 * With LDIPOL the energy is part of every electronic iteration; without it VASP adds it behind the loop (`adding dipol energy
 * to TOTEN NOW`), so that F of the ionic block is F of the last iteration + Edisp + this (SCIENCE §1).
 */
import type { DipoleCorrection } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { labelledAt, numbersBehind, valueBehind } from './labelled-value.ts';
import { warning } from './unparseable.ts';

const MOMENT = needle('dipolmoment');
const ENERGY = needle('dipol+quadrupol energy correction');
const CHARGED = needle('energy correction for charged system');
const ADDED = needle('adding dipol energy to TOTEN NOW');
const DIPOLE_NAMES = 'dipoleCorrection';

/** The last one in [from, to), which hold one step. */
export function readDipoleCorrection(
  scanner: ByteScanner,
  from: number,
  to: number,
  findings: Findings,
): DipoleCorrection | undefined {
  const last = (label: Uint8Array) => {
    const at = scanner.lastIndexOf(label, from, to);
    return at < 0 ? undefined : labelledAt(scanner, at, label, to);
  };
  const energy = (name: string, label: Uint8Array): number | undefined => {
    const line = last(label);
    const field = line === undefined ? undefined : valueBehind(scanner, line);
    if (line !== undefined && !Number.isFinite(field?.value)) {
      findings.issues.push(warning(scanner, 'an energy in eV', line.at));
      return undefined;
    }
    if (field !== undefined) findings.places[`${DIPOLE_NAMES}.${name}`] = field.place;
    return field?.value;
  };
  const moment = last(MOMENT);
  const [x, y, z] = numbersBehind(scanner, moment);
  const hasMoment = x !== undefined && y !== undefined && z !== undefined;
  if (moment !== undefined && !hasMoment) findings.issues.push(warning(scanner, 'a dipole moment in e·Å', moment.at));
  if (moment !== undefined && hasMoment) {
    const place = { byteOffset: moment.behind, byteLength: moment.end - moment.behind };
    findings.places[`${DIPOLE_NAMES}.momentElectronAngstrom`] = place;
  }
  const values = knownValues({
    momentElectronAngstrom: hasMoment ? ([x, y, z] as const) : undefined,
    energyEv: energy('energyEv', ENERGY),
    chargedSystemEnergyEv: energy('chargedSystemEnergyEv', CHARGED),
  });
  if (Object.keys(values).length === 0) return undefined;
  const added = scanner.indexOf(ADDED, from, to);
  if (added >= 0) findings.places[`${DIPOLE_NAMES}.addedBehindLoop`] = { byteOffset: added, byteLength: ADDED.length };
  return { ...values, addedBehindLoop: added >= 0 };
}
