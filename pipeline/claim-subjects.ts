/**
 * Which candidates a claim is about: by a name that the claim lists, or by formula and plane where a screening knows them.
 *
 * The mistakes avoided here: (002), (0002) and (0001) of a hexagonal crystal compared as strings (SCIENCE §4.6, §13.13),
 * and a folder that is called `zno-002` believed although its atoms show another plane.
 */
import { amountsOfFormula } from '../descriptors/shared/chemical-formula.ts';
import type { ClaimSubject } from '../model/claims.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { ClaimCandidate } from './claim-candidates.ts';
import { familyOfPlane, planeFamilyText } from './plane-family.ts';

export interface FoundSubject {
  readonly candidate: ClaimCandidate;
  readonly evidence: string;
}

export interface FoundSubjects {
  readonly found: readonly FoundSubject[];
  /** Why there is none, and which were refused. */
  readonly issues: readonly Issue[];
}

export function findSubject(subject: ClaimSubject, candidates: readonly ClaimCandidate[]): FoundSubjects {
  const names = new Map(subject.names.map((name) => [comparableName(name), name]));
  const issues: Issue[] = [];
  const found = candidates.flatMap((candidate): FoundSubject[] => {
    const named = names.get(comparableName(candidate.id)) ?? names.get(comparableName(candidate.label ?? ''));
    const plane = planeOf(candidate, subject);
    if (plane?.isClaimed === false && named !== undefined) {
      issues.push(issue('E_CLAIM_PLANE', { candidate: candidate.id, claimed: named, found: plane.shown }));
      return [];
    }
    if (plane?.isClaimed === true) return [{ candidate, evidence: `${candidate.id}: ${plane.shown}` }];
    return named === undefined
      ? []
      : [{ candidate, evidence: `${candidate.id}: called ${named}${otherFormula(candidate, subject)}` }];
  });
  if (found.length > 0) return { found, issues };
  return {
    found,
    issues: [issue('E_CLAIM_NO_CANDIDATE', { names: subject.names.join(', '), ...planeText(subject) }), ...issues],
  };
}

function planeText({ formula, plane, laueClass }: ClaimSubject): { readonly plane?: string } {
  if (formula === undefined || plane === undefined || laueClass === undefined) return {};
  return { plane: `${formula} ${planeFamilyText(familyOfPlane(plane, laueClass), laueClass)}` };
}

/** Which plane of which material the candidate shows, where both it and the claim tell. */
function planeOf(
  candidate: ClaimCandidate,
  { formula, plane, laueClass }: ClaimSubject,
): { readonly isClaimed: boolean; readonly shown: string } | undefined {
  if (formula === undefined || plane === undefined || laueClass === undefined) return undefined;
  // A passivated slab has another formula than its crystal: that alone contradicts no name.
  if (candidate.formula === undefined || ratios(candidate.formula) !== ratios(formula)) return undefined;
  const family = planeFamilyText(familyOfPlane(plane, laueClass), laueClass);
  const { exposed, stated } = candidate;
  if (exposed !== undefined) {
    const side = exposed.termination === undefined ? '' : `, face ${exposed.termination === '+' ? '+' : '−'}`;
    const shown = `${formula} ${exposed.label}${side}, by its atoms`;
    // Families of another kind of axes have another number of indices: cubic {100} is no {10-10}.
    const [found, wanted] = [exposed.label, family].map(indexCount);
    const key = planeFamilyText(exposed.family, laueClass);
    return { isClaimed: found === wanted && key === family, shown };
  }
  if (stated === undefined) return undefined;
  const key = planeFamilyText(familyOfPlane(stated, laueClass), laueClass);
  return { isClaimed: key === family, shown: `${formula} (${stated.join(' ')}), by the manifest` };
}

function otherFormula(candidate: ClaimCandidate, { formula }: ClaimSubject): string {
  if (formula === undefined || candidate.formula === undefined) return '';
  return ratios(candidate.formula) === ratios(formula) ? '' : `, its slab is ${candidate.formula}`;
}

function indexCount(label: string): number {
  return label.match(/-?\d/g)?.length ?? 0;
}

/** The same text for ZnO, OZn and Zn2O2. */
function ratios(formula: string): string {
  const amounts = Object.entries(amountsOfFormula(formula) ?? {});
  const least = Math.min(...amounts.map(([, amount]) => amount));
  return amounts.map(([element, amount]) => `${element}${(amount / least).toPrecision(6)}`).join(' ');
}

/**
 * `ZnO (002)`, `zno-002` and `ZnO_(0 0 2)` are one name; `(10-10)` and `(101̅0)` too, but not `(1010)`. A hyphen or an
 * underscore behind a letter joins; before an index, in brackets or behind a digit it is its sign.
 */
export function comparableName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[−–‐]/g, '-')
    .replace(/(\d)[\u0304\u0305]/g, '-$1')
    .replace(/\s+/g, '')
    .replace(/_/g, '')
    .replace(/(\p{L})-(?=[\p{L}\d(])/gu, '$1')
    .replace(/-/g, '~')
    .replace(/[()[\]{}]/g, '')
    .toLowerCase();
}
