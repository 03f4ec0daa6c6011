/**
 * What a run says beside energies and forces, read once, of its last complete ionic step: response, charges and moments of
 * the ions, band gap, vacuum levels.
 *
 * The mistake avoided here: values of the step that the end of the file cuts, or of a linear response, printed behind the
 * last complete step and looking like its own. A machine-learned last step has none of this: what stands before it belongs
 * to another geometry.
 */
import type { FileRecord } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import type { ParseOptions } from '../parser.ts';
import { readDipoleCorrection } from './dipole-correction.ts';
import { readEigenvalueSection } from './eigenvalue-section.ts';
import type { Findings } from './energy-block.ts';
import type { Header } from './header.ts';
import { MARKS } from './marks.ts';
import { readNebTables } from './neb-tables.ts';
import { readPotentialReference } from './potential-reference.ts';
import { readResponse } from './response.ts';
import type { Run } from './runs.ts';
import { numberSetting } from './setting-tags.ts';
import { readSiteTables } from './site-tables.ts';
import { readForceDrift } from './total-drift.ts';
import { readVacuumLevels } from './vacuum-levels.ts';

export type Extras = Pick<
  FileRecord,
  | 'response'
  | 'sites'
  | 'bandGap'
  | 'eigenvalues'
  | 'vacuumLevelsEv'
  | 'potentialReference'
  | 'dipoleCorrection'
  | 'nebTables'
  | 'forceDriftEvPerAngstrom'
  | 'places'
  | 'issues'
>;

const ITERATION = needle('Iteration ');
const ENERGIES = needle(MARKS.energies);
/** A last step up to this size is read at once, since it is searched for many titles that are not there. */
const MAXIMUM_STEP_BYTES = 2 * 1024 * 1024;

export function readExtras(scanner: ByteScanner, { header, steps, ...run }: Run, options: ParseOptions): Extras {
  const { last } = steps;
  if (last === undefined || last.machineLearned) return { places: {}, issues: [] };
  const firstStep = run.firstSection?.start ?? run.headerEnd;
  const findings: Findings = { places: {}, issues: [] };
  const atoms = header.atomCount ?? header.species?.length;
  const energyBlock = last.offset;
  const from = startOfLastLoop(scanner, firstStep, energyBlock);
  const next = run.ending.timing ? -1 : scanner.indexOf(ITERATION, energyBlock);
  const step = { from, energyBlock, to: next < 0 ? scanner.sizeBytes : next, atoms };
  if (step.to - step.from <= MAXIMUM_STEP_BYTES) scanner.bytes(step.from, step.to);
  const whole = { firstStep, lastStep: energyBlock, to: scanner.sizeBytes, atoms };
  const response = readResponse(scanner, whole, header.settings, findings);
  const sites = readSiteTables(scanner, step, findings);
  const bands = readEigenvalueSection(scanner, step.from, energyBlock, {
    counts: bandCounts(header),
    keep: options.eigenvalues === true,
  });
  findings.issues.push(...bands.issues);
  if (bands.bandGap !== undefined && bands.place !== undefined) findings.places.bandGap = bands.place;
  if (bands.eigenvalues !== undefined && bands.place !== undefined) findings.places.eigenvalues = bands.place;
  return {
    ...knownValues({
      response,
      sites,
      bandGap: bands.bandGap,
      eigenvalues: bands.eigenvalues,
      vacuumLevelsEv: readVacuumLevels(scanner, step.from, step.to, findings),
      dipoleCorrection: readDipoleCorrection(scanner, step.from, energyBlock, findings),
      nebTables: readNebTables(scanner, step, findings),
      forceDriftEvPerAngstrom: readForceDrift(scanner, last, findings),
      potentialReference: readPotentialReference(scanner, step.from, energyBlock, findings),
    }),
    ...findings,
  };
}

/** Last electronic iteration before the energies; where its line is lost, the energies of the step before. */
function startOfLastLoop(scanner: ByteScanner, firstStep: number, energyBlock: number): number {
  const iteration = Math.max(firstStep, scanner.lastIndexOf(ITERATION, firstStep, energyBlock));
  return Math.max(iteration, scanner.lastIndexOf(ENERGIES, iteration, energyBlock));
}

function bandCounts({ settings, kpoints }: Header) {
  return {
    ispin: numberSetting(settings, 'ISPIN'),
    noncollinear: settings.LNONCOLLINEAR === true,
    kpoints: numberSetting(settings, 'NKPTS'),
    bands: numberSetting(settings, 'NBANDS'),
    weights: kpoints?.weights,
    kpointsFractional: kpoints?.fractional,
  };
}
