/** The adsorption sites of a system as a zod schema: a part of the contract of ranking.json. */
import { z } from 'zod';
import type { AdsorptionSite } from './adsorption-site.ts';
import type { Issue } from './issues.ts';

const face = z.enum(['top', 'bottom']);
const count = z.int().min(0);
const distance = z.number().min(0);

export function adsorptionSiteSchema(issue: z.ZodType<Issue>): z.ZodType<AdsorptionSite> {
  return z.strictObject({
    calculation: z.string(),
    adsorbate: z.string().min(1),
    count: z.int().min(1),
    face: z.enum(['top', 'bottom', 'both']),
    coveragePerNm2: z.number().positive(),
    coveragePerSurfaceCation: z.number().positive().exactOptional(),
    units: z
      .array(
        z.strictObject({
          atoms: z.array(count).min(1).readonly(),
          face,
          site: z.enum(['top', 'bridge', 'hollow', 'on-adsorbate', 'subsurface', 'detached']),
          coordination: z.int().min(1).exactOptional(),
          stacking: z.enum(['hcp', 'fcc']).exactOptional(),
          neighbours: z
            .array(z.strictObject({ element: z.string(), atom: count, distanceAngstrom: distance }))
            .readonly(),
          heightAngstrom: z.number(),
          displacementAngstrom: distance.exactOptional(),
        }),
      )
      .min(1)
      .readonly(),
    slabDisplacementAngstrom: distance,
    duplicateOf: z.string().exactOptional(),
    copies: z.int().min(2).exactOptional(),
    issues: z.array(issue).readonly(),
  });
}
