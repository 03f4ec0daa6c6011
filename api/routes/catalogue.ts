/** What can be asked for: descriptors and profiles, as their own definitions tell them. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { profileSchema } from '../../model/profile.ts';
import { quantityNamed } from '../../pipeline/compute-descriptor.ts';
import { descriptorDescriptions } from '../../pipeline/screen.ts';
import { loadProfile, profileNames } from '../../reading/find-profile.ts';
import { descriptorSchema } from '../schemas/catalogue-schema.ts';

export const catalogue: FastifyPluginAsyncZod = async (app) => {
  const descriptors = descriptorDescriptions().map((description) => {
    const { definition, inputs } = quantityNamed(description.identifier);
    const { defaultUncertainty, aliases, group, better } = definition;
    const known = defaultUncertainty === undefined ? {} : { defaultUncertainty };
    return { ...description, group, better, ...known, aliases, inputs };
  });
  app.route({
    method: 'GET',
    url: '/v1/descriptors',
    config: { scope: 'read' },
    schema: {
      summary: 'Descriptors with their units, signs, formulas, inputs and references',
      tags: ['catalogue'],
      response: { 200: z.strictObject({ rows: z.array(descriptorSchema) }) },
    },
    handler: async () => ({ rows: descriptors }),
  });

  app.route({
    method: 'GET',
    url: '/v1/profiles',
    config: { scope: 'read' },
    schema: {
      summary: 'Ranking profiles that come with the program',
      tags: ['catalogue'],
      response: { 200: z.strictObject({ rows: z.array(profileSchema) }) },
    },
    handler: async () => ({ rows: profileNames().map((name) => loadProfile(name)) }),
  });
};
