/**
 * The single numbers of an ionic step: Fermi energy, dispersion energy, stress, pressure, temperature, time, and what
 * the VTST patch prints about a band.
 *
 * What decides on a result (energies, forces, stress) and is no number is an error; what only describes the step
 * (moments, times) is a warning.
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { readIonMotion } from './ion-motion.ts';
import { type LabelledLine, labelledAt, lastMarked, valueBehind } from './labelled-value.ts';
import { largestAtomMagnetisation, MAGNETISATION_BLOCK } from './magnetisation-table.ts';
import { MARKS, type MarkList, type MarkName } from './marks.ts';
import { readNebForces } from './neb-forces.ts';
import { readTotalMagnetisation } from './total-magnetisation.ts';
import { lostTime, unparseable } from './unparseable.ts';

/** Where the values of one step stand in the file. */
export interface StepRegion {
  readonly marks: MarkList;
  /** Start of the last electronic iteration. */
  readonly from: number;
  /** End of the SCF loop: eigenvalues are printed before it, everything but E-fermi and the total moment behind it. */
  readonly loopEnd: number;
  readonly energyBlock: number;
  /** Start of what is no more part of this step. */
  readonly end: number;
  /** Start of the next step: LOOP+ stands behind a linear response. */
  readonly sectionEnd: number;
  /** Whether moments are printed. */
  readonly spin: boolean;
}

const STRESS_COMPONENTS = 6;

type Scalars = Omit<
  IonicStep,
  | 'index'
  | 'electronic'
  | 'freeEnergyEv'
  | 'energyWithoutEntropyEv'
  | 'energySigma0Ev'
  | 'latticeAngstrom'
  | 'cartesianAngstrom'
  | 'forcesEvPerAngstrom'
>;

export function readScalars(scanner: ByteScanner, region: StepRegion, findings: Findings): Scalars {
  const number = (name: string, label: LabelledLine | undefined): number | undefined => {
    const field = label === undefined ? undefined : valueBehind(scanner, label);
    if (label === undefined) return undefined;
    if (field === undefined || Number.isNaN(field.value)) {
      findings.issues.push(unparseable(scanner, name, label.at));
      return undefined;
    }
    findings.places[name] = field.place;
    return field.value;
  };
  const { marks, from, loopEnd, end } = region;
  const behindLoop = (name: MarkName) => lastMarked(scanner, marks, name, { from: loopEnd, to: end });
  const fermi = lastMarked(scanner, marks, 'fermi', { from, to: loopEnd }) ?? behindLoop('fermi');
  const temperature = behindLoop('temperature');
  const values = {
    fermiEnergyEv: number('fermiEnergyEv', fermi),
    dispersionEnergyEv: number('dispersionEnergyEv', behindLoop('dispersion')),
    pressureKbar: number('pressureKbar', behindLoop('pressure')),
    stressKbar: readStress(scanner, behindLoop('stress'), findings),
    temperatureKelvin: number('temperatureKelvin', temperature),
    ...readIonMotion(scanner, temperature, end, findings),
    elapsedSeconds: readLoop(scanner, region, findings),
    maxAtomMagnetisationBohr: readAtomMagnetisation(scanner, region, findings),
    neb: readNebForces(scanner, behindLoop('tangent'), behindLoop('residual'), findings),
    ...readTotalMagnetisation(
      scanner,
      { marks, from, to: fermi?.at ?? region.energyBlock, spin: region.spin },
      findings,
    ),
  };
  return knownValues(values);
}

function readStress(
  scanner: ByteScanner,
  label: LabelledLine | undefined,
  findings: Findings,
): readonly number[] | undefined {
  if (label === undefined) return undefined;
  const values = rowNumbers(scanner.text(label.behind, label.end), STRESS_COMPONENTS);
  if (values === undefined) findings.issues.push(unparseable(scanner, 'stressKbar', label.at));
  else findings.places.stressKbar = { byteOffset: label.behind, byteLength: label.end - label.behind };
  return values;
}

function readAtomMagnetisation(scanner: ByteScanner, region: StepRegion, findings: Findings): number | undefined {
  const { marks, loopEnd, end } = region;
  const first = marks.first('magnetisation', loopEnd, end);
  if (first < 0) return undefined;
  const behind = marks.behind(marks.last('magnetisation', loopEnd, end));
  const to = behind < 0 ? end : Math.min(end, behind);
  const largest = largestAtomMagnetisation(scanner, first, to);
  if (largest === undefined) return undefined;
  if (largest !== 'overflow') {
    findings.places.maxAtomMagnetisationBohr = { byteOffset: first, byteLength: to - first };
    return largest;
  }
  findings.issues.push(
    issue('W_OVERFLOW', { field: 'magnetization' }, { byteOffset: first, block: MAGNETISATION_BLOCK }),
  );
  return undefined;
}

/** `LOOP+:  cpu time 4930.9: real time 4950.3`: the second time, of the first such line behind the energy. */
function readLoop(scanner: ByteScanner, region: StepRegion, findings: Findings): number | undefined {
  const at = region.marks.first('loop', region.energyBlock, region.sectionEnd);
  const label = at < 0 ? undefined : labelledAt(scanner, at, MARKS.loop);
  if (label === undefined) return undefined;
  const seconds = /time\s*:?\s*\d+\.\d+:\s*\S+ time\s*(\d+\.\d+)/.exec(scanner.text(label.behind, label.end))?.[1];
  const value = parseFortranNumber(seconds ?? '');
  if (!Number.isNaN(value)) return value;
  findings.issues.push(lostTime(scanner, 'the seconds of the ionic step', label.at));
  return undefined;
}
