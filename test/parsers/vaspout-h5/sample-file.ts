/** Writes HDF5 files as VASP does, with the library itself. */
import { type File, FS, type Group, File as LibraryFile, ready } from 'h5wasm';

export interface SampleDataset {
  readonly data: readonly number[] | readonly string[];
  /** Absent: one value. */
  readonly shape?: readonly number[];
  readonly kind: 'real' | 'integer' | 'text';
  /** Extendible along its first index, one row a chunk, as VASP writes what grows. */
  readonly grows?: boolean;
  /** Only of what grows: its chunks are compressed. */
  readonly isPacked?: boolean;
}

export type Sample = Readonly<Record<string, SampleDataset>>;

export const real = (data: readonly number[], ...shape: readonly number[]): SampleDataset => ({
  data,
  shape,
  kind: 'real',
});
export const growing = (data: readonly number[], ...shape: readonly number[]): SampleDataset => ({
  ...real(data, ...shape),
  grows: true,
});
export const integer = (...data: readonly number[]): SampleDataset => ({ data, kind: 'integer' });
export const text = (...data: readonly string[]): SampleDataset => ({ data, kind: 'text' });

const PATH = '/sample.h5';

export async function sampleFile(sample: Sample): Promise<Buffer> {
  await ready;
  const file = new LibraryFile(PATH, 'w');
  for (const [path, dataset] of Object.entries(sample)) write(file, path, dataset);
  file.close();
  const bytes: unknown = FS?.readFile(PATH);
  FS?.unlink(PATH);
  if (!(bytes instanceof Uint8Array)) throw new Error('no file was written');
  return Buffer.from(bytes);
}

function write(
  file: File,
  path: string,
  { data, shape = [], kind, grows = false, isPacked = false }: SampleDataset,
): void {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.pop() ?? '';
  let group: Group = file;
  for (const part of parts) {
    const there = group.get(part);
    // `as`: only groups are made under these names.
    group = there === null ? group.create_group(part) : (there as Group);
  }
  const isScalar = shape.length === 0 && data.length === 1;
  const stated = shape.length > 0 ? [...shape] : isScalar ? [] : [data.length];
  const values =
    kind === 'real' ? Float64Array.from(data, Number) : kind === 'integer' ? Int32Array.from(data, Number) : [...data];
  const longest = Math.max(1, ...data.map((value) => String(value).length));
  group.create_dataset({
    name,
    // `as`: the library takes a list of texts, and one text, as a list of them.
    data: values as string[] | Float64Array | Int32Array,
    shape: stated,
    dtype: kind === 'real' ? '<d' : kind === 'integer' ? '<i' : `S${longest}`,
    ...(grows && { maxshape: [null, ...stated.slice(1)], chunks: [1, ...stated.slice(1)] }),
    ...(isPacked && { compression: 'gzip', compression_opts: 4 }),
  });
}
