/** What an upload may contain, from the settings of the service: the same bounds for single files and for archives. */
import type { ServiceSettings } from '../model/service-settings.ts';
import type { ArchiveLimits } from './archives/archive-limits.ts';

export function uploadLimits(settings: ServiceSettings): ArchiveLimits {
  return {
    maxEntries: settings.ADATOM_MAX_ENTRIES,
    maxFileBytes: settings.ADATOM_MAX_FILE_BYTES,
    maxTotalBytes: settings.ADATOM_MAX_UPLOAD_BYTES,
  };
}
