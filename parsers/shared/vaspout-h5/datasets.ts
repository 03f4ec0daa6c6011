/**
 * The datasets of a vaspout.h5 by their paths, as numbers and texts.
 *
 * A dataset that is there and cannot be read is an issue, one that is absent is none. What a POTCAR contains is never
 * opened: it is licensed. Fortran writes logicals as 0 and 1 and texts padded with blanks.
 */
import type { Dataset, Entity, Group } from 'h5wasm';
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { OpenHdf5, Watched } from './hdf5-library.ts';

/** Row-major, the last index fastest. */
export interface Table {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Nothing a screening needs is larger in one piece. */
const MAX_TABLE_BYTES = 512 * 1024 * 1024;
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** Deflate, the densest filter in use, packs this many bytes into one. */
const MAX_PACKED_BYTES_PER_BYTE = 1032;
/** Of all tables together: in a damaged file a few bytes can be named as many large tables. */
const FREE_TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_TOTAL_PER_BYTE = 64;
const LICENSED = /^\/input\/potcar\/content(?:\/|$)/;

/** A class because it collects what it could not read. */
export class Datasets {
  readonly #file: OpenHdf5;
  readonly #sizeBytes: number;
  readonly #names = new Map<string, readonly string[]>();
  readonly #lost = new Set<string>();
  readonly #damaged = new Map<string, string>();
  #leftBytes: number;

  constructor(file: OpenHdf5, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
    this.#leftBytes = FREE_TOTAL_BYTES + MAX_TOTAL_PER_BYTE * sizeBytes;
  }

  /** Paths of what lies behind the end of a cut file, as far as it was asked for. */
  get lost(): ReadonlySet<string> {
    return this.#lost;
  }

  issues(): Issue[] {
    return [...this.#damaged].map(([path, found]) =>
      issue('E_UNPARSEABLE', { expected: 'a dataset of VASP', found }, { byteOffset: 0, block: path }),
    );
  }

