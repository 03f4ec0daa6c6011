/**
 * The equilibrium shape of each bulk material from the energies of all facets that were calculated of it, and the share
 * of the surface that each candidate's own facet has (SCIENCE §4.5).
 *
 * The mistake avoided here: a facet that looks best and that the crystal does not show. Facets of one family are one:
 * of several slabs of it the lowest energy counts; a polar pair enters with half of its cleavage energy on either side.
 */
import { bulkOf } from '../assembly/identify-facet.ts';
import { grouped } from '../assembly/shared/grouped.ts';
import { wulffShape } from '../descriptors/wulff-shape.ts';
import type { AvailableDescriptor, DescriptorResult, InputReference } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { type Matrix3, reciprocal, toCartesian, toFractional, type Vector3 } from '../model/lattice.ts';
import type { Structure } from '../model/structure.ts';
import type { Candidate, FacetIdentity, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { describedResult } from './described-result.ts';

/** A shape of one family is that of a single calculation: it says nothing about which facets a crystal shows. */
const FEWEST_FAMILIES = 2;

/** The candidates, those of a bulk with two or more facets with `wulff-shape`. */
export function withCrystalShapes(
  candidates: readonly Candidate[],
  systems: readonly System[],
  { calculations }: Pick<CandidateInput, 'calculations'>,
): readonly Candidate[] {
  const systemOf = new Map(systems.map((system) => [system.id, system]));
  const faces = candidates.flatMap((candidate) => faceOf(candidate, systemOf.get(candidate.system)));
  const shapes = new Map<string, ReadonlyMap<string, DescriptorResult>>();
  for (const [id, ofBulk] of grouped(faces, ({ bulk }) => bulk)) {
    const families = [...grouped(ofBulk, ({ facet }) => facet.family.join()).values()];
    const structure = calculations.get(id)?.structure;
    if (families.length < FEWEST_FAMILIES || structure === undefined) continue;
    const known = families.flatMap((family) => lowestOf(family));
    if (known.length >= FEWEST_FAMILIES) shapes.set(id, shapeOf(known, structure));
  }
  if (shapes.size === 0) return candidates;
  const faceById = new Map(faces.map((face) => [face.candidate, face]));
  return candidates.map((candidate) => {
    const face = faceById.get(candidate.id);
    const shape = face && shapes.get(face.bulk)?.get(face.facet.family.join());
    return shape === undefined
      ? candidate
      : { ...candidate, descriptors: { ...candidate.descriptors, 'wulff-shape': shape } };
  });
}

interface Face {
  readonly candidate: string;
  readonly bulk: string;
  readonly facet: FacetIdentity;
  /** Absent when its calculations gave none. */
  readonly energy?: AvailableDescriptor;
  readonly isPair: boolean;
}

function faceOf({ id, descriptors }: Candidate, system: System | undefined): Face[] {
  if (system?.bulk === undefined || system.exposedFacet === undefined) return [];
  const [single, pair] = [descriptors['surface-energy'], descriptors['cleavage-energy']];
  const energy = single?.available ? single : pair?.available ? pair : undefined;
  const face = { candidate: id, bulk: system.bulk, facet: system.exposedFacet };
  return [{ ...face, ...(energy !== undefined && { energy }), isPair: energy !== undefined && energy === pair }];
}

interface KnownFace extends Face {
  readonly energy: AvailableDescriptor;
}

/** Of a family the lowest energy of one face, or else the lowest of a pair. */
function lowestOf(family: readonly Face[]): KnownFace[] {
  const known = family.flatMap((face) => (face.energy === undefined ? [] : [{ ...face, energy: face.energy }]));
  const [lowest] = known.sort(
    (left, right) =>
      Number(left.isPair) - Number(right.isPair) ||
      left.energy.value - right.energy.value ||
      (left.candidate < right.candidate ? -1 : 1),
  );
  return lowest === undefined ? [] : [lowest];
}

/** By family; of the families without an energy nothing is told. */
function shapeOf(known: readonly KnownFace[], structure: Structure): ReadonlyMap<string, DescriptorResult> {
  const bulk = bulkOf(structure);
  const named = known.map((face) => ({ face, key: face.facet.family.join() }));
  const negative = known.find(({ energy }) => energy.value <= 0);
  if (bulk === undefined) return new Map();
  if (negative !== undefined) {
    const reason = `the energy of ${negative.facet.label} is not above zero`;
    const failed = { available: false, reasons: [issue('E_INPUT', { input: 'facets', reason })], parts: {} } as const;
    return new Map(named.map(({ key }) => [key, failed]));
  }
  const { crystal, axes } = bulk;
  const isHexagonal = axes.family === 'hexagonal';
  const result = wulffShape.compute(
    wulffShape.inputs.parse({
      lattice: axes.lattice,
      operations: crystal.rotations.map((rotation) => inAxes(rotation, crystal.primitive, axes.lattice)),
      facets: known.map(({ facet: { miller }, energy, isPair }) => {
        const [h, k, l] = miller;
        const plane = isHexagonal ? { hkil: [h, k, 0 - h - k, l] } : { hkl: miller };
        return { ...plane, [isPair ? 'cleavageEnergyJPerM2' : 'surfaceEnergyJPerM2']: energy.value };
      }),
    }),
  );
  const described = describedResult(
    result,
    referencesOf(known),
    known.flatMap(({ energy }) => energy.issues),
  );
  return new Map(named.map(({ face, key }) => [key, withOwnShare(described, face)]));
}

/** The bulk is that of all facets: it stands once. */
function referencesOf(known: readonly KnownFace[]): InputReference[] {
  const references = known.flatMap(({ energy, facet }) =>
    energy.inputs.map((input) => (input.name === 'E(slab)' ? { ...input, name: `E(slab ${facet.label})` } : input)),
  );
  return [...new Map(references.map((input) => [`${input.name} ${input.calculation}`, input])).values()];
}

/** The matrix W of x′ = W·x along the conventional axes; exact, as these are vectors of the crystal's lattice. */
function inAxes(rotation: Matrix3, primitive: Matrix3, lattice: Matrix3): readonly Vector3[] {
  const [intoPrimitive, intoLattice] = [reciprocal(primitive), reciprocal(lattice)];
  const images = lattice.map((vector) => {
    const turned = toCartesian(toFractional(vector, intoPrimitive), rotation);
    return toFractional(toCartesian(turned, primitive), intoLattice).map(Math.round);
  });
  return [0, 1, 2].map((row): Vector3 => {
    const [x = 0, y = 0, z = 0] = images.map((image) => (image[row] ?? 0) + 0);
    return [x, y, z];
  });
}

/** Both sides of a polar pair together. */
function withOwnShare(shape: DescriptorResult, { facet }: Face): DescriptorResult {
  const { areaFractions } = shape.parts;
  if (!Array.isArray(areaFractions)) return shape;
  const own = [facet.miller.join(), facet.miller.map((index) => 0 - index).join()];
  const ownAreaFraction = areaFractions
    .filter(({ miller }) => own.includes(miller.join()))
    .reduce((sum: number, { areaFraction }) => sum + areaFraction, 0);
  return { ...shape, parts: { ...shape.parts, facet: facet.label, ownAreaFraction } };
}
