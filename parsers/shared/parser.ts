/**
 * What a format is: how its files are recognised and how their bytes become a record.
 *
 * A parser reports what the file says and fails on nothing but a bug: bad bytes become issues with their place.
 */
import type { ByteSource } from '../../model/byte-source.ts';
import type { FileFormat, FileRecord } from '../../model/calculation.ts';

export interface ParseOptions {
  /** Window of the scanner, bytes; only tests set it. */
  readonly windowBytes?: number;
  /** `last`: of the steps before the last one only their number and whether each converged is read. Default `all`. */
  readonly steps?: 'last' | 'all';
  /** Keep all eigenvalues, not only the band gap. */
  readonly eigenvalues?: boolean;
  /** Keep the density of states. */
  readonly densityOfStates?: boolean;
  /** Read the d states of every atom of a DOSCAR. */
  readonly dStates?: boolean;
  /** Final state only, from the end of the file: how many steps there were is then unknown. */
  readonly tail?: boolean;
}

export interface ParserDefinition {
  readonly format: FileFormat;
  readonly title: string;
  /** Whether a file of this name (without folder and compression suffix) is usually of this format. */
  readonly matchesName: (name: string) => boolean;
  /** Whether these first bytes (up to 4 kB) look like this format. */
  readonly matchesContent: (head: string) => boolean;
  /** Loads what `parse` needs (WebAssembly); awaited once before the first `parse`. */
  readonly prepare?: () => Promise<void>;
  readonly parse: (source: ByteSource, options?: ParseOptions) => FileRecord;
}
