/**
 * Energies of moving ions beside their temperature: `kinetic energy EKIN   =`, `total energy   ETOTAL =`.
 *
 * The mistake avoided here: ETOTAL for the energy of a structure. It holds the motion of the ions and of their
 * thermostat, and is what a good trajectory conserves.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { type LabelledLine, labelledAt, valueBehind } from './labelled-value.ts';
import { lostTime } from './unparseable.ts';

/** Some versions write `kinetic Energy`. */
const KINETIC = needle('EKIN   =');
const CONSERVED = needle('ETOTAL =');
/** The line of the temperature stands behind that of EKIN, ETOTAL four lines further on. */
const BEFORE_BYTES = 160;
const BEHIND_BYTES = 600;

type IonMotion = Pick<IonicStep, 'kineticEnergyEv' | 'conservedEnergyEv'>;

/** `temperature`: the label of the step's temperature; without one nothing moves. `end`: of the step. */
export function readIonMotion(
  scanner: ByteScanner,
  temperature: LabelledLine | undefined,
  end: number,
  findings: Findings,
): IonMotion {
  if (temperature === undefined) return {};
  const { at } = temperature;
  const read = (name: keyof IonMotion, label: Uint8Array, from: number, to: number): number | undefined => {
    const found = scanner.indexOf(label, from, to);
    const line = found < 0 ? undefined : labelledAt(scanner, found, label, end);
    const field = line === undefined ? undefined : valueBehind(scanner, line);
    if (field !== undefined && Number.isFinite(field.value)) {
      findings.places[name] = field.place;
      return field.value;
    }
    findings.issues.push(lostTime(scanner, `the ${WORDS[name]} of the ions`, found < 0 ? at : found));
    return undefined;
  };
  return knownValues({
    kineticEnergyEv: read('kineticEnergyEv', KINETIC, Math.max(0, at - BEFORE_BYTES), at),
    conservedEnergyEv: read('conservedEnergyEv', CONSERVED, at, Math.min(end, at + BEHIND_BYTES)),
  });
}

const WORDS: Readonly<Record<keyof IonMotion, string>> = {
  kineticEnergyEv: 'kinetic energy (EKIN)',
  conservedEnergyEv: 'conserved energy (ETOTAL)',
};
