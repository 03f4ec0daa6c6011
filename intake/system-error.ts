/**
 * Errors of the operating system in words a scientist can act on. An error without a system code is a bug of ours and
 * is not converted.
 */

export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string';
}

export function reasonOf(error: SystemError): string {
  return REASONS[error.code] ?? `${error.code} (${error.syscall})`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; ask its owner for read access',
  EPERM: 'permission denied; ask its owner for read access',
  ENOENT: 'no such file or folder (or it vanished)',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'symbolic links lead in a circle',
  ENAMETOOLONG: 'its path is too long for this system',
  EIO: 'the disk reported a read error',
  ESTALE: 'the network file system has lost it; try again',
  ENXIO: 'it is a pipe or device, not a file',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  ENFILE: 'too many open files on this system',
  ENOSPC: 'no space left on the disk (archives are unpacked to TMPDIR)',
};
