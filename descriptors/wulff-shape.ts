/**
 * Equilibrium shape of a crystal from the surface energies of its facets (Wulff; SCIENCE §4.5).
 *
 * The mistakes avoided here: one energy for both sides of a polar plane, though (0001) and (000-1) of wurtzite differ; a
 * mean over the facets that were calculated instead of over the area that the crystal shows; and a facet that is not
 * exposed left out of the list instead of told with an area of 0.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Matrix3 } from '../model/lattice.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { coprime, opposite, planeImages, planeLabel } from './shared/plane-indices.ts';
import { keepsLattice, type Operation, operationsOf, POINT_GROUPS, systemOf } from './shared/point-group.ts';
import { SURFACE_UNCERTAINTY_J_PER_M2, SURFACE_UNIT } from './shared/surface-excess.ts';
import { cellMatrix, cellParametersSchema, latticeSchema } from './shared/unit-cell.ts';
import { type FacetFamily, wulffBody } from './shared/wulff-body.ts';

const integers = z.tuple([z.int(), z.int(), z.int()]).readonly();
const facetSchema = z
  .strictObject({
    hkl: integers.exactOptional(),
    hkil: z.tuple([z.int(), z.int(), z.int(), z.int()]).readonly().exactOptional(),
    surfaceEnergyJPerM2: z.number().positive().exactOptional(),
    cleavageEnergyJPerM2: z.number().positive().exactOptional(),
  })
  .refine(({ hkl, hkil }) => (hkl === undefined) !== (hkil === undefined), 'a facet as hkl or as hkil')
  .refine(({ hkl, hkil }) => (hkl ?? hkil ?? []).some((index) => index !== 0), 'a plane has an index other than 0')
  .refine(({ hkil }) => hkil === undefined || hkil[0] + hkil[1] + hkil[2] === 0, 'hkil: i is −(h + k)')
  .refine(
    ({ surfaceEnergyJPerM2, cleavageEnergyJPerM2 }) => (surfaceEnergyJPerM2 ?? cleavageEnergyJPerM2) !== undefined,
    'a facet with surfaceEnergyJPerM2 or cleavageEnergyJPerM2',
  );

const inputs = z
  .strictObject({
    lattice: z
      .union([cellParametersSchema, latticeSchema])
      .describe('conventional cell: {a, b, c, alpha, beta, gamma} as far as the point group leaves them open, or rows'),
    pointGroup: z
      .enum(POINT_GROUPS)
      .optional()
      .describe('or Laue class: m-3m, 6/mmm, 6mm, 4/mmm, -3m (hexagonal axes), 2/m (b unique) …'),
    operations: z
      .array(z.tuple([integers, integers, integers]).readonly())
      .min(1)
      .readonly()
      .optional()
      .describe('the point group as matrices W of x′ = W·x in the axes of the cell, instead'),
    facets: z
      .array(facetSchema)
      .min(1)
      .readonly()
      .describe('facets that were calculated, one of each family: indices and surface or cleavage energy (J/m²)'),
    uncertainty,
  })
  .refine(
    ({ pointGroup, operations }) => (pointGroup === undefined) !== (operations === undefined),
    'pointGroup (a point group or Laue class), or operations',
  );

type Inputs = z.output<typeof inputs>;

export const wulffShape: DescriptorDefinition<typeof inputs> = {
  identifier: 'wulff-shape',
  version: 1,
  symbol: 'γ̄',
  unit: SURFACE_UNIT,
  title: 'Mean surface energy of the equilibrium shape, and which facets it shows',
  sign: 'positive = creating the surface costs energy',
  formula: 'γ̄ = Σ f_i γ_i, f_i = share of the area of family i on the body of all r with n·r ≤ γ(n)',
  reference: 'Wulff, Z. Kristallogr. 34, 449 (1901); Tran et al., Sci. Data 3, 160080 (2016); docs/science.md §4.5',
  group: 'surface',
  better: 'none',
  inScreening: true,
  defaultUncertainty: SURFACE_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: {
      lattice: { a: 4 },
      pointGroup: 'm-3m',
      facets: [
        { hkl: [1, 0, 0], surfaceEnergyJPerM2: 1 },
        { hkl: [1, 1, 1], surfaceEnergyJPerM2: 0.95 },
      ],
    },
    prints: '0.966556',
    source: 'docs/science.md §4.5',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const lattice = latticeOf(given);
  const operations = given.operations ?? (given.pointGroup === undefined ? [] : operationsOf(given.pointGroup));
  const fault = latticeFault(lattice, operations, given.pointGroup);
  const { families, issues } = familiesOf(given, operations);
  const allIssues = [...(fault === undefined ? [] : [fault]), ...issues];
  const body =
    typeof lattice === 'string' || allIssues.some(({ severity }) => severity === 'error')
      ? undefined
      : wulffBody(families, lattice);
  const isOpen = body === undefined && allIssues.every(({ severity }) => severity !== 'error');
  return descriptorResult({
    value: body?.meanJPerM2,
    unit: SURFACE_UNIT,
    convention: `weighted by area; symmetry: ${given.pointGroup ?? `${operations.length} operations`}`,
    uncertainty: uncertaintyOf(given.uncertainty, SURFACE_UNCERTAINTY_J_PER_M2),
    parts: { ...body?.parts, facesGiven: families.length },
    issues: isOpen ? [...allIssues, issue('E_OPEN_SHAPE', {})] : allIssues,
  });
}

function latticeOf({ lattice, pointGroup }: Inputs): Matrix3 | string {
  if (!('a' in lattice)) return lattice;
  return cellMatrix(lattice, pointGroup === undefined ? undefined : systemOf(pointGroup));
}

function latticeFault(lattice: Matrix3 | string, operations: readonly Operation[], group = 'this symmetry') {
  if (typeof lattice === 'string') return issue('E_LATTICE', { reason: lattice });
  if (operations.every((operation) => keepsLattice(operation, lattice))) return undefined;
  return issue('E_LATTICE', { reason: `${group} does not bring this cell onto itself` });
}

/** The facets with their images; of a cleavage energy both sides (§4.5). */
function familiesOf({ facets, lattice, pointGroup }: Inputs, operations: readonly Operation[]) {
  const system = pointGroup === undefined ? undefined : systemOf(pointGroup);
  const isHexagonal = system === 'hexagonal' || system === 'trigonal' || ('gamma' in lattice && lattice.gamma === 120);
  const hasFourIndices = isHexagonal || facets.some(({ hkil }) => hkil !== undefined);
  const families: FacetFamily[] = [];
  const issues: Issue[] = [];
  const halved: string[] = [];
  for (const facet of facets) {
    const plane = coprime(facet.hkl ?? [facet.hkil?.[0] ?? 0, facet.hkil?.[1] ?? 0, facet.hkil?.[3] ?? 0]);
    const label = planeLabel(plane, hasFourIndices);
    const images = planeImages(plane, operations);
    const others = planeImages(opposite(plane), operations);
    const known = families.find(({ planes }) => planes.some((image) => image.join() === plane.join()));
    if (known !== undefined)
      issues.push(issue('E_INPUT', { input: 'facets', reason: `${label} and ${known.label} are one family` }));
    const { surfaceEnergyJPerM2: single, cleavageEnergyJPerM2: both } = facet;
    families.push({ label, miller: plane, planes: images, energyJPerM2: single ?? (both ?? 0) / 2 });
    const isPolar = !images.some((image) => image.join() === opposite(plane).join());
    if (single === undefined) halved.push(label);
    if (!isPolar || both === undefined || givesOther(facets, others)) continue;
    const energyJPerM2 = single === undefined ? both / 2 : both - single;
    const otherLabel = planeLabel(opposite(plane), hasFourIndices);
    if (energyJPerM2 <= 0) {
      const reason = `the cleavage energy leaves ${energyJPerM2.toFixed(3)} J/m² for ${otherLabel}`;
      issues.push(issue('E_INPUT', { input: 'facets', reason }));
    }
    families.push({ label: otherLabel, miller: opposite(plane), planes: others, energyJPerM2 });
  }
  if (halved.length > 0) issues.push(issue('W_POLAR_WULFF', { facet: halved.join(', ') }));
  return { families, issues };
}

/** Whether one of the facets given is among the images. */
function givesOther(facets: Inputs['facets'], images: readonly (readonly number[])[]): boolean {
  return facets.some(({ hkl, hkil }) => {
    const plane = coprime(hkl ?? [hkil?.[0] ?? 0, hkil?.[1] ?? 0, hkil?.[3] ?? 0]).join();
    return images.some((image) => image.join() === plane);
  });
}
