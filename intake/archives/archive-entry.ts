/** What tar and zip have in common: a row of files and folders. */

export interface ArchiveEntry {
  /** `/` between the parts, none at the ends; empty for the root of the archive. */
  readonly path: string;
  /** A link is never followed: its content is empty, and where it leads to nobody asks. */
  readonly kind: 'file' | 'folder' | 'link';
  /** Of a link: in which words it is refused. */
  readonly linkRule?: string;
  /** As the archive states it. `content` never gives more. */
  readonly sizeBytes: number;
  readonly content: AsyncIterable<Buffer>;
}

/** Without the `./` that `tar -C FOLDER .` puts before every name, and without the slash that marks a folder. */
export function partPath(stated: string): string {
  const relative = stated === '.' ? '' : stated.replace(/^(?:\.\/)+/, '');
  return relative.endsWith('/') && !relative.endsWith('//') ? relative.slice(0, -1) : relative;
}
