/**
 * The contract of `adatom inspect --json`. Strict, so that a key added to the type and not here fails a test that reads
 * a real tree.
 */
import { z } from 'zod';
import type { InspectedCalculation, InspectedPath, Inspection, MissingPiece } from './inspection.ts';
import { issueSchema } from './issue-schema.ts';
import { pathSchema, protocolVerdicts, unusedSchema } from './screening-schema.ts';
import { linkSchema, relationSchema, roleSchema, systemSchema } from './system-schema.ts';

const text = z.string();
const texts = z.array(text).readonly();
const count = z.int().min(0);
const issues = z.array(issueSchema).readonly();
const { kind, to, stated, evidence, others, checks } = linkSchema.shape;

const calculationSchema: z.ZodType<InspectedCalculation> = z.strictObject({
  id: text.min(1),
  folder: text.min(1),
  role: roleSchema.shape.role,
  stated,
  evidence: roleSchema.shape.evidence,
  slab: roleSchema.shape.slab,
  formula: text.exactOptional(),
  links: z.array(z.strictObject({ kind, to, stated, evidence, others, checks })).readonly(),
  protocol: protocolVerdicts.exactOptional(),
  issues,
});

const { id, images, migrating, links } = pathSchema.shape;
const inspectedPathSchema: z.ZodType<InspectedPath> = z.strictObject({ id, images, migrating, links, issues });

const missingSchema: z.ZodType<MissingPiece> = z.strictObject({
  what: text.min(1),
  makes: z.enum([
    'adsorption-energy',
    'nucleation-driving-force',
    'migration-barrier',
    'surface-energy',
    'adsorbate-reference',
    'relation',
  ]),
  count: z.int().min(1),
  alone: count,
  runs: z.int().min(1),
  calculations: texts,
});

export const inspectionSchema: z.ZodType<Inspection> = z.strictObject({
  adatomVersion: text,
  ion: text,
  protocol: text.exactOptional(),
  calculations: z.array(calculationSchema).readonly(),
  systems: z.array(systemSchema).readonly(),
  relations: z.array(relationSchema).readonly(),
  paths: z.array(inspectedPathSchema).readonly(),
  unused: z.array(unusedSchema).readonly(),
  missing: z.array(missingSchema).readonly(),
  issues,
});
