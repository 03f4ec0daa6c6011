/**
 * The plane lattice that a coating offers a film: the smallest cell of its clean slab, or of the facet of its bulk where
 * the cell of the slab is larger only because its surface is reconstructed or has a defect.
 *
 * The mistake avoided here: the cell of the slab with an adsorbate, which is chosen by coverage.
 */
import { bulkFacet } from '../assembly/bulk-facets.ts';
import { bulkOf } from '../assembly/identify-facet.ts';
import { slabMesh } from '../assembly/slab-mesh.ts';
import { latticeOfText } from '../descriptors/shared/coincidence/lattice-text.ts';
import type { Calculation, Place } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';
import { lengths } from '../model/lattice.ts';
import { type PlaneLattice, planeArea } from '../model/plane-lattice.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { latticeText } from './lattice-as-text.ts';
import { methodText } from './settings-text.ts';

export interface CoatingPlane {
  readonly slab: Calculation;
  readonly lattice: PlaneLattice;
  readonly from: 'clean slab' | 'facet of the bulk';
  /** `PBE + D3(BJ)`. */
  readonly method: string;
  readonly inputs: readonly InputReference[];
}

/** A slab whose cell holds more of the bulk's than this is reconstructed, or has a defect. */
const LARGEST_RATIO = 1.5;

/** Undefined without a clean slab, and for the metal itself: zinc on zinc is no coating. */
export function coatingPlane(system: System, input: CandidateInput): CoatingPlane | undefined {
  const slab = input.calculations.get(system.slab ?? '');
  const axis = input.roles.get(system.slab ?? '')?.slab?.axis;
  if (slab?.structure === undefined || axis === undefined) return undefined;
  if (slab.structure.species.every((species) => species === system.ion)) return undefined;
  const { lattice } = slabMesh(slab.structure, axis);
  const bulk = facetOfBulk(system, input);
  const isOfBulk = bulk !== undefined && planeArea(lattice) > LARGEST_RATIO * planeArea(bulk.lattice);
  const source = isOfBulk ? bulk.calculation : slab;
  // A damaged cell: its calculation tells so, and one candidate must not end a screening.
  if (!latticeOfText(latticeText(isOfBulk ? bulk.lattice : lattice)).isLattice) return undefined;
  const along = isOfBulk ? ([0, 1, 2] as const) : ([0, 1, 2] as const).filter((each) => each !== axis);
  return {
    slab,
    lattice: isOfBulk ? bulk.lattice : lattice,
    from: isOfBulk ? 'facet of the bulk' : 'clean slab',
    method: methodText(source) || 'calculated',
    inputs: lengthReferences(source, isOfBulk ? 'bulk' : 'slab', along),
  };
}

function facetOfBulk({ bulk: id, exposedFacet }: System, { calculations }: CandidateInput) {
  const calculation = calculations.get(id ?? '');
  if (calculation?.structure === undefined || exposedFacet === undefined) return undefined;
  const bulk = bulkOf(calculation.structure);
  return bulk && { calculation, lattice: bulkFacet(bulk, exposedFacet.miller).lattice };
}

/** Lengths of the vectors of a cell, Å, and the file that they were read from. */
export function lengthReferences(
  calculation: Calculation,
  of: string,
  axes: readonly (0 | 1 | 2)[] = [0, 1, 2],
): InputReference[] {
  const lattice = calculation.structure?.latticeAngstrom;
  const { places } = calculation;
  const placed: Partial<Place> = places['structure.latticeAngstrom'] ?? places['final.latticeAngstrom'] ?? {};
  const { file: placedFile, dataset: _, ...place } = placed;
  const path = placedFile ?? calculation.valueSources?.structure ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  if (lattice === undefined || file?.sha256 === undefined) return [];
  const { sha256 } = file;
  return axes.map((axis) => ({
    name: `${'abc'[axis]}(${of})`,
    value: lengths(lattice)[axis],
    unit: 'Å',
    calculation: calculation.id,
    file: file.path,
    sha256,
    ...place,
  }));
}
