/**
 * A slab in words of the field: vacuum, area, atomic planes, what ends it above and below, which side is held, whether
 * its faces are equivalent and whether its stacking is polar.
 *
 * The mistake avoided here: calling a slab polar because its faces differ. An adsorbate or a relaxed side makes them
 * differ too; polar is what the sequence of the inner planes tells (SCIENCE §4.1, §4.7, §4.8).
 */
import type { Structure } from '../../model/structure.ts';
import type { SlabGeometry } from '../../model/system.ts';
import { formulaInOrder } from './composition-difference.ts';
import { areaAcross, atomicLayers, type Gap, heights, isFixed } from './slab-geometry.ts';
import { type AtomicPlane, stackingIsPolar } from './slab-stacking.ts';
import { facesAreEquivalent } from './slab-symmetry.ts';

export function slabGeometry(structure: Structure, gap: Gap): SlabGeometry {
  const heightsAngstrom = heights(structure, gap.axis);
  const layers = atomicLayers(structure, gap.axis);
  const planes = layers.map((layer): AtomicPlane => {
    const species = layer.map((atom) => structure.species[atom] ?? '');
    const sum = layer.reduce((total, atom) => total + (heightsAngstrom[atom] ?? 0), 0);
    return { species, heightAngstrom: sum / layer.length };
  });
  const symmetric = facesAreEquivalent(structure, gap.axis);
  return {
    axis: gap.axis,
    vacuumAngstrom: gap.gapAngstrom,
    areaAngstrom2: areaAcross(structure.latticeAngstrom, gap.axis),
    layers: layers.length,
    terminations: {
      top: formulaInOrder(planes.at(-1)?.species ?? []),
      bottom: formulaInOrder(planes[0]?.species ?? []),
    },
    symmetric,
    polar: !symmetric && stackingIsPolar(planes),
    ...heldLayers(structure, layers),
  };
}

type Held = Pick<SlabGeometry, 'fixedBottomLayers' | 'heldSide'>;

/** Planes whose atoms are all fixed, counted from either side (SCIENCE §4.8). */
function heldLayers(structure: Structure, layers: readonly (readonly number[])[]): Held {
  const flags = structure.selectiveDynamics;
  if (flags === undefined) return {};
  const heldFrom = (ordered: readonly (readonly number[])[]): number => {
    const firstFree = ordered.findIndex((layer) => !layer.every((atom) => isFixed(flags, atom)));
    return firstFree < 0 ? ordered.length : firstFree;
  };
  const [below, above] = [heldFrom(layers), heldFrom([...layers].reverse())];
  // A slab can be built upside down: then the planes on top are those that are held.
  const fixedBottomLayers = Math.max(below, above);
  if (fixedBottomLayers === 0) return { fixedBottomLayers };
  return { fixedBottomLayers, heldSide: below > 0 && above > 0 ? 'both' : below > 0 ? 'bottom' : 'top' };
}
