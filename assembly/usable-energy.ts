/**
 * Whether the energy of a calculation may enter a difference, and if not, why.
 *
 * Truncated, unconverged or machine-learned energies are refused: a difference of two of them looks like a result.
 */
import type { Calculation } from '../model/calculation.ts';
import { elementOfPotcarSymbol } from '../model/elements.ts';
import { type Issue, type IssueCode, issue, located } from '../model/issues.ts';
import { composition } from '../model/structure.ts';

export interface UsableEnergy {
  readonly energySigma0Ev: number;
  /** TOTEN, eV. */
  readonly freeEnergyEv: number;
}

const BLOCKING: ReadonlySet<IssueCode> = new Set([
  'E_UNREADABLE',
  'E_TRUNCATED',
  'E_SCF_UNCONVERGED',
  'E_IONIC_UNCONVERGED',
  'E_ML_ENERGY',
]);
/** 36.001 − 36 is a little above 0.001 in binary. */
const CHARGE_TOLERANCE_ELECTRONS = 1e-3 + 1e-9;

/** Issues that forbid the use of the energy; empty when it may be used. Each names the file. */
export function blockingIssues(calculation: Calculation): Issue[] {
  const where = { file: calculation.id };
  const blocking = calculation.issues.filter((entry) => BLOCKING.has(entry.code));
  const energiesKnown = calculation.final?.energySigma0Ev !== undefined && calculation.final.freeEnergyEv !== undefined;
  if (energiesKnown || blocking.length > 0) return located(blocking, where);
  const unparseable = calculation.issues.filter((entry) => entry.code === 'E_UNPARSEABLE');
  const reasons = unparseable.length > 0 ? unparseable : [issue('E_UNREADABLE', { reason: 'no complete ionic step' })];
  return located(reasons, where);
}

/** Remarks of the parsers and the merge that weaken the energy: every value made of it carries them (SCIENCE §0). */
const WEAKENING: ReadonlySet<IssueCode> = new Set([
  'W_TRUNCATED',
  'W_SIGMA0_IDENTITY',
  'W_SMEARING_ENTROPY',
  'W_TETRAHEDRON_FORCES',
  'W_MP_ON_INSULATOR',
  'W_OLD_VDW',
  'W_NO_EDISP',
  'W_PSTRESS',
  'W_SCF_EARLIER_STEP',
  'W_IONIC_UNCONVERGED',
  'W_CONVERGENCE_UNKNOWN',
  'W_SOURCES_DISAGREE',
  'W_OTHER_SOURCE',
]);

/** Each names the file. */
export function weakeningIssues(calculation: Calculation): Issue[] {
  const weakening = calculation.issues.filter((entry) => WEAKENING.has(entry.code));
  return located(weakening, { file: calculation.id });
}

export function usableEnergy(calculation: Calculation): UsableEnergy | undefined {
  const { energySigma0Ev, freeEnergyEv } = calculation.final ?? {};
  if (energySigma0Ev === undefined || freeEnergyEv === undefined) return undefined;
  return blockingIssues(calculation).length > 0 ? undefined : { energySigma0Ev, freeEnergyEv };
}

/** Electrons of the neutral cell: the sum of the valences; undefined when one is not known. */
export function neutralElectrons({ structure, potcars }: Calculation): number | undefined {
  if (structure === undefined) return undefined;
  const known = potcars.map(({ title, valence }) => ({ element: elementOf(title), valence }));
  let neutral = 0;
  for (const [element, count] of Object.entries(composition(structure.species))) {
    const matching = known.filter((potcar) => potcar.element === element);
    const valence = matching[0]?.valence;
    // Two POTCARs of one element with different valences: which atom has which is not known here.
    if (valence === undefined || matching.some((potcar) => potcar.valence !== valence)) return undefined;
    neutral += count * valence;
  }
  return neutral;
}

/** W_CHARGED_CELL when NELECT is not the sum of the valences; undefined when neutral or not known. */
export function chargeIssue(calculation: Calculation, neutral = neutralElectrons(calculation)): Issue | undefined {
  const nelect = calculation.settings.NELECT;
  if (typeof nelect !== 'number' || neutral === undefined) return undefined;
  if (Math.abs(nelect - neutral) <= CHARGE_TOLERANCE_ELECTRONS) return undefined;
  return issue('W_CHARGED_CELL', { nelect, neutral }, { file: calculation.id });
}

/** Element of a POTCAR title: `PAW_PBE Zn_pv 06Sep2000` → Zn. */
export function elementOf(title: string): string | undefined {
  return elementOfPotcarSymbol(title.split(/\s+/)[1] ?? '');
}
