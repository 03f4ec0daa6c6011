/**
 * Values that cannot be computed yet and what each waits for. A need is known by its key: two values that wait for the
 * same calculation ask for it once.
 */
import { blockingIssues } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { MissingValue } from '../model/inspection.ts';
import { hasError, type Issue, type IssueCode } from '../model/issues.ts';
import type { Link, RoleAssignment } from '../model/system.ts';
import type { Assembly } from './assemble-screening.ts';

export interface Need {
  readonly key: string;
  /** In words; `values` are all that wait for it. */
  readonly tell: (values: readonly string[]) => string;
  /** One calculation for each value, not one for all. */
  readonly isPerValue?: boolean;
}

export interface Waiting {
  readonly makes: MissingValue;
  /** The adsorbed slab, the clean slab or the path whose value it is. */
  readonly of: string;
  /** Empty when the value is there. */
  readonly needs: readonly Need[];
}

export interface WaitingContext {
  readonly assembly: Assembly;
  readonly ion: string;
  readonly calculations: ReadonlyMap<string, Calculation>;
  readonly roles: ReadonlyMap<string, RoleAssignment>;
}

export function waitingContext(assembly: Assembly, ion: string): WaitingContext {
  return {
    assembly,
    ion,
    calculations: new Map(assembly.calculations.map((calculation) => [calculation.id, calculation])),
    roles: new Map(assembly.roles.map((role) => [role.calculation, role])),
  };
}

export function need(text: string): Need {
  return { key: text, tell: () => text };
}

/** Each need once. */
export function distinctNeeds(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((one) => [one.key, one])).values()];
}

/** What keeps the energy of a calculation from being used: all of it is one thing to do. */
export function faultsOf(id: string, { calculations, roles }: WaitingContext): Need[] {
  const calculation = calculations.get(id);
  if (calculation === undefined) return [];
  const faults = [...blockingIssues(calculation), ...errorsOf(roles.get(id)?.issues ?? [])];
  return faults.length === 0 ? [] : [mending(id, ...faults)];
}

/** What a link waits for: runs with other settings, and a partner whose energy may be used. */
export function needsOfLink(link: Link, context: WaitingContext): Need[] {
  const needs = [...reruns(link).map(need), ...faultsOf(link.to, context)];
  if (needs.length > 0 || !hasError(link.issues)) return distinctNeeds(needs);
  return [mending(link.to, ...errorsOf(link.issues))];
}

/** One line for each calculation that would have to be run again, with all that has to change in it. */
function reruns({ checks = [], from, to }: Link): string[] {
  const asked = checks.flatMap(({ verdict, rerun }) => (verdict === 'block' && rerun !== undefined ? [rerun] : []));
  const others = asked.filter((text) => ![from, to].some((id) => text.startsWith(beginning(id))));
  const own = [from, to].flatMap((id) => {
    const changes = asked
      .filter((text) => text.startsWith(beginning(id)))
      .map((text) => text.slice(beginning(id).length));
    return changes.length === 0 ? [] : [`${beginning(id)}${[...new Set(changes)].join(' and ')}`];
  });
  return [...own, ...others];
}

function beginning(id: string): string {
  return `re-run ${id} `;
}

function errorsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter(({ severity }) => severity === 'error');
}

/** A run that stopped early has to go on; anything else is named as it is. */
export function mending(id: string, ...faults: readonly Issue[]): Need {
  const task = faults.some(({ code }) => UNFINISHED.has(code)) ? `run ${id} to its end` : `mend ${id}`;
  return need(`${task}: ${faults.map(({ message }) => message).join('; ')}`);
}

const UNFINISHED: ReadonlySet<IssueCode> = new Set(['E_TRUNCATED', 'E_SCF_UNCONVERGED', 'E_IONIC_UNCONVERGED']);
