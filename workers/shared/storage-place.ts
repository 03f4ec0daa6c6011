/** `s3://bucket/key`: the key may hold any character, so nothing of it is encoded or taken apart. */
export interface StoragePlace {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

export function storageLocation({ bucket, key }: StoragePlace): string {
  return `${SCHEME}${bucket}/${key}`;
}

export function placeInStorage(location: string): StoragePlace {
  const slash = location.indexOf('/', SCHEME.length);
  if (!location.startsWith(SCHEME) || slash < 0) throw new Error(`expected s3://bucket/key, found ${location}`);
  return { bucket: location.slice(SCHEME.length, slash), key: location.slice(slash + 1) };
}
