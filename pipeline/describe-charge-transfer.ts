/**
 * Electrons that moved between a slab and the metal on it, from the planar averages of three densities (SCIENCE §7): the
 * averages of a difference are the differences of the averages where cell and grid are the same.
 *
 * The mistakes avoided here: densities on different grids, and a plane through the atoms of one side. The plane lies
 * halfway between the highest atom of the slab and the lowest of the adsorbate, and the adsorbate counts as lying above it
 * on whichever face it is: electrons gained below the plane are gained by the slab.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { areaAcross, heights, largestGap } from '../assembly/shared/slab-geometry.ts';
import { toldNumber } from '../assembly/shared/told-settings.ts';
import { chargeTransfer } from '../descriptors/charge-transfer.ts';
import type { Calculation } from '../model/calculation.ts';
import type { CompanionReading, PlanarAverages } from '../model/companion-values.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue, located } from '../model/issues.ts';
import { periodAngstrom } from '../model/planar-profile.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { type ChargeParts, chargePartsAmong } from './charge-parts.ts';
import { companionReference } from './companion-reference.ts';
import type { SiteDescription } from './describe-sites.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';
import { rememberedOfInput } from './remembered-of-input.ts';

const partsIn = rememberedOfInput(({ calculations }) => chargePartsAmong(calculations.values()));

/** Of the site that is bound most strongly among those whose parts were calculated. */
export function describeChargeTransfer(
  system: System,
  input: CandidateInput,
  sites: readonly SiteDescription[],
): Readonly<Record<string, DescriptorResult>> {
  const found = sites.flatMap(({ calculation, adsorption }) => {
    const whole = input.calculations.get(calculation);
    const atoms = adsorbateAtoms(system, calculation);
    const parts = whole === undefined || atoms.length === 0 ? undefined : partsIn(input)(whole, atoms);
    if (parts?.whole.companionValues?.chargeDensity === undefined) return [];
    return [{ parts, atoms, energyEv: adsorption.available ? adsorption.value : Number.POSITIVE_INFINITY }];
  });
  const [best] = found.sort((left, right) => left.energyEv - right.energyEv);
  return best === undefined ? {} : { 'charge-transfer': transferOf(best.parts, best.atoms, input) };
}

export function adsorbateAtoms({ sites = [] }: System, calculation: string): number[] {
  // Of adsorbates on both faces there is no plane between them and the slab.
  const site = sites.find((one) => one.calculation === calculation);
  return site === undefined || site.face === 'both' ? [] : site.units.flatMap(({ atoms }) => atoms);
}

interface Density extends CompanionReading<PlanarAverages> {
  readonly value: PlanarAverages;
}

/** What is wrong with the energy of an atom: here its cell is that of the slab by design, and no energy is taken. */
const OF_ATOM_ENERGIES: readonly string[] = ['W_SMALL_BOX', 'W_ATOM_NOT_SPIN'];

function transferOf(parts: ChargeParts, atoms: readonly number[], input: CandidateInput): DescriptorResult {
  const runs = [parts.whole, parts.slab, parts.adsorbate];
  const issues: Issue[] = runs.flatMap((run) => [
    ...memberIssues(run, input).filter(({ code }) => run !== parts.adsorbate || !OF_ATOM_ENERGIES.includes(code)),
    ...(run.companionValues?.chargeDensity?.issues ?? []),
    ...(run.companionValues?.chargeDensity?.value === undefined
      ? [issue('E_REFERENCE_MISSING', { needed: 'an electron density that can be used' }, { file: run.id })]
      : []),
  ]);
  const densities = runs.flatMap(({ companionValues }): Density[] => {
    const reading = companionValues?.chargeDensity;
    return reading?.value === undefined ? [] : [{ ...reading, value: reading.value }];
  });
  const [whole, slab, adsorbate] = densities;
  issues.push(...settingsIssues(parts));
  if (whole !== undefined && slab !== undefined && adsorbate !== undefined) {
    issues.push(...gridIssues(whole, slab), ...gridIssues(whole, adsorbate));
  }
  if (whole === undefined || slab === undefined || adsorbate === undefined || hasError(issues)) {
    return { available: false, reasons: distinctIssues(issues), parts: {} };
  }
  return differenceOf(parts, { whole, slab, adsorbate }, { atoms, input, issues });
}

interface Densities {
  readonly whole: Density;
  readonly slab: Density;
  readonly adsorbate: Density;
}

interface Known {
  readonly atoms: readonly number[];
  readonly input: CandidateInput;
  readonly issues: readonly Issue[];
}

