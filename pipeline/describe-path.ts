/**
 * A migration path with its barrier, as it is printed and ranked.
 */
import type { AssembledImage, AssembledPath } from '../assembly/migration-path.ts';
import { weakeningIssues } from '../assembly/usable-energy.ts';
import { migrationBarrier } from '../descriptors/migration-barrier.ts';
import type { PathTableRow } from '../model/calculation.ts';
import { type DescriptorResult, type InputReference, qualityOf } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, type IssueCode } from '../model/issues.ts';
import type { PathDomain } from '../model/path-domain.ts';
import type { PathReport, PathReportImage } from '../model/system.ts';
import { inputReference } from './input-reference.ts';
import { sampledCurve } from './sampled-curve.ts';

export type EnergyKind = PathReport['energyKind'];

type BarrierInputs = Parameters<typeof migrationBarrier.compute>[0];

export interface PathOptions {
  readonly energyKind: EnergyKind;
  readonly equivalentEndpoints?: boolean;
  readonly domain?: PathDomain;
}

export function describePath(path: AssembledPath, options: PathOptions): PathReport {
  const energyOf = (image: AssembledImage): number | undefined =>
    options.energyKind === 'free' ? image.freeEnergyEv : image.energySigma0Ev;
  const images = reportImages(path, energyOf);
  const inputs = hasError(path.issues) ? undefined : barrierInputs(path, options, energyOf);
  const barrier =
    inputs === undefined
      ? unavailable(path.issues, images)
      : withInputs(migrationBarrier.compute(inputs), path, options.energyKind);
  const { issues, links, migrating } = path;
  const { domain } = options;
  return report(path.id, {
    energyKind: options.energyKind,
    images,
    barrier: { ...barrier, parts: { ...barrier.parts, ...(domain !== undefined && { domain }) } },
    issues,
    inputs,
    ...(migrating !== undefined && { migrating }),
    ...(links.length > 0 && { links }),
  });
}

/** A path given as the table neb.dat: energies relative to image 00, forces where they are not all zero. */
export function describePathTable(id: string, rows: readonly PathTableRow[], issues: readonly Issue[]): PathReport {
  // nebbarrier.pl writes zeros where it found no forces: then they are unknown, not zero.
  const forcesKnown = rows.slice(1, -1).some((row) => row.tangentForceEvPerAngstrom !== 0);
  const images = rows.map(
    (row): PathReportImage => ({
      index: row.index,
      energyEv: row.relativeEnergyEv,
      relativeEnergyEv: row.relativeEnergyEv,
      distanceAngstrom: row.distanceAngstrom,
      ...(forcesKnown && { tangentForceEvPerAngstrom: row.tangentForceEvPerAngstrom }),
      climbing: false,
      source: id,
    }),
  );
  const inputs = migrationBarrier.inputs.parse({
    images: images.map((image) => ({
      index: image.index,
      distanceAngstrom: image.distanceAngstrom,
      energyEv: image.energyEv,
      ...(forcesKnown && { tangentForceEvPerAngstrom: image.tangentForceEvPerAngstrom }),
    })),
  });
  // With rows missing, the last one is not the end of the path.
  const barrier = hasError(issues)
    ? { available: false as const, reasons: issues, parts: {} }
    : migrationBarrier.compute(inputs);
  return report(id, { energyKind: 'sigma0', images, barrier, issues, inputs });
}

function report(
  id: string,
  path: Omit<PathReport, 'id' | 'interpolations' | 'curve'> & { readonly inputs: BarrierInputs | undefined },
): PathReport {
  const { inputs, ...rest } = path;
  const { interpolations } = path.barrier.parts;
  const curve = inputs === undefined ? undefined : sampledCurve(inputs.images);
  return {
    id,
    ...rest,
    // The descriptor's own part, computed from these images.
    ...(interpolations !== undefined && {
      interpolations: interpolations as NonNullable<PathReport['interpolations']>,
    }),
    ...(curve !== undefined && { curve }),
  };
}

function reportImages(path: AssembledPath, energyOf: (image: AssembledImage) => number | undefined): PathReportImage[] {
  const [start] = path.images;
  const first = start?.index === 0 ? energyOf(start) : undefined;
  return path.images.map((image) => {
    const energyEv = energyOf(image);
    return {
      index: image.index,
      ...(energyEv !== undefined && { energyEv }),
      ...(energyEv !== undefined && first !== undefined && { relativeEnergyEv: energyEv - first }),
      ...(image.distanceAngstrom !== undefined && { distanceAngstrom: image.distanceAngstrom }),
      ...(image.tangentForceEvPerAngstrom !== undefined && {
        tangentForceEvPerAngstrom: image.tangentForceEvPerAngstrom,
      }),
      ...(image.residualForceEvPerAngstrom !== undefined && {
        maxPerpendicularForceEvPerAngstrom: image.residualForceEvPerAngstrom,
      }),
      climbing: image.climbing,
      ...(image.state !== undefined && { state: image.state }),
      ...(image.ionicSteps !== undefined && { ionicSteps: image.ionicSteps }),
      source: image.calculation?.id ?? `no energy in ${image.folder}`,
    };
  });
}

