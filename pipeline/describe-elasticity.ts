/**
 * Elastic moduli of the bulk of a candidate from the run that computed its elastic tensor, and how its stiffness stands to
 * that of the metal.
 *
 * The mistake avoided here: moduli per volume of the slab itself. They shrink with the vacuum and are told as such.
 */
import { elasticModuli } from '../descriptors/elastic-moduli.ts';
import { monroeNewman } from '../descriptors/monroe-newman.ts';
import { shearModulus } from '../descriptors/shear-modulus.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import { anglesDegrees, lengths } from '../model/lattice.ts';
import { formula, type Structure } from '../model/structure.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';
import { type Described, describerOfBulk, rememberedOfInput } from './remembered-of-input.ts';

/** Of a cell that is strained by finite differences (VASP: 1.5 %) or relaxed again. */
const SAME_CELL_SHARE = 0.03;
const SAME_CELL_DEGREES = 2;

interface WithTensor {
  readonly calculation: Calculation;
  readonly moduliKbar: NonNullable<Calculation['elasticModuliKbar']>;
}

const tensorsIn = rememberedOfInput(({ calculations }): readonly WithTensor[] =>
  [...calculations.values()].flatMap((calculation) => {
    const { elasticModuliKbar: moduliKbar } = calculation;
    return moduliKbar === undefined ? [] : [{ calculation, moduliKbar }];
  }),
);

const describeBulk = describerOfBulk((bulk, input): Described => {
  const found = tensorOf(bulk, input);
  if (found === undefined) return {};
  const given = { vaspKbar: found.moduliKbar };
  const inputs = componentsOf(found);
  const issues = distinctIssues(memberIssues(found.calculation, input));
  return {
    'elastic-moduli': describedResult(elasticModuli.compute(elasticModuli.inputs.parse(given)), inputs, issues),
    'shear-modulus': describedResult(shearModulus.compute(shearModulus.inputs.parse(given)), inputs, issues),
  };
});

export const describeElasticity: Describer = (system, input) => {
  if (tensorsIn(input).length === 0) return {};
  const ofBulk = describeBulk(system, input);
  const shear = ofBulk['shear-modulus'];
  if (shear !== undefined) return { ...ofBulk, ...stiffnessAgainst(system.ion, shear) };
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  if (slab === undefined || tensorOf(slab, input) === undefined) return {};
  const refused: DescriptorResult = { available: false, reasons: [issue('E_ELASTIC_SLAB', {})], parts: {} };
  return { 'elastic-moduli': refused, 'shear-modulus': refused };
};

function stiffnessAgainst(ion: string, shear: DescriptorResult): Described {
  if (ion !== 'Li' && ion !== 'Zn') return {};
  if (!shear.available) return { 'monroe-newman': { available: false, reasons: shear.reasons, parts: {} } };
  const { pughRatio } = shear.parts;
  const result = monroeNewman.compute(
    monroeNewman.inputs.parse({
      coatingShearGpa: shear.value,
      coatingUncertaintyGpa: shear.uncertainty,
      metal: ion,
      ...(typeof pughRatio === 'number' && { pughRatio }),
    }),
  );
  return { 'monroe-newman': describedResult(result, shear.inputs, warningsOf(shear.issues)) };
}

function warningsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter(({ severity }) => severity === 'warning');
}

/** The run itself, one that took its structure, or one of the same atoms in the same cell. */
function tensorOf(of: Calculation, input: CandidateInput): WithTensor | undefined {
  const tensors = tensorsIn(input);
  const linked = new Set(
    input.relations.flatMap(({ kind, from, to }) => (kind === 'single-point-of' && to === of.id ? [from] : [])),
  );
  return (
    tensors.find(({ calculation }) => calculation.id === of.id) ??
    tensors.find(({ calculation }) => linked.has(calculation.id)) ??
    tensors.find(({ calculation }) => hasSameCell(calculation.structure, of.structure))
  );
}

function hasSameCell(one: Structure | undefined, other: Structure | undefined): boolean {
  if (one === undefined || other === undefined || formula(one.species) !== formula(other.species)) return false;
  const [lengthsOne, lengthsOther] = [lengths(one.latticeAngstrom), lengths(other.latticeAngstrom)];
  const [anglesOne, anglesOther] = [anglesDegrees(one.latticeAngstrom), anglesDegrees(other.latticeAngstrom)];
  return [0, 1, 2].every((axis) => {
    const ratio = (lengthsOne[axis] ?? 0) / (lengthsOther[axis] ?? 0);
    const turn = Math.abs((anglesOne[axis] ?? 0) - (anglesOther[axis] ?? 0));
    return Math.abs(ratio - 1) <= SAME_CELL_SHARE && turn <= SAME_CELL_DEGREES;
  });
}

/** The block of the tensor, told by its first component. */
function componentsOf({ calculation, moduliKbar }: WithTensor): InputReference[] {
  const { file: placedFile, dataset: _, ...place } = calculation.places['response.elasticModuliKbar'] ?? {};
  const path = placedFile ?? calculation.valueSources?.elasticModuliKbar ?? calculation.id;
  const file = calculation.files.find((found) => found.path === path) ?? calculation.files[0];
  const value = moduliKbar[0]?.[0];
  if (file?.sha256 === undefined || value === undefined) return [];
  const name = 'C_XXXX of TOTAL ELASTIC MODULI';
  return [{ name, value, unit: 'kBar', calculation: calculation.id, file: file.path, sha256: file.sha256, ...place }];
}
