/** The geometry of a slab in words: `8 layers, vacuum 22.1 Å along c, O on top and Zn below, polar, 2 planes held below`. */
import type { SlabGeometry } from '../../model/system.ts';

const AXIS_NAMES = ['a', 'b', 'c'] as const;

export function slabText(slab: SlabGeometry): string {
  const { axis, layers, vacuumAngstrom, areaAngstrom2, terminations, symmetric, polar } = slab;
  const faces =
    terminations.top === terminations.bottom
      ? `${terminations.top} on both faces`
      : `${terminations.top} on top and ${terminations.bottom} below`;
  return [
    `${layers} planes`,
    `vacuum ${vacuumAngstrom.toFixed(1)} Å along ${AXIS_NAMES[axis]}`,
    `${areaAngstrom2.toFixed(1)} Å²`,
    faces,
    symmetric ? 'symmetric' : 'faces not equivalent',
    ...(polar ? ['polar'] : []),
    ...heldText(slab),
  ].join(', ');
}

function heldText({ fixedBottomLayers, heldSide }: SlabGeometry): string[] {
  if (fixedBottomLayers === undefined) return ['fixed atoms not told'];
  if (fixedBottomLayers === 0 || heldSide === undefined) return ['no plane fixed'];
  const side = heldSide === 'both' ? 'on both sides' : `at the ${heldSide}`;
  return [`${fixedBottomLayers} planes fixed ${side}`];
}
