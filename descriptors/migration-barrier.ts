/**
 * Migration barrier of an adatom from an NEB band (SCIENCE §3.2–3.8).
 *
 * The mistakes avoided here: a barrier from a band of copies or of unrelaxed images, a saddle between two images read as
 * the height of the higher one without saying so, and a barrier that hangs on the choice of total energy (sigma->0 or
 * TOTEN) without a word.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult, Parts } from '../model/descriptor.ts';
import { type Issue, type IssueCode, issue } from '../model/issues.ts';
import type { PathImage } from '../model/path.ts';
import { climbingConverged, imagesBetween, orderIssues, residualIssues, spacingIssues } from './shared/band-quality.ts';
import { energyIssues, readingIssues, shapeCurve, shapeIssues } from './shared/barrier-quality.ts';
import { type BarrierReading, type ImageEnergies, imageEnergies, readBarrier } from './shared/barrier-reading.ts';
import { curveSpreadEv } from './shared/curve-spread.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { type InterpolatedPath, interpolatePath, interpolationExtrema } from './shared/path-interpolation/index.ts';
import { intermediateMinima } from './shared/peak-prominence.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.05;

const imageSchema = z.strictObject({
  index: z.int().min(0),
  distanceAngstrom: z.number(),
  energyEv: z.number(),
  tangentForceEvPerAngstrom: z.number().exactOptional(),
  residualForceEvPerAngstrom: z.number().min(0).exactOptional(),
  climbing: z.boolean().default(false),
});

const inputs = z
  .strictObject({
    images: z
      .array(imageSchema)
      .min(2)
      .readonly()
      .describe('images from start to end: cumulative distance, energy, F = −dE/ds, NEB force, climbing or not'),
    climbingRequested: z.boolean().optional().describe('LCLIMB: true makes the highest inner image the climbing one'),
    energyKind: z.enum(['sigma0', 'free']).default('sigma0').describe('kind of the images’ energies'),
    otherKindEnergiesEv: z
      .array(z.number())
      .readonly()
      .optional()
      .describe('energies of the images of the other kind, to compare the barriers'),
    endDistancesAngstrom: z
      .array(z.number().min(0))
      .readonly()
      .optional()
      .describe('‖R_N − R_i‖ of every image, to check their order'),
    residualLimitEvPerAngstrom: z.number().positive().default(0.05).describe('largest NEB force of a converged image'),
    climbingLimitEvPerAngstrom: z.number().positive().default(0.03).describe('the same for the climbing image'),
    equivalentEndpoints: z.boolean().optional().describe('whether symmetry makes both endpoints equal in energy'),
    springEvPerAngstrom2: z.number().optional().describe('SPRING as VASP has it: negative = nudged elastic band'),
    uncertaintyEv: z.number().positive().optional().describe('1σ of the value'),
  })
  .refine(
    (given) =>
      [given.otherKindEnergiesEv, given.endDistancesAngstrom].every(
        (list) => list === undefined || list.length === given.images.length,
      ),
    'otherKindEnergiesEv and endDistancesAngstrom have one number per image',
  );

type Inputs = z.output<typeof inputs>;

export const migrationBarrier: DescriptorDefinition<typeof inputs> = {
  identifier: 'migration-barrier',
  version: 2,
  symbol: 'E_f',
  unit: UNIT,
  title: 'Forward migration barrier along an NEB path',
  sign: 'positive = uphill from the first image',
  formula: 'E_f = E_max − E_0, E_r = E_max − E_N, ΔE = E_N − E_0 = E_f − E_r',
  reference:
    'Henkelman, Uberuaga & Jónsson, J. Chem. Phys. 113, 9901 (2000); Henkelman & Jónsson, J. Chem. Phys. 113, 9978 ' +
    '(2000); docs/science.md §3',
  group: 'migration',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: {
      images: [
        { index: 0, distanceAngstrom: 0, energyEv: 0, tangentForceEvPerAngstrom: 0 },
        { index: 1, distanceAngstrom: 0.8, energyEv: 0.1, tangentForceEvPerAngstrom: -0.24 },
        { index: 2, distanceAngstrom: 1.6, energyEv: 0.24, tangentForceEvPerAngstrom: -0.05 },
        { index: 3, distanceAngstrom: 2.4, energyEv: 0.15, tangentForceEvPerAngstrom: 0.21 },
        { index: 4, distanceAngstrom: 3.2, energyEv: 0.03, tangentForceEvPerAngstrom: 0 },
      ],
    },
    prints: '0.2422722',
    parts: { saddleDistanceAngstrom: '1.692495', saddleImageCoordinate: '2.115619' },
    source: 'docs/science.md §3.6: method of nebspline.pl of the VTST scripts',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const images = withClimbingImage(given.images, given.climbingRequested);
  const discrete = imageEnergies(images.map((image) => image.energyEv));
  const uncertainty = uncertaintyOf(given.uncertaintyEv, DEFAULT_UNCERTAINTY_EV);
  const finding = { unit: UNIT, convention: conventionOf(given), uncertainty };
  const forbidding = forbiddingIssues(images, given);
  if (forbidding.some((entry) => entry.severity === 'error')) {
    const parts = { reactionEnergyEv: discrete.reactionEnergyEv };
    return descriptorResult({ ...finding, value: undefined, parts, issues: forbidding });
  }
  const path = interpolatePath(images);
  const residuals = residualIssues(images, given);
  const reading = readBarrier(images, climbingConverged(images, given), path.curves.hermite);
  const order = orderIssues(images, given.endDistancesAngstrom ?? []);
  const found = [
    ...forbidding,
    ...residuals,
    ...order,
    ...readingIssues(images, path, reading),
    ...shapeIssues(images, path, reading, discrete),
    ...energyIssues(given, discrete),
  ];
  const issues = order.length === 0 ? found : found.filter(({ code }) => !OF_DISORDER.has(code));
  const interpolations = interpolationExtrema(path);
  const spreadEv = curveSpreadEv(interpolations, reading, discrete.reactionEnergyEv);
  const unusable = residuals.some((entry) => entry.severity === 'error');
  return descriptorResult({
    ...finding,
    value: unusable ? undefined : reading.forwardBarrierEv,
    uncertainty: uncertaintyOf(given.uncertaintyEv, DEFAULT_UNCERTAINTY_EV, spreadEv),
    parts: {
      ...(unusable ? {} : barrierParts(reading, discrete)),
      ...pathParts(images, path, discrete),
      interpolations,
    },
    issues,
  });
}

/** What a path shows when its images are shuffled, and nobody calculated. */
const OF_DISORDER: ReadonlySet<IssueCode> = new Set(['W_UNEVEN_IMAGES', 'W_MULTIPLE_MAXIMA', 'W_POORLY_RESOLVED']);

