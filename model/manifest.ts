/**
 * The manifest `adatom.yaml`: what a scientist states or corrects about a tree. It overrides what the structures show;
 * every role and link it states says so in its evidence. Paths are relative to the manifest's folder.
 */
import { z } from 'zod';

const roleSchema = z.enum([
  'bulk',
  'slab',
  'adsorbed-slab',
  'isolated-atom',
  'isolated-molecule',
  'interface',
  'defect-cell',
  'molecular-dynamics',
  'single-point',
  'ignore',
]);
const millerSchema = z.union([
  z.tuple([z.int(), z.int(), z.int()]),
  z
    .tuple([z.int(), z.int(), z.int(), z.int()])
    .refine(([h, k, i]) => h + k + i === 0, 'h + k + i must be 0 in [h,k,i,l]'),
]);

const calculationSchema = z.strictObject({
  role: roleSchema.optional(),
  /** Path of the clean slab of an adsorbed slab. */
  slab: z.string().optional(),
  /** Element whose isolated atom or bulk this is a reference for is read from the structure; this names the adsorbate. */
  adsorbate: z.string().optional(),
  /** Paths of the two materials of an interface, of the perfect crystal of a defect, and of what a single point tells a property of. */
  film: z.string().optional(),
  substrate: z.string().optional(),
  host: z.string().optional(),
  of: z.string().optional(),
  note: z.string().optional(),
});

const systemSchema = z.strictObject({
  label: z.string().optional(),
  facet: millerSchema.optional(),
  slab: z.string().optional(),
  adsorbed: z.array(z.string()).optional(),
  bulk: z.string().optional(),
  paths: z.array(z.string()).optional(),
});

const pathSchema = z.strictObject({
  /** Relaxations of the endpoints, when images 00 and NN hold no output. */
  start: z.string().optional(),
  end: z.string().optional(),
  equivalentEndpoints: z.boolean().optional(),
});

export const manifestSchema = z.strictObject({
  version: z.literal(1),
  ion: z.string().optional(),
  profile: z.string().optional(),
  protocol: z.string().optional(),
  references: z
    .strictObject({
      atom: z.record(z.string(), z.string()).optional(),
      bulk: z.record(z.string(), z.string()).optional(),
      /** By formula: `H2`, `H2O`. */
      molecule: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  calculations: z.record(z.string(), calculationSchema).optional(),
  systems: z.record(z.string(), systemSchema).optional(),
  paths: z.record(z.string(), pathSchema).optional(),
});

export type Manifest = z.output<typeof manifestSchema>;
