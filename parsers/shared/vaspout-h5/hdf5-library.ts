/**
 * The HDF5 library (WebAssembly), reading through a `ByteSource` in place of a file.
 *
 * Its build for browsers is used: that for Node opens paths of the real disk, so that a file could name others to be
 * read along. A gigabyte is not copied: the library asks for the bytes it needs. The library refuses every file that is
 * shorter than it was; here it is shown the missing end as zeros, and whatever it read of them is not a value.
 */
import type { Group } from 'h5wasm';
import type { ByteSource } from '../../../model/byte-source.ts';
import { readFully } from './superblock.ts';

type Library = typeof import('h5wasm');

/** What is used of the file system of Emscripten; the types of the library know only half of it. */
interface FileSystem {
  readonly getStream: (descriptor: number) => { stream_ops: StreamOperations } | null;
  readonly analyzePath: (path: string) => { readonly exists: boolean };
  readonly unlink: (path: string) => void;
  readonly createFile: (
    folder: string,
    name: string,
    properties: object,
    canRead: boolean,
    canWrite: boolean,
  ) => FileNode;
}

interface FileNode {
  usedBytes: number;
  stream_ops: StreamOperations;
}

interface StreamOperations {
  readonly read: (stream: unknown, target: Uint8Array, offset: number, length: number, position: number) => number;
  readonly write: (stream: unknown, bytes: Uint8Array, offset: number, length: number) => number;
}

/** The one instance of the process, since loading takes 0.3 s. It keeps nothing between two files. */
interface Instance {
  readonly library: Library;
  readonly files: FileSystem;
}

const state: { instance?: Instance | undefined; loading?: Promise<Instance> | undefined; count: number } = { count: 0 };

export async function loadHdf5(): Promise<void> {
  state.loading ??= load(state.count);
  state.instance = await state.loading;
}

/** After a fault inside of it an instance is not used any more; the next `loadHdf5` makes another one. */
function discardInstance(): void {
  state.instance = undefined;
  state.loading = undefined;
  state.count += 1;
}

async function load(count: number): Promise<Instance> {
  // The library makes its one instance when its module is evaluated; another address is another module.
  const library: Library =
    count === 0 ? await import('h5wasm') : await import(`${import.meta.resolve('h5wasm')}?${count}`);
  const module = await library.ready;
  refuseFailedReads(module);
  // `as`: see FileSystem.
  const files = module.FS as unknown as FileSystem;
  const errors = files.getStream(ERROR_STREAM);
  // Every error is also an outcome: nothing is to be printed.
  if (errors !== null)
    errors.stream_ops = { ...errors.stream_ops, write: (_stream, _bytes, _offset, length) => length };
  return { library, files };
}

/** The library drops the outcome of a read: one that failed would give whatever stood in memory before. */
function refuseFailedReads(module: Awaited<Library['ready']>): void {
  const read = module.get_dataset_data;
  module.get_dataset_data = (...request) => {
    const outcome = read(...request);
    if (outcome < 0) throw new Error('a dataset cannot be read');
    return outcome;
  };
}

const ERROR_STREAM = 2;
const PATH = '/source.h5';
interface Watch {
  sawMissing: boolean;
  readBytes: number;
  /** What the source threw: its disk failed, which is no damage of the file. */
  failure?: unknown;
}

/** More reading than any file needs; damage can send the library in circles. */
const MAX_READS_PER_BYTE = 64;
const FREE_READ_BYTES = 64 * 1024 * 1024;
/** What a read costs besides its bytes: circles are often of a few bytes each. */
const BYTES_PER_READ = 1024;

/** Thrown through the library, which is of no use afterwards. */
class EndlessReading extends Error {}

export interface Watched<T> {
  /** Undefined when the library failed. */
  readonly result: T | undefined;
  /** It read bytes that are not in the file: the result is none. */
  readonly sawMissing: boolean;
}

export interface OpenHdf5 {
  readonly root: Group;
  readonly watched: <T>(action: () => T) => Watched<T>;
  readonly close: () => void;
}

/** `wholeBytes`: how long the file was. Undefined when the library cannot open it. */
export function openHdf5(source: ByteSource, wholeBytes: number): OpenHdf5 | undefined {
  const { instance } = state;
  if (instance === undefined) throw new Error('the HDF5 library is not loaded');
  const { files, library } = instance;
  const watch: Watch = { sawMissing: false, readBytes: 0 };
  let isBroken = false;
  const watched: OpenHdf5['watched'] = (action) => {
    watch.sawMissing = false;
    try {
      return { result: isBroken ? undefined : action(), sawMissing: watch.sawMissing };
    } catch (error) {
      if ((isFatal(error) || watch.failure !== undefined) && !isBroken) {
        isBroken = true;
        discardInstance();
        if (watch.failure !== undefined) throw watch.failure;
      }
      return { result: undefined, sawMissing: watch.sawMissing };
    }
  };
  if (files.analyzePath(PATH).exists) files.unlink(PATH);
  const node = files.createFile('/', PATH.slice(1), {}, true, false);
  node.usedBytes = wholeBytes;
  node.stream_ops = { ...node.stream_ops, read: reader(source, wholeBytes, watch) };
  const { result: file } = watched(() => new library.File(PATH, 'r'));
  const close = (): void => {
    watched(() => file?.close());
    if (!isBroken) files.unlink(PATH);
  };
  if (file !== undefined && file.file_id >= 0n) return { root: file, watched, close };
  close();
  return undefined;
}

/** The library reports damage by errors of its own; these mean that it crashed or was stopped. */
function isFatal(error: unknown): boolean {
  return error instanceof EndlessReading || isCrash(error) || error instanceof RangeError;
}

/** By its name: the types of the library shadow the class of WebAssembly. */
function isCrash(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}

function reader(source: ByteSource, wholeBytes: number, watch: Watch): StreamOperations['read'] {
  return (_stream, target, offset, length, position) => {
    const count = Math.max(0, Math.min(length, wholeBytes - position));
    watch.readBytes += count + BYTES_PER_READ;
    // By the size there is: that of the whole file is only stated.
    if (watch.readBytes > FREE_READ_BYTES + MAX_READS_PER_BYTE * source.sizeBytes) throw new EndlessReading();
    const wanted = target.subarray(offset, offset + count);
    const found = readOr(watch, () => readFully(source, wanted, position));
    if (found < count) {
      wanted.fill(0, found);
      watch.sawMissing = true;
    }
    return count;
  };
}

function readOr(watch: Watch, read: () => number): number {
  try {
    return read();
  } catch (error) {
    watch.failure = error;
    throw error;
  }
}
