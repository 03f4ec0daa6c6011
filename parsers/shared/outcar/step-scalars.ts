/**
 * The single numbers of an ionic step: Fermi energy, dispersion energy, stress, pressure, temperature, time, and what
 * the VTST patch prints about a band.
 *
 * What decides on a result (energies, forces, stress) and is no number is an error; what only describes the step
 * (moments, times) is a warning.
 */
import type { IonicStep, NebForces } from '../../../model/calculation.ts';
import { issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { type LabelledLine, labelledAt, lastLabelled, numbersBehind, valueBehind } from './labelled-value.ts';
import { LOOP } from './machine-learned.ts';
import { largestAtomMagnetisation } from './magnetisation-table.ts';
import { readTotalMagnetisation } from './total-magnetisation.ts';
import { unparseable } from './unparseable.ts';

/** Where the values of one step stand in the file. */
export interface StepRegion {
  /** Start of the last electronic iteration. */
  readonly from: number;
  /** End of the SCF loop: eigenvalues are printed before it, everything but E-fermi and the total moment behind it. */
  readonly loopEnd: number;
  readonly energyBlock: number;
  /** Start of what is no more part of this step. */
  readonly end: number;
  /** Start of the next step: LOOP+ stands behind a linear response. */
  readonly sectionEnd: number;
}

const LABELS = {
  fermi: needle('E-fermi :'),
  dispersion: needle('Edisp (eV)'),
  stress: needle('in kB'),
  pressure: needle('external pressure ='),
  temperature: needle('(temperature'),
  tangent: needle('projections on to tangent (spring, REAL)'),
  residual: needle('FORCES: max atom, RMS'),
};

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
  const behindLoop = (label: Uint8Array) => lastLabelled(scanner, label, region.loopEnd, region.end);
  const fermi = lastLabelled(scanner, LABELS.fermi, region.from, region.loopEnd) ?? behindLoop(LABELS.fermi);
  const values = {
    fermiEnergyEv: number('fermiEnergyEv', fermi),
    dispersionEnergyEv: number('dispersionEnergyEv', behindLoop(LABELS.dispersion)),
    pressureKbar: number('pressureKbar', behindLoop(LABELS.pressure)),
    stressKbar: readStress(scanner, behindLoop(LABELS.stress), findings),
    temperatureKelvin: number('temperatureKelvin', behindLoop(LABELS.temperature)),
    elapsedSeconds: readLoop(scanner, region),
    maxAtomMagnetisationBohr: readAtomMagnetisation(scanner, region, findings),
    neb: readNeb(scanner, behindLoop(LABELS.tangent), behindLoop(LABELS.residual)),
    ...readTotalMagnetisation(scanner, { from: region.from, to: fermi?.at ?? region.energyBlock }, findings),
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
  const largest = largestAtomMagnetisation(scanner, region.loopEnd, region.end);
  if (largest !== 'overflow') return largest;
  findings.issues.push(issue('W_OVERFLOW', { field: 'magnetization' }, { byteOffset: region.energyBlock }));
  return undefined;
}

function readNeb(
  scanner: ByteScanner,
  tangent: LabelledLine | undefined,
  residual: LabelledLine | undefined,
): NebForces | undefined {
  const tangentForceEvPerAngstrom = numbersBehind(scanner, tangent)[1];
  const residualForceEvPerAngstrom = numbersBehind(scanner, residual)[0];
  if (tangentForceEvPerAngstrom === undefined && residualForceEvPerAngstrom === undefined) return undefined;
  return knownValues({ tangentForceEvPerAngstrom, residualForceEvPerAngstrom });
}

/** `LOOP+:  cpu time 4930.9: real time 4950.3`: the second time, of the first such line behind the energy. */
function readLoop(scanner: ByteScanner, region: StepRegion): number | undefined {
  const at = scanner.indexOf(LOOP, region.energyBlock, region.sectionEnd);
  const label = at < 0 ? undefined : labelledAt(scanner, at, LOOP);
  if (label === undefined) return undefined;
  const seconds = /time\s*:?\s*\d+\.\d+:\s*\S+ time\s*(\d+\.\d+)/.exec(scanner.text(label.behind, label.end))?.[1];
  const value = parseFortranNumber(seconds ?? '');
  return Number.isNaN(value) ? undefined : value;
}
