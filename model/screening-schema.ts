/**
 * The nouns of a screening as zod schemas: the contract of ranking.json and `adatom screen --json`.
 *
 * Strict at every level, so that a field added to a type and not here, or the other way round, fails a test that reads a
 * real screening. `ZodType<…>` ties each schema to its type at compile time.
 */
import { z } from 'zod';
import { adsorptionSiteSchema } from './adsorption-site-schema.ts';
import type { DescriptorResult, InputReference } from './descriptor.ts';
import { ISSUE_CATALOGUE } from './issue-catalogue.ts';
import type { Issue, IssueCode } from './issues.ts';
import type { Contribution, RankedCandidate, UnrankedCandidate } from './ranking.ts';
import type { ScreeningResult, UnusedCalculation } from './screening.ts';
import type {
  Candidate,
  CompatibilityCheck,
  FacetIdentity,
  Link,
  PathReport,
  Relation,
  RoleAssignment,
  System,
} from './system.ts';

/** A number that JSON can hold: NaN and Infinity would become null. */
const finite = z.number();
const text = z.string();
const texts = z.array(text).readonly();
const count = z.int().min(0);

/** The keys of the catalogue are exactly the codes. */
const code = z.enum(Object.keys(ISSUE_CATALOGUE) as [IssueCode, ...IssueCode[]]);

export const issueSchema: z.ZodType<Issue> = z.strictObject({
  code,
  severity: z.enum(['error', 'warning', 'info']),
  message: text.min(1),
  where: z.strictObject({
    file: text.exactOptional(),
    line: z.int().min(1).exactOptional(),
    byteOffset: count.exactOptional(),
    block: text.exactOptional(),
  }),
  details: z.record(text, z.unknown()),
});
const issues = z.array(issueSchema).readonly();

const inputSchema: z.ZodType<InputReference> = z.strictObject({
  name: text,
  value: finite,
  unit: text,
  calculation: text,
  file: text,
  sha256: text.regex(/^[0-9a-f]{64}$/),
  byteOffset: count.exactOptional(),
  byteLength: count.exactOptional(),
  line: z.int().min(1).exactOptional(),
});

export const descriptorResultSchema: z.ZodType<DescriptorResult> = z.discriminatedUnion('available', [
  z.strictObject({
    available: z.literal(true),
    value: finite,
    unit: text,
    convention: text,
    uncertainty: z.number().positive(),
    quality: z.enum(['ok', 'degraded', 'unreliable']),
    parts: z.record(text, z.unknown()),
    inputs: z.array(inputSchema).readonly(),
    issues,
  }),
  z.strictObject({
    available: z.literal(false),
    reasons: z.array(issueSchema).min(1).readonly(),
    parts: z.record(text, z.unknown()),
  }),
]);

const role = z.enum([
  'bulk',
  'defect-cell',
  'slab',
  'adsorbed-slab',
  'interface',
  'isolated-atom',
  'isolated-molecule',
  'low-dimensional',
  'neb-image',
  'molecular-dynamics',
  'single-point',
  'superseded',
  'ignored',
  'undetermined',
]);
const stated = z.enum(['structure', 'manifest']);

export const roleSchema = z.strictObject({
  calculation: text,
  role,
  stated,
  evidence: texts,
  slab: z
    .strictObject({
      axis: z.union([z.literal(0), z.literal(1), z.literal(2)]),
      vacuumAngstrom: finite,
      areaAngstrom2: z.number().positive(),
      layers: count,
      fixedBottomLayers: count.exactOptional(),
      heldSide: z.enum(['bottom', 'top', 'both']).exactOptional(),
      terminations: z.strictObject({ top: text, bottom: text }),
      symmetric: z.boolean(),
      polar: z.boolean(),
    })
    .exactOptional(),
  issues,
}) satisfies z.ZodType<RoleAssignment>;

const compatibilitySchema: z.ZodType<CompatibilityCheck> = z.strictObject({
  item: z.enum([
    'functional',
    'meta-gga',
    'hybrid',
    'nonlocal-vdw',
    'hamiltonian',
    'potcar',
    'cutoff',
    'dispersion',
    'hubbard-u',
    'cell',
    'spin',
    'precision',
    'smearing',
    'dipole-correction',
    'k-points',
    'convergence',
    'version',
    'charge',
    'energy-kind',
  ]),
  verdict: z.enum(['pass', 'warn', 'block', 'unknown']),
  tag: text,
  left: text.exactOptional(),
  right: text.exactOptional(),
  rerun: text.min(1).exactOptional(),
});

const linkKeys = {
  kind: z.enum([
    'clean-slab',
    'atom-reference',
    'bulk-reference',
    'molecule-reference',
    'slab-bulk',
    'migration-path',
    'interface-film',
    'interface-substrate',
    'defect-host',
    'thickness-series',
    'formation-reference',
    'single-point-of',
  ]),
  from: text,
  to: text,
  stated,
  adsorbate: z.strictObject({ formula: text, count }).exactOptional(),
  evidence: texts.refine((all) => all.length > 0, 'a link has evidence'),
  others: texts,
  checks: z.array(compatibilitySchema).readonly().exactOptional(),
  issues,
};
export const linkSchema = z.strictObject(linkKeys) satisfies z.ZodType<Link>;
export const relationSchema: z.ZodType<Relation> = z.strictObject({ ...linkKeys, accepted: z.boolean() });

const millerSchema = z.tuple([z.int(), z.int(), z.int()]).readonly();

