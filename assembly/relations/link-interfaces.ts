/**
 * Interfaces of two materials → film and substrate: slabs of the same atoms in the same plane cell, which an adhesion
 * needs; where there are none, the bulks, with the strain that the interface puts on each (SCIENCE §5.1, §8).
 *
 * The mistake avoided here: taking the clean slab of a heterostructure away from the adatoms on it. A slab of two
 * materials that another slab extends by an adsorbate stays a slab; only its links are told.
 */
import type { Calculation } from '../../model/calculation.ts';
import { norm, type Vector3, volume } from '../../model/lattice.ts';
import { composition, formula, type Structure } from '../../model/structure.ts';
import type { Relation, RoleAssignment } from '../../model/system.ts';
import { adsorbateBetween } from '../shared/adsorbate-between.ts';
import { coincidence } from '../shared/coincidence.ts';
import { formulaInOrder, reducedFormula } from '../shared/composition-difference.ts';
import { crystalOf } from '../shared/crystal.ts';
import { grouped } from '../shared/grouped.ts';
import { type BlockPair, type MaterialBlock, materialBlocks } from '../shared/material-blocks.ts';
import { formulaOf } from '../shared/remembered.ts';
import { type Gap, largestGaps, MINIMUM_VACUUM_ANGSTROM, planeVectors } from '../shared/slab-geometry.ts';
import { CELL_REACH_ANGSTROM, cellKeys } from '../slab-index.ts';
import { bestRelation, type Partners, partnersOf } from './relation.ts';

/** Of the plane vectors of film or substrate alone and in the interface, Å. */
const SAME_PLANE_ANGSTROM = 0.02;
const STRAIN_LIMITS = { strain: 0.15, angleDegrees: 5 };
/** Two materials of at least two planes each need as much height, Å. */
const LEAST_HEIGHT_ANGSTROM = 8;
/** Of the atoms of a slab: more on it are a film. */
const ADSORBED_SHARE = 0.35;
/** Blocks that differ by less in thickness are equally thick. */
const SAME_THICKNESS = 0.2;

export interface Interface {
  readonly calculation: string;
  /** False: adatoms stand on it, so it stays the slab that it is for them. */
  readonly isRole: boolean;
  readonly evidence: readonly string[];
  readonly relations: readonly Relation[];
}

interface Materials {
  readonly slabs: ReadonlyMap<string, readonly Calculation[]>;
  readonly bulks: ReadonlyMap<string, Partners>;
}

export function linkInterfaces(
  calculations: readonly Calculation[],
  roles: ReadonlyMap<string, RoleAssignment>,
): Interface[] {
  const withRole = (role: RoleAssignment['role']): Calculation[] =>
    calculations.filter(
      (calculation) => roles.get(calculation.id)?.role === role && calculation.structure !== undefined,
    );
  const [slabs, bulks] = [withRole('slab'), withRole('bulk')];
  const materialOf = ({ structure }: Calculation): string => reducedFormula(structure?.species ?? []);
  const bulksByFormula = grouped(bulks, materialOf);
  const known = new Map<string, number>(slabs.map((slab) => [materialOf(slab), 0]));
  for (const [material, [bulk]] of bulksByFormula) known.set(material, volumePerAtom(bulk?.structure));
  const materials = {
    slabs: grouped(slabs, ({ structure }) => (structure === undefined ? '' : formulaOf(structure))),
    bulks: new Map([...bulksByFormula].map(([material, members]) => [material, partnersOf(members)])),
  };
  const found = [...slabs, ...bulks].flatMap((calculation) => {
    if (roles.get(calculation.id)?.stated === 'manifest' || calculation.structure === undefined) return [];
    const stacked = stackedIn(calculation.structure, roles.get(calculation.id), known);
    return stacked === undefined ? [] : [{ calculation, ...stacked }];
  });
  if (found.length === 0) return [];
  const extended = withAdsorbates(
    found.map(({ calculation }) => calculation),
    slabs,
  );
  return found.map(({ calculation, pair, plane }) => {
    const told = describe(calculation, { pair, plane, materials });
    return { calculation: calculation.id, isRole: !extended.has(calculation.id), ...told };
  });
}

