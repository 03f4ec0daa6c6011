/**
 * Surface energy from the energies of a facet's slabs of several thicknesses (SCIENCE §4.4).
 *
 * Two thicknesses make a line that shows nothing of its own error: what it gives is told in the parts, and is no value.
 */
import { greatestCommonDivisor } from '../assembly/shared/composition-difference.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { surfaceEnergyFit } from '../descriptors/surface-energy-fit.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import { composition, type Structure } from '../model/structure.ts';
import type { SlabGeometry, System } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { cutSlab } from './cut-slab.ts';
import { describedResult } from './described-result.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';

const FEWEST_THICKNESSES = 3;

export const describeThicknessSeries: Describer = (system, input) => {
  const series = system.slab === undefined ? undefined : input.thicknessSeries.get(system.slab);
  const geometry = input.roles.get(system.slab ?? '')?.slab;
  if (series === undefined || geometry === undefined) return {};
  const members = series.slabs.flatMap((id) => memberOf(input.calculations.get(id), input));
  const usable = members.filter(({ energyEv, issues }) => energyEv !== undefined && !hasError(issues));
  // A slab without an energy is told with its reasons where it leaves too few; else the line goes through the others.
  const told = new Set(usable.map(({ formulaUnits }) => formulaUnits)).size < FEWEST_THICKNESSES ? members : usable;
  const issues = [...series.relations, ...told].flatMap((one) => one.issues);
  return { 'surface-energy-fit': fitted(usable, issues, { system, input, geometry }) };
};

interface Member {
  readonly slab: Calculation;
  readonly formulaUnits: number;
  readonly energyEv?: number;
  readonly issues: readonly Issue[];
}

function memberOf(slab: Calculation | undefined, input: CandidateInput): Member[] {
  if (slab?.structure === undefined) return [];
  const energy = usableEnergy(slab);
  return [
    {
      slab,
      formulaUnits: formulaUnitsIn(slab.structure),
      ...(energy !== undefined && { energyEv: energy.energySigma0Ev }),
      issues: memberIssues(slab, input),
    },
  ];
}

function formulaUnitsIn({ species }: Structure): number {
  return Object.values(composition(species)).reduce(greatestCommonDivisor, 0);
}

interface SeriesContext {
  readonly system: System;
  readonly input: CandidateInput;
  readonly geometry: SlabGeometry;
}

function fitted(members: readonly Member[], issues: readonly Issue[], context: SeriesContext): DescriptorResult {
  const { system, input, geometry } = context;
  const thicknesses = new Set(members.map(({ formulaUnits }) => formulaUnits)).size;
  const missing = issue('E_REFERENCE_MISSING', { needed: `a slab of ${system.label} of a third thickness` });
  if (thicknesses < 2) return { available: false, reasons: distinctIssues([...issues, missing]), parts: {} };
  const bulk = bulkOf(system, input);
  const result = surfaceEnergyFit.compute(
    surfaceEnergyFit.inputs.parse({
      formulaUnits: members.map(({ formulaUnits }) => formulaUnits),
      slabEnergiesEv: members.map(({ energyEv }) => energyEv),
      areaAngstrom2: geometry.areaAngstrom2,
      symmetric: geometry.symmetric,
      ...(bulk !== undefined && { bulkPerFormulaUnitEv: bulk.perFormulaUnitEv }),
    }),
  );
  if (thicknesses < FEWEST_THICKNESSES) {
    return { available: false, reasons: distinctIssues([missing, ...issues]), parts: result.parts };
  }
  const references = members.map(({ slab }, at) => inputReference(`E(slab ${at + 1})`, slab, 'energySigma0Ev'));
  return describedResult(result, [...references, ...(bulk === undefined ? [] : [bulk.reference])], issues);
}

/** To be held against the slope; without it the line stands for itself. */
function bulkOf(system: System, input: CandidateInput) {
  const cut = cutSlab(system, input);
  const [, reference] = cut?.references ?? [];
  if (cut?.energies === undefined || cut.slab.structure === undefined || reference === undefined) return undefined;
  const { bulkPerFormulaUnitEv, formulaUnits } = cut.energies;
  return { perFormulaUnitEv: (bulkPerFormulaUnitEv * formulaUnits) / formulaUnitsIn(cut.slab.structure), reference };
}
