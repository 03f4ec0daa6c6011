/**
 * Work function of both faces of the clean slab of a candidate (SCIENCE §7): from the LOCPOT of the slab, else from the
 * vacuum levels that its OUTCAR prints.
 *
 * The mistakes avoided here: a LOCPOT with exchange and correlation, one of another run, and the Fermi energy of one run
 * with the potential of another.
 */
import { largestGap } from '../assembly/shared/slab-geometry.ts';
import { workFunction } from '../descriptors/work-function.ts';
import type { Calculation } from '../model/calculation.ts';
import type { CompanionReading, PlanarAverages } from '../model/companion-values.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue, located } from '../model/issues.ts';
import { periodAngstrom } from '../model/planar-profile.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { companionReference } from './companion-reference.ts';
import { describedResult } from './described-result.ts';
import { inputReference, valueReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { potentialContent, runWithPotential } from './potential-content.ts';
import { companionOf, runWith } from './runs-of-structure.ts';

/** What a plateau may vary over its window of 2 Å (SCIENCE §7). */
const SAME_LEVEL_EV = 0.02;

export const describeWorkFunction: Describer = (system, input) => {
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  if (slab === undefined) return {};
  const holder = runWithPotential(slab, runWith(input));
  if (holder === undefined) {
    return slab.vacuumLevelsEv === undefined ? {} : { 'work-function': ofLevels(slab, input, []) };
  }
  const result = ofPotential(holder, input);
  if (result.available) return { 'work-function': agreeing(result, holder) };
  const printed = [holder, slab].find(({ vacuumLevelsEv }) => vacuumLevelsEv !== undefined);
  if (printed === undefined) return { 'work-function': result };
  const reason = `${result.reasons.map(({ message }) => message).join('; ')}; the vacuum levels of the OUTCAR are used`;
  const instead = issue('I_NOT_READ', { reason }, { file: companionOf(holder, 'locpot') ?? holder.id });
  return { 'work-function': ofLevels(printed, input, [instead]) };
};

function ofLevels(slab: Calculation, input: CandidateInput, remarks: readonly Issue[]): DescriptorResult {
  const { vacuumLevelsEv, final } = slab;
  const issues = [...remarks, ...memberIssues(slab, input), ...missingFermi(slab, 'vacuum levels')];
  if (vacuumLevelsEv === undefined || final?.fermiEnergyEv === undefined || hasError(issues)) {
    return unavailable(issues);
  }
  const { upper, lower } = vacuumLevelsEv;
  const result = workFunction.compute(
    workFunction.inputs.parse({ vacuumUpperEv: upper, vacuumLowerEv: lower, fermiEnergyEv: final.fermiEnergyEv }),
  );
  const source = { block: 'vacuumLevelsEv', field: 'vacuumLevelsEv' };
  const references = [
    valueReference({ name: 'V(upper side)', value: upper, unit: 'eV' }, slab, source),
    valueReference({ name: 'V(lower side)', value: lower, unit: 'eV' }, slab, source),
    inputReference('E_F', slab, 'fermiEnergyEv'),
  ];
  return describedResult(result, references, issues);
}

function ofPotential(holder: Calculation, input: CandidateInput): DescriptorResult {
  const file = companionOf(holder, 'locpot') ?? holder.id;
  const content = potentialContent(holder);
  if (content === 'with-xc') return unavailable([issue('E_LOCPOT_XC', {}, { file })]);
  const reading = holder.companionValues?.localPotential;
  const { structure, final } = holder;
  const issues = [
    ...memberIssues(holder, input),
    ...(reading?.issues ?? []),
    ...missingFermi(holder, 'potential'),
    ...(reading?.value === undefined
      ? [issue('E_REFERENCE_MISSING', { needed: 'a local potential that can be used' }, { file })]
      : []),
  ];
  const [value, fermiEnergyEv] = [reading?.value, final?.fermiEnergyEv];
  if (value === undefined || fermiEnergyEv === undefined || structure === undefined || hasError(issues)) {
    return unavailable(issues);
  }
  const axis = input.roles.get(holder.id)?.slab?.axis ?? 2;
  const result = workFunction.compute(
    workFunction.inputs.parse({
      fermiEnergyEv,
      potentialEv: [...value.planarAverages[axis]],
      heightAngstrom: periodAngstrom(value.latticeAngstrom, axis),
      ...slabFractions(holder, axis),
      content,
      ...(holder.version !== undefined && { vaspVersion: holder.version }),
    }),
  );
  const remarks = result.available ? result.issues : result.reasons;
  const told = distinctIssues([...issues, ...located(remarks, { file })]);
  if (!result.available) return { ...result, reasons: told };
  const placed: Readonly<Record<string, unknown>> = { ...result.parts, gridPoints: value.points[axis] };
  return describedResult({ ...result, issues: [], parts: placed }, referencesOf(result.parts, holder, reading), told);
}

/** Where the lowest and the highest atom lie, as the wrapped positions have it. */
function slabFractions({ structure }: Calculation, axis: 0 | 1 | 2) {
  if (structure === undefined) return {};
  const { bottomFraction, gapAngstrom, heightAngstrom } = largestGap(structure, axis);
  const top = bottomFraction + 1 - gapAngstrom / heightAngstrom;
  return { slabBottomFraction: bottomFraction, slabTopFraction: top > 1 ? top - 1 : top };
}

function referencesOf(
  { vacuumUpperEv, vacuumLowerEv }: DescriptorResult['parts'],
  holder: Calculation,
  reading: CompanionReading<PlanarAverages> | undefined,
): InputReference[] {
  const levels = [
    ['V(upper side)', vacuumUpperEv],
    ['V(lower side)', vacuumLowerEv],
  ] as const;
  if (reading === undefined) return [];
  return [
    ...levels.flatMap(([name, value]) =>
      typeof value === 'number' ? companionReference({ name, value, unit: 'eV' }, holder, reading) : [],
    ),
    inputReference('E_F', holder, 'fermiEnergyEv'),
  ];
}

/** The levels that OUTCAR prints beside those of the LOCPOT of the same run. */
function agreeing(result: DescriptorResult, { vacuumLevelsEv, id }: Calculation): DescriptorResult {
  if (vacuumLevelsEv === undefined || !result.available) return result;
  const sides = [
    ['upper', result.parts.vacuumUpperEv, vacuumLevelsEv.upper],
    ['lower', result.parts.vacuumLowerEv, vacuumLevelsEv.lower],
  ] as const;
  const differing = sides.flatMap(([side, ours, printed]) =>
    typeof ours !== 'number' || Math.abs(ours - printed) <= SAME_LEVEL_EV
      ? []
      : [
          issue(
            'W_SOURCES_DISAGREE',
            {
              value: `vacuum level on the ${side} side`,
              left: `${ours.toFixed(3)} eV in the LOCPOT`,
              right: `${printed.toFixed(3)} eV in the OUTCAR`,
            },
            { file: id },
          ),
        ],
  );
  return describedResult(result, result.inputs, differing);
}

function missingFermi({ final, id }: Calculation, beside: string): Issue[] {
  if (final?.fermiEnergyEv !== undefined) return [];
  return [issue('E_REFERENCE_MISSING', { needed: `the Fermi energy beside the ${beside}` }, { file: id })];
}

function unavailable(issues: readonly Issue[]): DescriptorResult {
  return { available: false, reasons: distinctIssues(issues), parts: {} };
}