interface Stacked {
  readonly pair: BlockPair;
  /** The vectors along the planes, Å. */
  readonly plane: readonly [Vector3, Vector3];
}

function stackedIn(
  structure: Structure,
  role: RoleAssignment | undefined,
  known: ReadonlyMap<string, number>,
): Stacked | undefined {
  const [first] = structure.species;
  if (structure.species.every((element) => element === first)) return undefined;
  const gaps = largestGaps(structure);
  const axes = role?.slab === undefined ? gaps.filter(isHigh) : gaps.filter(({ axis }) => axis === role.slab?.axis);
  for (const gap of axes) {
    const hasVacuum = gap.gapAngstrom >= MINIMUM_VACUUM_ANGSTROM;
    const pair = materialBlocks(structure, { gap, hasVacuum }, known);
    if (pair !== undefined) return { pair, plane: planeVectors(structure.latticeAngstrom, gap.axis) };
  }
  return undefined;
}

function isHigh({ heightAngstrom }: Gap): boolean {
  return heightAngstrom >= LEAST_HEIGHT_ANGSTROM;
}

function volumePerAtom(structure: Structure | undefined): number {
  return structure === undefined ? 0 : volume(structure.latticeAngstrom) / structure.species.length;
}

/** Interfaces that a slab in their cell extends by a few atoms, and those that extend one: adsorption, whatever it is on. */
function withAdsorbates(stacked: readonly Calculation[], slabs: readonly Calculation[]): ReadonlySet<string> {
  const structures = (calculations: readonly Calculation[]) =>
    calculations.flatMap(({ id, structure }) => (structure === undefined ? [] : [{ id, structure }]));
  const keyOf = ({ structure }: { readonly structure: Structure }): string =>
    cellKeys(structure.latticeAngstrom, 0)[0] ?? '';
  const slabsByCell = new Map(
    [...grouped(structures(slabs), keyOf)].map(([cell, members]) => [
      cell,
      grouped(members, (member) => formulaOf(member.structure)),
    ]),
  );
  const found = new Set<string>();
  for (const { id, structure } of structures(stacked)) {
    for (const key of cellKeys(structure.latticeAngstrom, CELL_REACH_ANGSTROM)) {
      for (const [other, same] of slabsByCell.get(key) ?? []) {
        const [first] = same;
        if (first === undefined || other === formulaOf(structure)) continue;
        if (!isExtendedBy(structure, first.structure) && !isExtendedBy(first.structure, structure)) continue;
        found.add(id);
        for (const member of same) found.add(member.id);
      }
    }
  }
  return found;
}

function isExtendedBy(smaller: Structure, larger: Structure): boolean {
  const more = larger.species.length - smaller.species.length;
  if (more < 1 || more > ADSORBED_SHARE * smaller.species.length) return false;
  return adsorbateBetween(composition(larger.species), composition(smaller.species)) !== undefined;
}

interface Description extends Stacked {
  readonly materials: Materials;
}

function describe(
  calculation: Calculation,
  { pair, plane, materials }: Description,
): Pick<Interface, 'evidence' | 'relations'> {
  const sides = pair.blocks.map((block) => {
    const bulk = bulkOf(block, calculation, materials);
    return { block, bulk, strains: strainsOf(plane, bulk?.structure) };
  });
  const [film, substrate] = [...sides].sort((left, right) => filmFirst(left, right));
  if (film === undefined || substrate === undefined) return { evidence: [], relations: [] };
  const where = pair.boundaries === 2 ? 'two boundaries in the cell' : 'one boundary';
  return {
    evidence: [
      `${blockText(film)} on ${blockText(substrate)}, ${where}`,
      ...[film, substrate].flatMap((side) => strainText(side) ?? []),
    ],
    relations: [
      ...relationOf({ kind: 'interface-film', calculation, side: film, plane, materials }),
      ...relationOf({ kind: 'interface-substrate', calculation, side: substrate, plane, materials }),
    ].map((relation) => ({ ...relation, boundaries: pair.boundaries })),
  };
}

interface Side {
  readonly block: MaterialBlock;
  readonly bulk: Calculation | undefined;
  /** Along the two vectors of the plane. */
  readonly strains: readonly number[];
}

