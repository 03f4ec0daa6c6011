/**
 * Which paths an upload may contain: relative ones that mean the same file on every system.
 *
 * The mistakes avoided: a path that leaves its folder (`../x`, `/x`, `C:x`, `a\..\x`), and two paths that are one file
 * where they are unpacked next (`OUTCAR` and `Outcar` on macOS and Windows, `nul` on Windows): the second one would
 * silently replace the first.
 */

export const MAX_PATH_BYTES = 1024;
export const MAX_PART_BYTES = 255;
export const MAX_PATH_DEPTH = 64;

/** Why a path is refused, as a rule in words; undefined for a path that may be used. */
export function uploadPathFault(path: string): string | undefined {
  if (path === '') return 'the name is empty';
  // Every code unit is at least a byte: a longer text need not be encoded to be refused.
  if (path.length > MAX_PATH_BYTES || byteLength(path) > MAX_PATH_BYTES) {
    return `a path has at most ${MAX_PATH_BYTES} bytes`;
  }
  if (path.startsWith('/')) return 'absolute paths are refused';
  if (/^[A-Za-z]:/.test(path)) return 'paths with a drive are refused';
  if (path.includes('\\')) return 'backslashes are refused';
  if (CONTROL.test(path)) return 'control characters are refused';
  if (/\p{Surrogate}/u.test(path) || path.includes('\ufffd')) return 'the name is no valid Unicode text';
  const parts = path.split('/');
  if (parts.length > MAX_PATH_DEPTH) return `a path has at most ${MAX_PATH_DEPTH} parts`;
  for (const part of parts) {
    const fault = partFault(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Paths seen so far, each a file or a folder. */
export interface PathRegister {
  /** Why the path does not go with those before it. The folders above a file need not be added. */
  readonly add: (path: string, kind: 'file' | 'folder') => string | undefined;
  /** Whether a file or a folder of this path was added, in whatever case. */
  readonly has: (path: string) => boolean;
}

/**
 * Finds paths that are one on some file system. Files and folders above them together are at most `maxEntries`, so that
 * the memory of the register is bounded too. `path` must be without fault.
 */
export function pathRegister(maxEntries: number): PathRegister {
  /** `NUMBER OF THE FOLDER/folded name` → what stands there. */
  const nodes = new Map<string, Node>();
  const add: PathRegister['add'] = (path, kind) => {
    const parts = path.split('/');
    let folder = 0;
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const wanted = isLast ? kind : 'folder';
      const key = keyOf(folder, part);
      const there = nodes.get(key);
      if (there === undefined) {
        if (nodes.size >= maxEntries) return `more than ${maxEntries} files and folders are refused`;
        nodes.set(key, { number: nodes.size + 1, kind: wanted, part });
        folder = nodes.size;
        continue;
      }
      const fault = clash(there, part, wanted);
      if (fault !== undefined) return fault;
      folder = there.number;
    }
    return undefined;
  };
  const has: PathRegister['has'] = (path) => {
    let folder: number | undefined = 0;
    for (const part of path.split('/')) {
      folder = folder === undefined ? undefined : nodes.get(keyOf(folder, part))?.number;
    }
    return folder !== undefined;
  };
  return { add, has };
}

function keyOf(folder: number, part: string): string {
  return `${folder}/${part.normalize('NFC').toLowerCase()}`;
}

interface Node {
  readonly number: number;
  readonly kind: 'file' | 'folder';
  readonly part: string;
}

function clash(there: Node, part: string, wanted: 'file' | 'folder'): string | undefined {
  if (there.kind !== wanted) return 'the same name is a file and a folder';
  if (there.part !== part) return `it differs from ${JSON.stringify(there.part)} only by upper and lower case`;
  return wanted === 'file' ? 'the same name occurs twice' : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Devices of Windows, with any suffix. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

function partFault(part: string): string | undefined {
  if (part === '') return 'empty parts of a path are refused';
  if (part === '.' || part === '..') return `"${part}" as a part of a path is refused`;
  if (byteLength(part) > MAX_PART_BYTES) return `a part of a path has at most ${MAX_PART_BYTES} bytes`;
  if (/[. ]$/.test(part)) return 'names that end in a dot or a space are refused';
  if (WINDOWS_DEVICE.test(part)) return 'names of Windows devices are refused';
  return undefined;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