function differenceOf(
  { whole, slab, adsorbate }: ChargeParts,
  densities: Densities,
  { atoms, input, issues }: Known,
): DescriptorResult {
  const axis = input.roles.get(whole.id)?.slab?.axis ?? 2;
  const { latticeAngstrom } = densities.whole.value;
  const heightAngstrom = periodAngstrom(latticeAngstrom, axis);
  const place = interfaceOf(whole, atoms, { axis, planes: densities.whole.value.planarAverages[axis].length });
  const averages = ({ value }: Density): number[] => upwards(value.planarAverages[axis], place);
  const result = chargeTransfer.compute(
    chargeTransfer.inputs.parse({
      combinedPerAngstrom3: averages(densities.whole),
      firstPerAngstrom3: averages(densities.slab),
      secondPerAngstrom3: averages(densities.adsorbate),
      areaAngstrom2: areaAcross(latticeAngstrom, axis),
      heightAngstrom,
      planeAngstrom: place.planeAngstrom,
      electronDifference: electronDifference([whole, slab, adsorbate]),
    }),
  );
  const references = [
    [whole, densities.whole],
    [slab, densities.slab],
    [adsorbate, densities.adsorbate],
  ] as const;
  const described = describedResult(
    result,
    references.flatMap(([run, density]) => companionReference(electronsOf(density, axis), run, density)),
    issues,
  );
  const parts = { ...described.parts, slab: slab.id, adsorbate: adsorbate.id, site: whole.id };
  return { ...described, parts };
}

/** The electrons of the density on the grid, by which it is known again. */
function electronsOf({ value }: Density, axis: 0 | 1 | 2) {
  const averages = value.planarAverages[axis];
  const mean = averages.reduce((sum, one) => sum + one, 0) / averages.length;
  const volumeAngstrom3 = areaAcross(value.latticeAngstrom, axis) * periodAngstrom(value.latticeAngstrom, axis);
  return { name: '∫ρ dV', value: mean * volumeAngstrom3, unit: 'e' };
}

/** Of NELECT, where all tell it: the parts of a neutral cell are neutral. */
function electronDifference(runs: readonly Calculation[]): number {
  const [whole, ...parts] = runs.map((run) => toldNumber(run, 'NELECT'));
  const known = parts.filter((count) => count !== undefined);
  if (whole === undefined || known.length < parts.length) return 0;
  return known.reduce((difference, count) => difference - count, whole);
}

interface Interface {
  /** Plane of the grid in the vacuum from which is counted, and which way: towards the adsorbate through the slab. */
  readonly start: number;
  readonly direction: 1 | -1;
  /** Between slab and adsorbate, above the first plane. */
  readonly planeAngstrom: number;
}

/** Heights count from the lowest atom of the slab with its adsorbate. */
function interfaceOf(
  { structure }: Calculation,
  atoms: readonly number[],
  { axis, planes }: { readonly axis: 0 | 1 | 2; readonly planes: number },
): Interface {
  if (structure === undefined) throw new Error('a slab whose site was described has a structure');
  const { bottomFraction, gapAngstrom, heightAngstrom } = largestGap(structure, axis);
  const all = heights(structure, axis);
  const own = new Set(atoms);
  const range = (wanted: boolean): readonly [number, number] => {
    const chosen = [...all].filter((_, atom) => own.has(atom) === wanted);
    return [Math.min(...chosen), Math.max(...chosen)];
  };
  const [[lowest, highest], [bottom, top]] = [range(true), range(false)];
  const isAbove = lowest + highest >= bottom + top;
  const plane = isAbove ? (top + lowest) / 2 : (bottom + highest) / 2;
  const step = heightAngstrom / planes;
  // The middle of the vacuum, so that nothing lies across the border of what is counted.
  const start = Math.round((bottomFraction * heightAngstrom - gapAngstrom / 2) / step);
  const above = bottomFraction * heightAngstrom + plane - start * step;
  return {
    start: ((start % planes) + planes) % planes,
    direction: isAbove ? 1 : -1,
    planeAngstrom: isAbove ? above : heightAngstrom - above,
  };
}

function upwards(values: Float64Array, { start, direction }: Interface): number[] {
  const count = values.length;
  return Array.from({ length: count }, (_, at) => values[(start + direction * at + count) % count] ?? Number.NaN);
}

/** What forbids to subtract energies forbids to subtract densities. */
function settingsIssues({ whole, slab, adsorbate }: ChargeParts): Issue[] {
  return [
    ...located(compatibilityIssues(whole, slab, 'slab-pair'), { file: slab.id }),
    ...located(compatibilityIssues(whole, adsorbate, 'atom-reference'), { file: adsorbate.id }),
  ];
}

function gridIssues(whole: Density, part: Density): Issue[] {
  const [left, right] = [whole.value.points.join('×'), part.value.points.join('×')];
  return left === right ? [] : [issue('E_GRID_MISMATCH', { what: 'the grid', left, right }, { file: part.file })];
}
