/**
 * How the outermost planes of a relaxed clean slab moved against its bulk.
 *
 * The mistake avoided here: the distances of a slab as it was built for those of a relaxed one. A slab that nobody relaxed
 * has no relaxation, not one of zero.
 */
import { reducedFormula } from '../assembly/shared/composition-difference.ts';
import { atomicLayers, heights } from '../assembly/shared/slab-geometry.ts';
import { layerRelaxation } from '../descriptors/layer-relaxation.ts';
import type { Calculation, Place } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';
import type { Structure } from '../model/structure.ts';
import type { SlabGeometry } from '../model/system.ts';
import { type BulkPlane, bulkPlanes } from './bulk-planes.ts';
import type { Describer } from './candidate-input.ts';
import { cutSlab } from './cut-slab.ts';
import { describedResult } from './described-result.ts';

/** Thinner slabs have no inner distance to be recognised by. */
const FEWEST_PLANES = 3;

export const describeLayers: Describer = (system, input) => {
  const cut = cutSlab(system, input);
  const [slab, bulk] = [cut?.slab, cut?.bulk];
  if (cut?.energies === undefined || slab?.structure === undefined || bulk?.structure === undefined) return {};
  if (system.exposedFacet === undefined || !isRelaxed(slab)) return {};
  const found = spacingsOf(slab.structure, cut.geometry);
  const planes = bulkPlanes(bulk.structure, system.exposedFacet.miller);
  const matched = planes && matchedSpacings(found, found.side === 'top' ? planes : upsideDown(planes));
  if (matched === undefined) return {};
  const result = layerRelaxation.compute({
    spacingsAngstrom: found.spacingsAngstrom,
    bulkSpacingsAngstrom: matched,
  });
  const [spacing = 0] = found.spacingsAngstrom;
  const references = [
    reference('d_12(slab)', spacing, slab),
    ...(matched[0] === undefined ? [] : [reference('d_12(bulk)', matched[0], bulk)]),
  ];
  const described = describedResult(result, references, cut.issues);
  return { 'layer-relaxation': { ...described, parts: { ...described.parts, side: found.side } } };
};

function isRelaxed({ settings: { NSW: steps, IBRION: ibrion } }: Calculation): boolean {
  return typeof steps === 'number' && steps > 0 && typeof ibrion === 'number' && ibrion >= 1 && ibrion <= 3;
}

interface PlaneSequence {
  readonly side: 'top' | 'bottom';
  /** Reduced formula of each plane, from the face inwards. */
  readonly formulas: readonly string[];
  readonly spacingsAngstrom: readonly number[];
}

/** From the face that is free to move. */
function spacingsOf(structure: Structure, { axis, heldSide }: SlabGeometry): PlaneSequence {
  const side = heldSide === 'top' ? 'bottom' : 'top';
  const upwards = atomicLayers(structure, axis);
  const layers = side === 'bottom' ? upwards : [...upwards].reverse();
  const heightsAngstrom = heights(structure, axis);
  const means = layers.map(
    (layer) => layer.reduce((sum, atom) => sum + (heightsAngstrom[atom] ?? 0), 0) / layer.length,
  );
  return {
    side,
    formulas: layers.map((layer) => reducedFormula(layer.map((atom) => structure.species[atom] ?? ''))),
    spacingsAngstrom: means.slice(1).map((mean, at) => Math.abs(mean - (means[at] ?? 0))),
  };
}

/** The same planes met from below. */
function upsideDown(planes: readonly BulkPlane[]): BulkPlane[] {
  const reversed = [...planes].reverse();
  return reversed.map(({ formula }, at) => ({
    formula,
    spacingAngstrom: (reversed[at + 1] ?? reversed[0])?.spacingAngstrom ?? 0,
  }));
}

/** The distances of the bulk between the same planes: of all ways to lay one on the other the one that fits best. */
function matchedSpacings(slab: PlaneSequence, planes: readonly BulkPlane[]): number[] | undefined {
  const { formulas, spacingsAngstrom } = slab;
  if (formulas.length < FEWEST_PLANES) return undefined;
  let best: { readonly spacings: number[]; readonly deviation: number } | undefined;
  for (const start of planes.keys()) {
    const at = (index: number): BulkPlane | undefined => planes[(start + index) % planes.length];
    if (formulas.some((formula, index) => at(index)?.formula !== formula)) continue;
    const spacings = spacingsAngstrom.map((_, index) => at(index)?.spacingAngstrom ?? 0);
    const deviation = spacingsAngstrom.reduce((sum, one, index) => sum + (one - (spacings[index] ?? 0)) ** 2, 0);
    if (best === undefined || deviation < best.deviation) best = { spacings, deviation };
  }
  return best?.spacings;
}

function reference(name: string, value: number, calculation: Calculation): InputReference {
  const { file: placed, dataset: _, ...place }: Partial<Place> = calculation.places['final.cartesianAngstrom'] ?? {};
  const path = placed ?? calculation.valueSources?.final ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  if (file?.sha256 === undefined) throw new Error(`${calculation.id} has a structure but no file that was read`);
  return { name, value, unit: 'Å', calculation: calculation.id, file: file.path, sha256: file.sha256, ...place };
}
