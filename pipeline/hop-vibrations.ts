/**
 * Attempt frequency of a hop in a screening: the modes of the site that it starts from and of its highest image, where
 * both were calculated (SCIENCE §3.9).
 *
 * The mistakes avoided here: modes of an image on the way up, which is no saddle: it has none that is imaginary, or several,
 * and the descriptor refuses it; and a quotient of the modes of some atoms and of others.
 */
import { attemptFrequency } from '../descriptors/attempt-frequency.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference, UnavailableDescriptor } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import type { PathReport } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { valueReference } from './input-reference.ts';
import { type FoundVibrations, type VibrationalRun, vibrationsOf } from './vibrational-run.ts';

/** Undefined where nobody calculated vibrations of either. */
export function attemptFrequencyOf(path: PathReport, input: CandidateInput): DescriptorResult | undefined {
  const ends = { site: calculationAt(path, 0, input), saddle: calculationAt(path, highestImage(path), input) };
  const [site, saddle] = [foundAt(ends.site, input), foundAt(ends.saddle, input)];
  const refused = [...site.refused, ...saddle.refused];
  if (site.runs.length === 0 && saddle.runs.length === 0 && refused.length === 0) return undefined;
  if (site.runs.length === 0 || saddle.runs.length === 0) {
    const lacking = [
      ...(site.runs.length === 0 ? [`the site (image ${path.images[0]?.index})`] : []),
      ...(saddle.runs.length === 0 ? [`the saddle (image ${highestImage(path)})`] : []),
    ];
    const needed = `vibrations of ${lacking.join(' and ')} of ${path.id}`;
    return unavailable([issue('E_REFERENCE_MISSING', { needed }), ...refused]);
  }
  const pairs = site.runs.flatMap((one) => saddle.runs.map((other) => ({ site: one, saddle: other })));
  const pair = pairs.find((one) => displaceTheSame(one.site, one.saddle));
  if (pair === undefined) {
    const reason = `the runs of the site and of the saddle of ${path.id} displaced other atoms`;
    return unavailable([issue('E_INPUT', { input: 'modes', reason }), ...refused]);
  }
  const result = attemptFrequency.compute(
    attemptFrequency.inputs.parse({
      initialWavenumbersPerCm: [...pair.site.modes.wavenumbersPerCm],
      saddleWavenumbersPerCm: [...pair.saddle.modes.wavenumbersPerCm],
    }),
  );
  const references = [firstMode('site', pair.site), firstMode('saddle', pair.saddle)];
  return describedResult(result, references, [...pair.site.issues, ...pair.saddle.issues]);
}

/** Images of one path list their atoms in one order. */
function displaceTheSame(site: VibrationalRun, saddle: VibrationalRun): boolean {
  if (site.modes.wavenumbersPerCm.length !== saddle.modes.wavenumbersPerCm.length) return false;
  const flags = saddle.displaced;
  return site.displaced === undefined || flags === undefined || site.displaced.every((flag, at) => flag === flags[at]);
}

function unavailable(reasons: UnavailableDescriptor['reasons']): UnavailableDescriptor {
  return { available: false, reasons, parts: {} };
}

/** Among the images between the ends; -1 where none has an energy. */
function highestImage({ images }: PathReport): number {
  let highest = { index: -1, energyEv: Number.NEGATIVE_INFINITY };
  for (const { index, energyEv } of images.slice(1, -1)) {
    if (energyEv !== undefined && energyEv > highest.energyEv) highest = { index, energyEv };
  }
  return highest.index;
}

function calculationAt(
  { images }: PathReport,
  index: number,
  { calculations }: CandidateInput,
): Calculation | undefined {
  return calculations.get(images.find((image) => image.index === index)?.source ?? '');
}

function foundAt(calculation: Calculation | undefined, input: CandidateInput): FoundVibrations {
  return calculation === undefined ? { runs: [], refused: [] } : vibrationsOf(calculation, input);
}

/** The modes stand together: told by the first of them. */
function firstMode(where: string, { calculation, modes }: VibrationalRun): InputReference {
  const value = modes.wavenumbersPerCm[0] ?? 0;
  return valueReference({ name: `first mode of the ${where}`, value, unit: 'cm⁻¹' }, calculation, {
    block: 'vibrations',
    field: 'response.vibrations',
  });
}