function barrierInputs(
  path: AssembledPath,
  options: PathOptions,
  energyOf: (image: AssembledImage) => number | undefined,
): BarrierInputs | undefined {
  const other = (image: AssembledImage): number | undefined =>
    options.energyKind === 'free' ? image.energySigma0Ev : image.freeEnergyEv;
  const others = path.images.flatMap((image) => other(image) ?? []);
  const complete = path.images.every((image) => energyOf(image) !== undefined && image.distanceAngstrom !== undefined);
  if (!complete) return undefined;
  return migrationBarrier.inputs.parse({
    images: path.images.map((image) => ({
      index: image.index,
      distanceAngstrom: image.distanceAngstrom,
      energyEv: energyOf(image),
      ...(image.tangentForceEvPerAngstrom !== undefined && {
        tangentForceEvPerAngstrom: image.tangentForceEvPerAngstrom,
      }),
      ...(image.residualForceEvPerAngstrom !== undefined && {
        residualForceEvPerAngstrom: image.residualForceEvPerAngstrom,
      }),
      climbing: image.climbing,
    })),
    climbingRequested: path.climbingRequested ?? false,
    energyKind: options.energyKind,
    ...(others.length === path.images.length && { otherKindEnergiesEv: others }),
    endDistancesAngstrom: path.images.map((image) => image.distanceToEndAngstrom ?? 0),
    ...(options.equivalentEndpoints !== undefined && { equivalentEndpoints: options.equivalentEndpoints }),
    ...(path.springEvPerAngstrom2 !== undefined && { springEvPerAngstrom2: path.springEvPerAngstrom2 }),
  });
}

/** Faults of the images between the ends, or of an end that then has no energy: the ends can still be subtracted. */
const HARMLESS_TO_ENDS: ReadonlySet<IssueCode> = new Set([
  'E_IMAGE_ENERGY',
  'E_IMAGE_STRUCTURE',
  'E_UNREADABLE',
  'E_UNPARSEABLE',
  'E_TRUNCATED',
  'E_SCF_UNCONVERGED',
  'E_IONIC_UNCONVERGED',
  'E_ML_ENERGY',
]);

/** Without a barrier, the reaction energy can still be told when both ends have an energy and may be subtracted. */
function unavailable(issues: readonly Issue[], images: readonly PathReportImage[]): DescriptorResult {
  const comparable = issues.every(({ code, severity }) => severity !== 'error' || HARMLESS_TO_ENDS.has(code));
  const reactionEnergyEv = comparable ? images.at(-1)?.relativeEnergyEv : undefined;
  return {
    available: false,
    reasons: issues,
    parts: images.length > 1 && reactionEnergyEv !== undefined ? { reactionEnergyEv } : {},
  };
}

/** What weakens the energy of an image weakens the barrier; how far an image has relaxed is told by its NEB force. */
function imageWarnings({ calculation }: AssembledImage): Issue[] {
  if (calculation === undefined) return [];
  const isImage = calculation.final?.neb !== undefined;
  return weakeningIssues(calculation).filter((entry) => !isImage || entry.code !== 'W_IONIC_UNCONVERGED');
}

function withInputs(result: DescriptorResult, path: AssembledPath, kind: EnergyKind): DescriptorResult {
  const merged = path.issues.filter((entry) => entry.severity !== 'error');
  if (!result.available) return { ...result, reasons: distinctIssues([...result.reasons, ...merged]) };
  const field = kind === 'free' ? 'freeEnergyEv' : 'energySigma0Ev';
  const inputs: InputReference[] = path.images.flatMap((image) =>
    image.calculation === undefined ? [] : [inputReference(`E(image ${image.index})`, image.calculation, field)],
  );
  const issues = distinctIssues([...result.issues, ...merged, ...path.images.flatMap(imageWarnings)]);
  // Images in another order than their folders make a path that nobody calculated.
  const outOfOrder = issues.some((entry) => entry.code === 'W_IMAGE_ORDER');
  return { ...result, inputs, quality: outOfOrder ? 'unreliable' : qualityOf(issues), issues };
}