function conventionOf(given: Inputs): string {
  return `energy: ${given.energyKind}; from the first image; positive = uphill`;
}

/** Faults that leave nothing to interpolate or make the band another quantity. */
function forbiddingIssues(images: readonly PathImage[], given: Inputs): Issue[] {
  const spring = given.springEvPerAngstrom2;
  return [
    ...(imagesBetween(images).length === 0 ? [issue('E_IMAGE_ENERGY', { images: 'all between the endpoints' })] : []),
    ...(spring !== undefined && spring > 0 ? [issue('E_PLAIN_ELASTIC_BAND', { spring })] : []),
    ...spacingIssues(images),
  ];
}

/** LCLIMB without a marked image marks the highest one between the endpoints; LCLIMB = F unmarks all. */
function withClimbingImage(images: readonly PathImage[], requested: boolean | undefined): readonly PathImage[] {
  if (requested === undefined) return images;
  if (!requested) return images.map((image) => ({ ...image, climbing: false }));
  const between = imagesBetween(images);
  if (between.length === 0 || between.some((image) => image.climbing)) return images;
  const highestEv = Math.max(...between.map((image) => image.energyEv));
  const highest = between.find((image) => image.energyEv === highestEv);
  return images.map((image) => (image === highest ? { ...image, climbing: true } : image));
}

/** What holds for the path whether or not its barrier does. */
function pathParts(images: readonly PathImage[], path: InterpolatedPath, discrete: ImageEnergies): Parts {
  const curve = shapeCurve(path);
  const intermediates = curve === undefined ? [] : intermediateMinima(curve);
  return {
    reactionEnergyEv: discrete.reactionEnergyEv,
    ...(intermediates.length > 0 && { intermediateMinima: intermediates }),
    discreteForwardBarrierEv: discrete.forwardBarrierEv,
    saddleImage: discrete.highestIsEndpoint ? undefined : images[discrete.highest]?.index,
  };
}

/** `spanEv` is over the images (§3.3), so it can lie a little below an interpolated barrier. */
function barrierParts(reading: BarrierReading, discrete: ImageEnergies): Parts {
  return {
    forwardBarrierEv: reading.forwardBarrierEv,
    reverseBarrierEv: reading.reverseBarrierEv,
    spanEv: discrete.spanEv,
    method: reading.method,
    saddleDistanceAngstrom: reading.saddle?.distanceAngstrom,
    saddleImageCoordinate: reading.saddle?.imageCoordinate,
  };
}
