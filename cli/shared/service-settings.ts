/**
 * The settings of the service from the environment; the only place that reads them.
 *
 * An unknown ADATOM_ variable is refused with the nearest known name: a limit with a typing error would otherwise silently
 * not be one. An empty variable counts as not set, as compose files write it. Values may be secrets and are never printed.
 */
import { AdatomError } from '../../model/errors.ts';
import { readBySchema } from '../../model/schema-faults.ts';
import { type ServiceSettings, serviceSettingsSchema } from '../../model/service-settings.ts';

/** Of the commands that talk to a service over HTTP, and of the tests; not of the service. */
const OTHER_VARIABLES: readonly string[] = ['ADATOM_SERVER', 'ADATOM_KEY', 'ADATOM_CORPUS'];

export function serviceSettings(environment: NodeJS.ProcessEnv = process.env): ServiceSettings {
  const known = Object.keys(serviceSettingsSchema.shape);
  const ours = Object.entries(environment).filter(
    ([name, text]) =>
      text !== undefined &&
      text !== '' &&
      !OTHER_VARIABLES.includes(name) &&
      (known.includes(name) || name.startsWith('ADATOM_')),
  );
  const reading = readBySchema(serviceSettingsSchema, Object.fromEntries(ours));
  if (reading.valid) return reading.value;
  const faults = reading.faults.map(({ path, text, expected }) => {
    const told = expected === undefined ? text.replace(/; found .*$/s, '') : `expected ${expected}`;
    return `${String(path[0])}: ${told}`;
  });
  throw new AdatomError('request', `environment: ${faults.join('; ')}`);
}
