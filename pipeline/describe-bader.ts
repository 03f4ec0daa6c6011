/**
 * Bader charge of the adatom of a candidate, from the ACF.dat beside its adsorbed slab (SCIENCE §7): of the site that is
 * bound most strongly among those that have one.
 *
 * The mistakes avoided here: a valence taken from the element instead of from the POTCAR of the run, and the charge of
 * whichever atom stands last in the list.
 */
import { told, toldNumber } from '../assembly/shared/told-settings.ts';
import { elementOf, neutralElectrons } from '../assembly/usable-energy.ts';
import { baderCharge } from '../descriptors/bader-charge.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue, located } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { companionReference } from './companion-reference.ts';
import type { SiteDescription } from './describe-sites.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';
import { runWith } from './runs-of-structure.ts';

export function describeBader(
  system: System,
  input: CandidateInput,
  sites: readonly SiteDescription[],
): Readonly<Record<string, DescriptorResult>> {
  const analysed = sites.flatMap(({ calculation, adsorption }) => {
    const adsorbed = input.calculations.get(calculation);
    const holder = adsorbed === undefined ? undefined : runWith(input)(adsorbed, 'acf');
    const atoms = system.sites?.find((site) => site.calculation === calculation)?.units.flatMap((unit) => unit.atoms);
    if (holder?.companionValues?.bader === undefined || atoms === undefined) return [];
    const energyEv = adsorption.available ? adsorption.value : Number.POSITIVE_INFINITY;
    return [{ calculation, energyEv, result: chargeOf(holder, atoms, input) }];
  });
  const [best, ...others] = analysed.sort((left, right) => left.energyEv - right.energyEv);
  if (best === undefined) return {};
  const rest = others.map(({ calculation, result }) => ({
    calculation,
    ...(result.available && { chargeElectrons: result.value }),
  }));
  const parts = { ...best.result.parts, site: best.calculation, ...(rest.length > 0 && { others: rest }) };
  return { 'bader-charge': { ...best.result, parts } };
}

function chargeOf(holder: Calculation, atoms: readonly number[], input: CandidateInput): DescriptorResult {
  const reading = holder.companionValues?.bader;
  const species = atoms.map((atom) => holder.structure?.species[atom] ?? '');
  const valences = species.map((element) => valenceOf(holder, element));
  const issues: Issue[] = [...memberIssues(holder, input), ...(reading?.issues ?? [])];
  const missing = species.find((_, at) => valences[at] === undefined);
  if (missing !== undefined) {
    issues.push(issue('E_REFERENCE_MISSING', { needed: `the valence (ZVAL) of ${missing}` }, { file: holder.id }));
  }
  if (reading?.value === undefined) {
    issues.push(
      issue('E_REFERENCE_MISSING', { needed: 'a Bader analysis of this run' }, { file: reading?.file ?? holder.id }),
    );
  }
  if (reading?.value === undefined || hasError(issues) || atoms.length === 0) {
    return { available: false, reasons: distinctIssues(issues), parts: {} };
  }
  const { electrons, vacuumElectrons } = reading.value;
  const total = toldNumber(holder, 'NELECT') ?? neutralElectrons(holder);
  const mean = (values: readonly (number | undefined)[]): number =>
    values.reduce((sum: number, value) => sum + (value ?? Number.NaN), 0) / values.length;
  const basins = atoms.map((atom) => electrons[atom]);
  const result = baderCharge.compute(
    baderCharge.inputs.parse({
      valenceElectrons: mean(valences),
      basinElectrons: mean(basins),
      ...(total !== undefined && { sumElectrons: electrons.reduce((sum, one) => sum + one, 0), totalElectrons: total }),
      ...(vacuumElectrons !== undefined && { vacuumElectrons }),
      coreReference: hasCoreReference(holder),
    }),
  );
  const references = basins.flatMap((value, at) =>
    value === undefined
      ? []
      : companionReference({ name: `CHARGE of atom ${(atoms[at] ?? 0) + 1}`, value, unit: 'e' }, holder, reading),
  );
  const remarks = located(result.available ? result.issues : result.reasons, { file: reading.file });
  const described = result.available
    ? describedResult({ ...result, issues: [] }, references, [...remarks, ...issues])
    : { ...result, reasons: distinctIssues([...remarks, ...issues]) };
  const each = basins.map((basin, at) => (valences[at] ?? Number.NaN) - (basin ?? Number.NaN));
  return {
    ...described,
    // Atoms counted from 1, as structure viewers do.
    parts: { ...described.parts, atoms: atoms.map((atom) => atom + 1), chargesElectrons: each },
  };
}

/** ZVAL. Two POTCARs of one element with different valences do not tell which is meant. */
function valenceOf({ potcars }: Calculation, element: string): number | undefined {
  const [valence, ...others] = potcars.flatMap((potcar) =>
    elementOf(potcar.title) === element ? [potcar.valence] : [],
  );
  return others.every((other) => other === valence) ? valence : undefined;
}

/** LAECHG writes AECCAR0 and AECCAR2, whose sum is the reference; without them there was none. */
function hasCoreReference(holder: Calculation): boolean {
  const has = (name: string): boolean => holder.companions?.some(({ path }) => path.includes(name)) === true;
  return told(holder, 'LAECHG') === true || (has('AECCAR0') && has('AECCAR2'));
}