/** The metal is the film; else the thinner block; else the one that is strained more. */
function filmFirst(left: Side, right: Side): number {
  const isMetal = ({ block }: Side): boolean => new Set(block.species).size === 1;
  if (isMetal(left) !== isMetal(right)) return isMetal(left) ? -1 : 1;
  const [one, other] = [left.block.thicknessAngstrom, right.block.thicknessAngstrom];
  if (Math.abs(one - other) > SAME_THICKNESS * Math.max(one, other)) return one - other;
  const largest = ({ strains }: Side): number => Math.max(0, ...strains.map(Math.abs));
  return largest(right) - largest(left) || left.block.heightAngstrom - right.block.heightAngstrom;
}

function bulkOf(block: MaterialBlock, calculation: Calculation, { bulks }: Materials): Calculation | undefined {
  const partners = bulks.get(reducedFormula(block.species));
  if (partners === undefined) return undefined;
  const link = bestRelation({
    kind: 'interface-film',
    pair: 'bulk-reference',
    from: calculation,
    role: 'bulk',
    partners,
    evidence: () => [],
  });
  return partners.all.find(({ id }) => id === link?.to);
}

/** How the plane of the interface stretches the material; empty when it fits on no plane of it. */
function strainsOf(plane: readonly [Vector3, Vector3], bulk: Structure | undefined): readonly number[] {
  if (bulk === undefined) return [];
  const found =
    coincidence(plane, bulk.latticeAngstrom, STRAIN_LIMITS) ??
    coincidence(plane, crystalOf(bulk).primitive, STRAIN_LIMITS);
  return found?.strains ?? [];
}

interface RelationInput {
  readonly kind: 'interface-film' | 'interface-substrate';
  readonly calculation: Calculation;
  readonly side: Side;
  readonly plane: readonly [Vector3, Vector3];
  readonly materials: Materials;
}

function relationOf({ kind, calculation, side, plane, materials }: RelationInput): Relation[] {
  const { block } = side;
  const name = formulaInOrder(block.species);
  const request = { kind, pair: 'bulk-reference', from: calculation } as const;
  const alone = (materials.slabs.get(formula(block.species)) ?? []).filter(
    (slab) => slab.id !== calculation.id && hasPlane(slab, plane),
  );
  const slab = bestRelation({
    ...request,
    role: `slab of ${name}`,
    partners: partnersOf(alone),
    evidence: () => [`the ${block.atoms.length} atoms of ${name} alone in the plane cell of the interface`],
  });
  if (slab !== undefined) return [slab];
  const partners = materials.bulks.get(reducedFormula(block.species));
  const bulk =
    partners &&
    bestRelation({
      ...request,
      role: `bulk ${name}`,
      partners,
      evidence: () => [
        `${blockText(side)}; no slab of these atoms in this plane cell was found, so no adhesion follows`,
        ...(strainText(side) ?? []),
      ],
    });
  return bulk === undefined ? [] : [bulk];
}

function hasPlane({ structure }: Calculation, plane: readonly [Vector3, Vector3]): boolean {
  if (structure === undefined) return false;
  const metric = ([a, b]: readonly [Vector3, Vector3]): number[] => [
    ...[norm(a), norm(b)].sort((left, right) => left - right),
    norm([a[0] + b[0], a[1] + b[1], a[2] + b[2]]),
  ];
  const wanted = metric(plane);
  return largestGaps(structure).some(({ axis, gapAngstrom }) => {
    if (gapAngstrom < MINIMUM_VACUUM_ANGSTROM) return false;
    const own = metric(planeVectors(structure.latticeAngstrom, axis));
    return own.every((length, at) => Math.abs(length - (wanted[at] ?? 0)) <= SAME_PLANE_ANGSTROM);
  });
}

function blockText({ block }: Side): string {
  const reduced = formulaInOrder(block.species);
  return `${reduced} (${block.atoms.length} atoms, ${block.thicknessAngstrom.toFixed(1)} Å)`;
}

function strainText({ block, strains }: Side): string[] | undefined {
  if (strains.length === 0) return undefined;
  const percent = strains.map((strain) => `${strain < 0 ? '−' : '+'}${(100 * Math.abs(strain)).toFixed(2)} %`);
  return [`${formulaInOrder(block.species)} is strained by ${percent.join(' and ')} along the vectors of the plane`];
}
