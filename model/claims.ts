/**
 * Published claims: a value or an order that somebody printed, with its sign, its reference and the last digit that was
 * printed, so that computed values can be held against it (SCIENCE §2, §12.2, §13.2).
 *
 * The mistakes avoided here: 3.40 read as 3.4, whose last digit is ten times coarser (numbers are kept as printed text),
 * and a sign or a reference that the source does not state, filled in by whoever wrote the table.
 */
import { z } from 'zod';

const NAME = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');
const PRINTED = /^[+\-−]?\d+(?:\.\d+)?$/;
const printed = z.string().regex(PRINTED, 'a number in quotes, with the digits that are printed, such as "3.40"');
const words = z.string().min(1);

/** What a claim is about. */
const subjectSchema = z
  .strictObject({
    /** Any of them names it, whatever its case, blanks and brackets. */
    names: z.array(words).min(1).readonly(),
    formula: words.exactOptional(),
    /** (hkl) or (hkil), as printed: the order of a reflection does not matter. */
    plane: z.array(z.int()).min(3).max(4).readonly().exactOptional(),
    /** Which planes of the crystal are equivalent. */
    laueClass: z.enum(['6/mmm', 'm-3m']).exactOptional(),
  })
  .refine(
    ({ formula, plane, laueClass }) =>
      new Set([formula, plane, laueClass].map((part) => part === undefined)).size === 1,
    'formula, plane and laueClass belong together',
  )
  .superRefine(({ plane, laueClass }, context) => {
    const message = plane === undefined ? undefined : planeFault(plane, laueClass);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['plane'], message });
  });

const about = {
  id: NAME,
  /** Identifier, symbol or alias of a descriptor. */
  quantity: words,
  /** Element or formula of what is adsorbed or moves. */
  adsorbate: words.exactOptional(),
  /** Where it is printed. */
  source: words,
  note: words.exactOptional(),
  /** What in the source contradicts it. */
  conflict: words.exactOptional(),
};

const valueClaimSchema = z.strictObject({
  ...about,
  of: NAME,
  value: printed,
  unit: words,
  /** 1σ as printed, in the unit; half of the last digit counts when it is larger. */
  uncertainty: z.number().positive().exactOptional(),
  /** Of quantities with two conventions. */
  sign: z.enum(['positive-bound', 'negative-bound', 'not-stated']).exactOptional(),
  signInWords: words.exactOptional(),
  /** Of adsorption energies: what the adsorbate was before. */
  reference: z.enum(['atom', 'bulk', 'other', 'not-stated']).exactOptional(),
  referenceInWords: words.exactOptional(),
  /** e; a charged species is not held against neutral adatoms. */
  charge: z.int().exactOptional(),
});

const orderClaimSchema = z.strictObject({
  ...about,
  /** Every one of these has a lower value … */
  lower: z.array(NAME).min(1).readonly(),
  /** … than every one of these. */
  higher: z.array(NAME).min(1).readonly(),
  /** log10 of higher/lower, as printed: "1" for "about one order of magnitude". */
  ordersOfMagnitude: printed.exactOptional(),
});

const claimSchema = z.union([valueClaimSchema, orderClaimSchema]);

export const claimSetSchema = z
  .strictObject({
    name: NAME,
    version: z.int().positive(),
    title: words,
    source: words,
    /** What must be kept in mind before a verdict is believed. */
    caveat: words.exactOptional(),
    subjects: z.record(NAME, subjectSchema),
    claims: z.array(claimSchema).min(1).readonly(),
  })
  .superRefine(({ subjects, claims }, context) => {
    for (const { path, message } of faultsOf(subjects, claims)) context.addIssue({ code: 'custom', path, message });
  });

export type ClaimSet = z.output<typeof claimSetSchema>;
export type ClaimSubject = z.output<typeof subjectSchema>;
export type Claim = z.output<typeof claimSchema>;
export type ValueClaim = z.output<typeof valueClaimSchema>;
export type OrderClaim = z.output<typeof orderClaimSchema>;

export function isOrder(claim: Claim): claim is OrderClaim {
  return 'lower' in claim;
}

/** A printed number with half a unit of its last digit: −0.51 ± 0.005. */
export function printedNumber(text: string): { readonly value: number; readonly halfDigit: number } {
  const plain = text.replace('−', '-');
  const decimals = plain.split('.')[1]?.length ?? 0;
  return { value: Number(plain), halfDigit: 0.5 * 10 ** -decimals };
}

/** The third of four indices tells nothing new; a misprint in it would go unseen. */
function planeFault([h = 0, k = 0, i = 0, l]: readonly number[], laueClass: string | undefined): string | undefined {
  if (h === 0 && k === 0 && (l ?? i) === 0) return 'expected a plane: not all indices are 0';
  if (l === undefined) return undefined;
  if (laueClass !== '6/mmm') return 'expected three indices: four are of hexagonal axes';
  return h + k + i === 0 ? undefined : 'expected h + k + i = 0 of four indices (hkil)';
}

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

function faultsOf(subjects: Readonly<Record<string, ClaimSubject>>, claims: readonly Claim[]): Fault[] {
  const ids = claims.map(({ id }) => id);
  const known = (name: string): boolean => Object.hasOwn(subjects, name);
  const message = `expected a subject of this file (${Object.keys(subjects).join(', ')})`;
  return claims.flatMap((claim, at): Fault[] => {
    const path = ['claims', at];
    const twice = ids.indexOf(claim.id) === at ? [] : [{ path: [...path, 'id'], message: 'expected each id once' }];
    if (!isOrder(claim)) return [...twice, ...(known(claim.of) ? [] : [{ path: [...path, 'of'], message }])];
    const unknown = (['lower', 'higher'] as const).flatMap((side) =>
      claim[side].flatMap((name, index) => (known(name) ? [] : [{ path: [...path, side, index], message }])),
    );
    const both = claim.lower.filter((name) => claim.higher.includes(name));
    const circular = both.map((name) => ({ path: [...path, 'lower'], message: `${name} stands on both sides` }));
    return [...twice, ...unknown, ...circular];
  });
}
