/**
 * Roles, links and systems as zod schemas: what a screening and an inspection say about a tree.
 *
 * Strict at every level, as the rest of the contract in `screening-schema.ts`.
 */
import { z } from 'zod';
import { adsorptionSiteSchema } from './adsorption-site-schema.ts';
import { issueSchema } from './issue-schema.ts';
import type { CompatibilityCheck, FacetIdentity, Link, Relation, RoleAssignment, System } from './system.ts';

/** A number that JSON can hold: NaN and Infinity would become null. */
const finite = z.number();
const text = z.string();
const texts = z.array(text).readonly();
const count = z.int().min(0);
const issues = z.array(issueSchema).readonly();

export const roleNameSchema = z.enum([
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
  role: roleNameSchema,
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
export const relationSchema: z.ZodType<Relation> = z.strictObject({
  ...linkKeys,
  accepted: z.boolean(),
  boundaries: z.union([z.literal(1), z.literal(2)]).exactOptional(),
});

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