  place(path: string): Place {
    return { byteOffset: 0, byteLength: this.#sizeBytes, dataset: path };
  }

  /** Names in a group, none when there is no such group. */
  names(path: string): readonly string[] {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const group = path === '/' ? this.#file.root : this.#entity(path);
    const names = isGroup(group) ? (this.#read(path, () => group.keys()) ?? []) : [];
    this.#names.set(path, names);
    return names;
  }

  has(path: string): boolean {
    const slash = path.lastIndexOf('/');
    return this.names(slash <= 0 ? '/' : path.slice(0, slash)).includes(path.slice(slash + 1));
  }

  shape(path: string): readonly number[] | undefined {
    const dataset = this.#dataset(path);
    return dataset === undefined ? undefined : (this.#read(path, () => dataset.metadata.shape) ?? undefined);
  }

  /** All of a dataset; `rows`: from the first to before the second along its first index. */
  table(path: string, rows?: readonly [number, number]): Table | undefined {
    const dataset = this.#dataset(path);
    const shape = this.shape(path);
    if (dataset === undefined || shape === undefined) return undefined;
    const wanted = rows === undefined ? shape : [rows[1] - rows[0], ...shape.slice(1)];
    const count = wanted.reduce((product, length) => product * length, 1);
    if (!this.#mayRead(path, count, MAX_TABLE_BYTES)) return this.#damage(path, `${count} numbers`);
    const stored = this.#read(path, () => (rows === undefined ? dataset.value : dataset.slice([[...rows]])));
    if (stored === undefined) return undefined;
    const values = numbersOf(stored);
    if (values?.length !== count) return this.#damage(path, 'no numbers');
    return { shape: wanted, values };
  }

  /** A dataset of exactly this shape; −1 stands for any length. */
  shaped(path: string, shape: readonly number[]): Table | undefined {
    const own = this.shape(path);
    if (own === undefined) return undefined;
    const fits =
      own.length === shape.length && own.every((length, axis) => shape[axis] === -1 || shape[axis] === length);
    return fits ? this.table(path) : this.#damage(path, `shape ${own.join(' × ') || 'of one value'}`);
  }

  number(path: string): number | undefined {
    const table = this.table(path);
    return table?.values.length === 1 ? finite(table.values[0]) : undefined;
  }

  texts(path: string): readonly string[] | undefined {
    const dataset = this.#dataset(path);
    if (dataset === undefined) return undefined;
    const count = this.#read(path, () => dataset.metadata.total_size);
    if (count === undefined) return undefined;
    if (!this.#mayRead(path, count, MAX_TEXT_BYTES)) return this.#damage(path, `${count} texts`);
    const stored = this.#read(path, () => dataset.value);
    const texts = typeof stored === 'string' ? [stored] : stored;
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
      return stored === undefined ? undefined : this.#damage(path, 'no text');
    }
    return texts.map((text) => text.replace(/\0+$/, '').trimEnd());
  }

  text(path: string): string | undefined {
    return this.texts(path)?.[0];
  }

  isText(path: string): boolean {
    const dataset = this.#dataset(path);
    return dataset !== undefined && this.#read(path, () => dataset.metadata.type) === STRING_TYPE;
  }

  #dataset(path: string): Dataset | undefined {
    if (LICENSED.test(path)) return undefined;
    const entity = this.#entity(path);
    if (entity === undefined || entity === null) return undefined;
    // What the library takes a dataset for that it cannot open.
    if (isGroup(entity)) return this.#damage(path, 'no dataset');
    return 'dtype' in entity && 'slice' in entity ? entity : undefined;
  }

  #entity(path: string): Entity | null | undefined {
    if (!this.has(path)) return undefined;
    const entity = this.#read(path, () => this.#file.root.get(path));
    if (entity === null) return this.#damage(path, 'an object that cannot be opened');
    return entity;
  }

  /** Whether so many entries, with the chunk that each is unpacked from, can come out of a file of this size. */
  #mayRead(path: string, count: number, maximumBytes: number): boolean {
    const form = this.#read(path, () => this.#dataset(path)?.metadata);
    const size = Math.max(BYTES_A_NUMBER, form?.size ?? 0);
    const chunk = (form?.chunks ?? []).reduce((product, length) => product * length, 1);
    const bytes = size * Math.max(count, chunk);
    const largest = Math.min(maximumBytes, MAX_PACKED_BYTES_PER_BYTE * this.#sizeBytes, this.#leftBytes);
    if (!(bytes <= largest)) return false;
    this.#leftBytes -= bytes;
    return true;
  }

  #read<T>(path: string, action: () => T): T | undefined {
    const { result, sawMissing }: Watched<T> = this.#file.watched(action);
    if (sawMissing) {
      this.#lost.add(path);
      return undefined;
    }
    return result === undefined ? this.#damage(path, 'damaged bytes') : result;
  }

  #damage(path: string, found: string): undefined {
    if (!this.#lost.has(path) && !this.#damaged.has(path)) this.#damaged.set(path, found);
    return undefined;
  }
}

const BYTES_A_NUMBER = 8;
/** H5T_STRING */
const STRING_TYPE = 3;

function isGroup(entity: Entity | null | undefined): entity is Group {
  return entity !== null && entity !== undefined && 'keys' in entity;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** A single value comes alone, whole numbers of 64 bits as bigint. */
function numbersOf(stored: unknown): Float64Array | undefined {
  if (typeof stored === 'number' || typeof stored === 'bigint') return Float64Array.of(Number(stored));
  if (stored instanceof Float64Array) return stored;
  if (stored instanceof BigInt64Array || stored instanceof BigUint64Array) return Float64Array.from(stored, Number);
  if (!ArrayBuffer.isView(stored) || stored instanceof DataView) return undefined;
  // `as`: every other view is one of numbers.
  return Float64Array.from(stored as unknown as ArrayLike<number>);
}