const facetIdentitySchema: z.ZodType<FacetIdentity> = z.strictObject({
  miller: millerSchema,
  family: millerSchema,
  label: text,
  isPolar: z.boolean(),
  termination: z.enum(['+', '-']).exactOptional(),
  matchedShare: z.number(),
  deviationAngstrom: z.number(),
});

export const systemSchema: z.ZodType<System> = z.strictObject({
  id: text.min(1),
  label: text,
  facet: z.array(z.int()).readonly().exactOptional(),
  exposedFacet: facetIdentitySchema.exactOptional(),
  ion: text,
  formula: text,
  slab: text.exactOptional(),
  adsorbed: texts,
  sites: z.array(adsorptionSiteSchema(issueSchema)).readonly().exactOptional(),
  otherAdsorbed: texts,
  paths: texts,
  bulk: text.exactOptional(),
  links: z.array(linkSchema).readonly(),
  issues,
});

export const protocolVerdicts = z
  .array(
    z.strictObject({
      calculation: text,
      item: text,
      verdict: z.enum(['pass', 'fail', 'not-determinable']),
      expected: text,
      found: text,
    }),
  )
  .readonly();

export const candidateSchema: z.ZodType<Candidate> = z.strictObject({
  id: text.min(1),
  label: text,
  ion: text,
  system: text,
  descriptors: z.record(text, descriptorResultSchema),
  wetting: text.exactOptional(),
  protocol: protocolVerdicts.exactOptional(),
  issues,
});

const extrema = z
  .array(
    z.strictObject({
      distanceAngstrom: finite,
      energyEv: finite,
      imageCoordinate: finite,
      endpoint: z.literal(true).exactOptional(),
    }),
  )
  .readonly();
const interpolation = z.strictObject({ maxima: extrema, minima: extrema }).exactOptional();

export const pathSchema = z.strictObject({
  id: text,
  energyKind: z.enum(['sigma0', 'free']),
  images: z
    .array(
      z.strictObject({
        index: count,
        energyEv: finite.exactOptional(),
        relativeEnergyEv: finite.exactOptional(),
        distanceAngstrom: finite.exactOptional(),
        tangentForceEvPerAngstrom: finite.exactOptional(),
        maxPerpendicularForceEvPerAngstrom: finite.exactOptional(),
        climbing: z.boolean(),
        state: z.enum(['finished', 'unfinished', 'not-run', 'unreadable']).exactOptional(),
        ionicSteps: count.exactOptional(),
        source: text.min(1),
      }),
    )
    .readonly(),
  barrier: descriptorResultSchema,
  migrating: z
    .strictObject({
      atoms: z
        .array(
          z.strictObject({
            atom: z.int().min(1),
            element: text.min(1),
            pathLengthAngstrom: finite,
            straightAngstrom: finite,
          }),
        )
        .readonly(),
      othersLargestDisplacementAngstrom: finite.exactOptional(),
    })
    .exactOptional(),
  links: z.array(linkSchema).readonly().exactOptional(),
  interpolations: z
    .strictObject({ hermite: interpolation, natural: interpolation, clamped: interpolation, pchip: interpolation })
    .exactOptional(),
  curve: z
    .array(z.tuple([finite, finite]).readonly())
    .readonly()
    .exactOptional(),
  issues,
}) satisfies z.ZodType<PathReport>;

const contributionSchema: z.ZodType<Contribution> = z.strictObject({
  value: finite,
  unit: text,
  desirability: z.number().min(0).max(1),
  weight: z.number().min(0).max(1),
});

export const rankedSchema: z.ZodType<RankedCandidate> = z.strictObject({
  id: text,
  rank: z.int().min(1),
  score: z.number().min(0).max(1),
  front: z.int().min(1),
  contributions: z.record(text, contributionSchema),
  firstRankProbability: z.number().min(0).max(1),
  tieGroup: z.int().min(1),
  issues,
});

export const unrankedSchema: z.ZodType<UnrankedCandidate> = z.strictObject({
  id: text,
  reasons: z.array(issueSchema).min(1).readonly(),
});

export const unusedSchema: z.ZodType<UnusedCalculation> = z.strictObject({
  calculation: text,
  role: z.union([role, z.literal('unreadable')]),
  reasons: z.array(issueSchema).min(1).readonly(),
});

export const screeningResultSchema: z.ZodType<ScreeningResult> = z.strictObject({
  adatomVersion: text,
  profile: text,
  profileVersion: z.int().min(1),
  ion: text,
  protocol: text.exactOptional(),
  seed: count,
  generator: text,
  draws: z.int().min(1),
  definitions: z
    .array(
      z.strictObject({
        identifier: text,
        version: z.int().min(1),
        symbol: text,
        unit: text,
        title: text,
        sign: text,
        formula: text,
        reference: text,
      }),
    )
    .readonly(),
  calculations: z.strictObject({ found: count, parsed: count, unreadable: count }),
  roles: z.array(roleSchema).readonly(),
  systems: z.array(systemSchema).readonly(),
  relations: z.array(relationSchema).readonly(),
  paths: z.array(pathSchema).readonly(),
  candidates: z.array(candidateSchema).readonly(),
  protocolVerdicts: protocolVerdicts.exactOptional(),
  ranked: z.array(rankedSchema).readonly(),
  unranked: z.array(unrankedSchema).readonly(),
  unused: z.array(unusedSchema).readonly(),
  issues,
});
