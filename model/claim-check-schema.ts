/** Claims that were held against the candidates of a screening, as a zod schema: a part of `screening-schema.ts`. */
import { z } from 'zod';
import { type CheckedClaims, CLAIM_VERDICTS } from './claim-check.ts';
import { issueSchema } from './issue-schema.ts';

const finite = z.number();
const text = z.string();
const texts = z.array(text).readonly();
const sigma = z.number().min(0);
const hypothesis = z.enum(['reproduced', 'sign-flipped', 'reference-shifted', 'flipped-and-shifted']);

const tested = z.strictObject({
  hypothesis,
  assumed: text,
  arithmetic: text,
  expected: finite,
  difference: finite,
  sigma,
  fits: z.boolean(),
});

const pair = z.strictObject({
  lower: text,
  higher: text,
  difference: finite,
  sigma: sigma.exactOptional(),
  verdict: z.enum(['reproduced', 'ambiguous', 'not-reproduced']),
  ordersOfMagnitude: z.strictObject({ value: finite, sigma, fits: z.boolean() }).exactOptional(),
});

export const checkedClaimsSchema: z.ZodType<CheckedClaims> = z.strictObject({
  name: text,
  version: z.int().min(1),
  title: text,
  source: text,
  caveat: text.exactOptional(),
  checks: z
    .array(
      z.strictObject({
        claim: text,
        quantity: text,
        unit: text,
        claimed: text,
        candidates: texts,
        evidence: texts,
        verdict: z.enum(CLAIM_VERDICTS),
        computed: z.strictObject({ value: finite, sigma: sigma.exactOptional() }).exactOptional(),
        sigmas: z
          .array(z.strictObject({ of: text, value: sigma }))
          .readonly()
          .exactOptional(),
        cohesiveEnergy: z.strictObject({ value: finite, sigma, from: text }).exactOptional(),
        hypotheses: z.array(tested).readonly(),
        alsoFits: z.array(hypothesis).readonly(),
        pairs: z.array(pair).readonly(),
        issues: z.array(issueSchema).readonly(),
      }),
    )
    .readonly(),
});
