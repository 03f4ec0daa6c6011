/** Object storage whose code and client are loaded by the first job that needs them: most services have none. */
import type { ObjectStorage } from '../../intake/object-storage.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';

export function objectStorageWhenNeeded(settings: ServiceSettings): ObjectStorage {
  let opened: Promise<ObjectStorage> | undefined;
  const open = (): Promise<ObjectStorage> => {
    opened ??= import('../../intake/object-storage.ts').then(({ openObjectStorage }) => openObjectStorage(settings));
    return opened;
  };
  return {
    async *list(bucket, prefix) {
      yield* (await open()).list(bucket, prefix);
    },
    fetch: async (...wanted) => (await open()).fetch(...wanted),
    close: () => {
      opened?.then((storage) => storage.close());
    },
  };
}
