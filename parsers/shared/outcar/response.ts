/**
 * Response to strain, field and displacement (IBRION 5 to 8, LEPSILON): what stands behind the last ionic step.
 *
 * The mistake avoided here: looking for these blocks in every file of a relaxation. They are printed behind the last step;
 * only a run that says so in its header may have printed ε∞ and the charges earlier.
 */
import type { Settings } from '../../../model/calculation.ts';
import type { Response } from '../../../model/response.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import { readBornCharges } from './born-charges.ts';
import { readDielectricTensors } from './dielectric-tensor.ts';
import { readElasticModuli } from './elastic-moduli.ts';
import type { Findings } from './energy-block.ts';
import { type NumberBlock, tensorOf } from './number-block.ts';
import { readVibrations } from './vibrational-modes.ts';

export interface ResponseRegion {
  /** Start of the first ionic step. */
  readonly firstStep: number;
  /** Start of the last ionic step. */
  readonly lastStep: number;
  readonly to: number;
  readonly atoms: number | undefined;
}

/** Undefined when the file holds no such block. */
export function readResponse(
  scanner: ByteScanner,
  region: ResponseRegion,
  settings: Settings,
  findings: Findings,
): Response | undefined {
  const { lastStep, to, atoms } = region;
  const fieldFrom = settings.LEPSILON === true ? region.firstStep : lastStep;
  const keep = <T extends NumberBlock>(name: string, block: T): T => {
    findings.issues.push(...block.issues);
    if (block.place !== undefined) findings.places[`response.${name}`] = block.place;
    return block;
  };
  const elastic = keep('elasticModuliKbar', readElasticModuli(scanner, lastStep, to));
  const dielectric = readDielectricTensors(scanner, fieldFrom, to);
  const born = readBornCharges(scanner, fieldFrom, to, atoms);
  const vibrations = readVibrations(scanner, lastStep, to, atoms);
  const response: Response = knownValues({
    elasticModuliKbar: elastic.rows,
    dielectricElectronic: tensorOf(keep('dielectricElectronic', dielectric.electronic).rows),
    dielectricIonic: tensorOf(keep('dielectricIonic', dielectric.ionic).rows),
    bornChargesE: keep('bornChargesE', born).chargesE,
    vibrations: keep('vibrations', vibrations).modes,
  });
  return Object.keys(response).length > 0 ? response : undefined;
}
