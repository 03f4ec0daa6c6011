/**
 * Published claims, and what holding them against computed values gave: for the terminal, as CSV and as JSON.
 */
import { csvRow } from '../../exports/shared/csv-row.ts';
import {
  type CheckedClaims,
  CLAIM_VERDICTS,
  type ClaimCheck,
  type TestedHypothesis,
  type TestedPair,
  toldHypothesis,
} from '../../model/claim-check.ts';
import { type Claim, type ClaimSet, isOrder } from '../../model/claims.ts';
import type { Issue } from '../../model/issues.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import { issueLine } from './issue-line.ts';
import { decimalsFor, fixedText, unitText } from './number-text.ts';
import { tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

export function claimsText(set: ClaimSet, paint: Paint): string[] {
  const columns = ['claim', 'about', 'quantity', 'value', 'sign', 'reference', 'source'].map((title) => ({ title }));
  return [
    ...headLines(set, paint),
    ...tableLines(
      columns,
      set.claims.map((claim) => claimCells(claim).map(visible)),
    ),
    ...set.claims.flatMap(({ id, note }) => (note === undefined ? [] : ['', `${id}: ${visible(note)}`])),
  ];
}

export function claimsCsv({ claims }: ClaimSet): string {
  const header = ['claim', 'about', 'quantity', 'value', 'sign', 'reference', 'source'];
  return [header, ...claims.map(claimCells)].map(csvRow).join('');
}

function claimCells(claim: Claim): string[] {
  const { id, quantity, source } = claim;
  if (!isOrder(claim)) {
    const { of, value, unit, sign = '', reference = '' } = claim;
    return [id, of, quantity, `${value}${unitText(unit)}`, sign, reference, source];
  }
  const orders = claim.ordersOfMagnitude === undefined ? '' : `, 10^${claim.ordersOfMagnitude}`;
  return [id, `${claim.lower.join(', ')} < ${claim.higher.join(', ')}`, quantity, `order${orders}`, '', '', source];
}

/** `issues`: of the table. */
export function checksDocument({ checks, ...head }: CheckedClaims, issues: readonly Issue[]): object {
  return {
    ...head,
    verdicts: verdictCounts(checks),
    checks: checks.map((check) => ({ ...check, issues: check.issues.map(issueDocument) })),
    issues: issues.map(issueDocument),
  };
}

const CSV_HEADER = [
  'claim',
  'candidates',
  'quantity',
  'claimed',
  'verdict',
  'also_fits',
  'unit',
  'expected',
  'computed',
  'computed_uncertainty',
  'difference',
  'sigma',
  'reading',
  'because',
];

/** A row per check, with the reading that its verdict is about, or its pairs. */
export function checksCsv({ checks }: CheckedClaims): string {
  const rows = checks.map((check) => {
    const told = toldHypothesis(check);
    const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
    return [
      check.claim,
      check.candidates.join('; '),
      check.quantity,
      check.claimed,
      check.verdict,
      check.alsoFits.join('; '),
      check.unit,
      number(told?.expected),
      number(check.computed?.value),
      number(check.computed?.sigma),
      number(told?.difference),
      number(told?.sigma),
      told?.assumed ?? check.pairs.map((pair) => pairText(pair, check.unit)).join('; '),
      check.issues.map(({ code, message }) => `${code}: ${message}`).join('; '),
    ];
  });
  return [CSV_HEADER, ...rows].map(csvRow).join('');
}

export function checksText(claims: CheckedClaims, issues: readonly Issue[], paint: Paint): string[] {
  const counts = Object.entries(verdictCounts(claims.checks)).map(([verdict, count]) => `${count} ${verdict}`);
  return [
    ...headLines(claims, paint),
    ...claims.checks.flatMap((check) => [...checkLines(check, paint), '']),
    counts.join(', '),
    ...issues.map((entry) => issueLine(issueDocument(entry), paint)),
  ];
}

/** Of a screening: verdicts and arithmetic, without what is told of the table. */
export function screenedClaimLines(claims: CheckedClaims | undefined, paint: Paint): string[] {
  if (claims === undefined) return [];
  return ['', ...headLines(claims, paint), ...claims.checks.flatMap((check) => [...checkLines(check, paint), ''])];
}

function headLines({ title, source, caveat }: Pick<ClaimSet, 'title' | 'source' | 'caveat'>, paint: Paint): string[] {
  return [paint('bold', visible(title)), visible(source), ...(caveat === undefined ? [] : [visible(caveat)]), ''];
}

function verdictCounts(checks: readonly ClaimCheck[]): Record<string, number> {
  return Object.fromEntries(
    CLAIM_VERDICTS.map(
      (verdict) => [verdict, checks.filter((check) => check.verdict === verdict).length] as const,
    ).filter(([, count]) => count > 0),
  );
}

const COLOURS = {
  reproduced: 'green',
  'sign-flipped': 'red',
  'reference-shifted': 'red',
  'flipped-and-shifted': 'red',
  'not-reproduced': 'red',
  ambiguous: 'yellow',
  'not-checked': 'dim',
} as const satisfies Record<ClaimCheck['verdict'], string>;

function checkLines(check: ClaimCheck, paint: Paint): string[] {
  const { verdict, claim, candidates, claimed, quantity, evidence, pairs, issues } = check;
  const on = candidates.length === 0 ? '' : `  ${candidates.map(visible).join(', ')}`;
  return [
    `${paint(COLOURS[verdict], verdict.padEnd(WIDEST))}  ${paint('bold', claim)}${on}`,
    `  claimed   ${visible(claimed)}${pairs.length > 0 || check.hypotheses.length === 0 ? '' : `, held against ${quantity}`}`,
    ...valueLines(check),
    ...pairs.map((pair) => `    ${pairText(pair, check.unit)}`),
    ...(evidence.length === 0 ? [] : [`  about     ${evidence.map(visible).join('; ')}`]),
    ...issues.map((entry) => `  ${issueLine(issueDocument(entry), paint)}`),
  ];
}

const WIDEST = Math.max(...CLAIM_VERDICTS.map((verdict) => verdict.length));

function valueLines(check: ClaimCheck): string[] {
  const { computed, unit, hypotheses, verdict, cohesiveEnergy } = check;
  const told = toldHypothesis(check);
  if (computed === undefined || told === undefined) return [];
  const decimals = checkDecimals(check);
  const number = (value: number) => fixedText(value, decimals);
  // Of what is reproduced the hypotheses that do not fit are of no interest; JSON has them.
  const shown = verdict === 'reproduced' ? hypotheses.filter(({ fits }) => fits) : hypotheses;
  const isShifted = shown.some(({ arithmetic }) => arithmetic.includes('='));
  return [
    `  computed  ${computedText(check)}; ${sigmaPartsText(check)}`,
    ...(isShifted && cohesiveEnergy !== undefined
      ? [
          `  E_coh     ${number(cohesiveEnergy.value)} ± ${number(cohesiveEnergy.sigma)}${unitText(unit)}, ${cohesiveEnergy.from}`,
        ]
      : []),
    ...shown.map((each) => `  ${each.fits ? '→ fits   ' : '  not    '}  ${hypothesisText(each, check)}`),
  ];
}

/** The digits of a check: the 1σ of the computed value has two of them, half of the last printed digit one. */
function checkDecimals({ computed, sigmas = [] }: ClaimCheck): number {
  const smallest = Math.min(...sigmas.map(({ value }) => 10 * value));
  return decimalsFor(computed?.sigma, sigmas.length === 0 ? undefined : smallest);
}

/** `−3.400 ± 0.100 eV`; `?` of a 1σ that is not known. */
export function computedText(check: ClaimCheck): string {
  const { computed, unit } = check;
  if (computed === undefined) return '';
  const decimals = checkDecimals(check);
  const sigma = computed.sigma === undefined ? '?' : fixedText(computed.sigma, decimals);
  return `${fixedText(computed.value, decimals)} ± ${sigma}${unitText(unit)}`;
}

/** What the 1σ of a difference is made of: `1σ: 0.100 the computed value, 0.005 the printed digits`. */
export function sigmaPartsText(check: ClaimCheck): string {
  const decimals = checkDecimals(check);
  return `1σ: ${(check.sigmas ?? []).map(({ of, value }) => `${fixedText(value, decimals)} ${of}`).join(', ')}`;
}

/** A hypothesis with its difference, in the unit of the check and in σ. */
export function hypothesisText(
  { assumed, arithmetic, difference, sigma }: TestedHypothesis,
  check: ClaimCheck,
): string {
  const unit = unitText(check.unit);
  const size = fixedText(difference, checkDecimals(check));
  const sigmas = check.computed?.sigma === undefined ? '' : `, ${sigmasText(difference, sigma)}`;
  return `${assumed}: ${arithmetic}${unit}; difference ${size}${unit}${sigmas}`;
}

/** The difference of two values, the larger one of the claim first. */
export function pairText(pair: TestedPair, unit: string): string {
  const { lower, higher, difference, sigma, verdict, ordersOfMagnitude: orders } = pair;
  const decimals = decimalsFor(sigma);
  const ratio =
    orders === undefined ? '' : `; ratio 10^(${fixedText(orders.value, 2)} ± ${fixedText(orders.sigma, 2)})`;
  const size = `${fixedText(difference, decimals)} ± ${sigma === undefined ? '?' : fixedText(sigma, decimals)}`;
  const sigmas = sigma === undefined ? '' : `, ${sigmasText(difference, sigma)}`;
  return `${visible(higher)} − ${visible(lower)} = ${size}${unitText(unit)}${sigmas}${ratio}: ${verdict}`;
}

function sigmasText(difference: number, sigma: number): string {
  return sigma > 0 ? `${fixedText(Math.abs(difference) / sigma, 1)} σ` : 'no σ';
}
