/**
 * Where the images of a path stand in a drawing: the axes, and what cannot be placed on them.
 *
 * The mistakes avoided here: distances and image numbers mixed on one axis when some distances are unknown, and an
 * energy of 0 for an image that has none.
 */
import type { PathReport, PathReportImage } from '../../model/system.ts';
import { type Axis, plotAxis } from './plot-axis.ts';

export interface PlottedImage {
  readonly image: PathReportImage;
  /** Relative to `zeroImage`. */
  readonly energyEv: number;
  readonly x: number;
  readonly y: number;
}

export interface PathFrame {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly x: Axis;
  readonly y: Axis;
  /** False when the distance of an image with an energy is unknown: then the axis counts images. */
  readonly inAngstrom: boolean;
  /** Image whose energy is 0: the first one that has an energy; absent when none has. */
  readonly zeroImage?: number;
  readonly images: readonly PlottedImage[];
  /** Images without energy. */
  readonly missing: readonly PathReportImage[];
}

const WIDTH = 480;
const HEIGHT = 330;
const PLOT = { left: 78, right: WIDTH - 18, top: 34, bottom: HEIGHT - 52 };
/** Above the highest point there is room for the line that names the barrier. */
const ROOM_ABOVE = 0.16;
const ROOM_BELOW = 0.08;
const ROOM_ASIDE = 0.03;
/** Least height of the energy axis, eV: noise of an identical band is not blown up to a landscape. */
const LEAST_RANGE_EV = 0.01;

export function pathFrame(path: PathReport): PathFrame {
  const known = path.images.filter((image) => isNumber(image.energyEv) || isNumber(image.relativeEnergyEv));
  const missing = path.images.filter((image) => !known.includes(image));
  // Relative energies are told when image 00 has one; a path in which only some had them would mix two zeros.
  const relative = known.every((image) => isNumber(image.relativeEnergyEv));
  const energyOf = (image: PathReportImage): number => (relative ? image.relativeEnergyEv : image.energyEv) ?? 0;
  const [zero] = known;
  const zeroEv = zero === undefined ? 0 : energyOf(zero);
  const inAngstrom = known.every((image) => isNumber(image.distanceAngstrom));
  const placeOf = (image: PathReportImage): number => (inAngstrom ? (image.distanceAngstrom ?? 0) : image.index);
  // The curve starts at image 00, where it is 0.
  const curve = inAngstrom ? (path.curve ?? []) : [];
  const barrierEv = path.barrier.available ? [path.barrier.value] : [];
  const energies = [0, ...known.map((image) => energyOf(image) - zeroEv), ...curve.map(([, energy]) => energy)];
  const x = plotAxis([...known.map(placeOf), ...curve.map(([distance]) => distance)], {
    pixels: [PLOT.left, PLOT.right],
    rooms: [ROOM_ASIDE, ROOM_ASIDE],
    leastRange: 1e-3,
  });
  const y = plotAxis([...energies, ...barrierEv], {
    pixels: [PLOT.bottom, PLOT.top],
    rooms: [ROOM_BELOW, ROOM_ABOVE],
    leastRange: LEAST_RANGE_EV,
  });
  const images = known.map((image): PlottedImage => {
    const energyEv = energyOf(image) - zeroEv;
    return { image, energyEv, x: x.at(placeOf(image)), y: y.at(energyEv) };
  });
  const zeroImage = zero === undefined ? {} : { zeroImage: zero.index };
  return { width: WIDTH, height: HEIGHT, plot: PLOT, x, y, inAngstrom, images, missing, ...zeroImage };
}

function isNumber(value: number | undefined): boolean {
  return value !== undefined && Number.isFinite(value);
}
