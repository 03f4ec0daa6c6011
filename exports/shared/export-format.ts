/**
 * What an export format is: a definition that names itself, and a function from what it is made of to pieces of a file.
 *
 * Words: a *chunk* is a piece of the file, text or bytes. A format hands out chunks while it works, so that a table of
 * 100,000 candidates or structures is never one string in memory.
 */
import type { ScreeningResult } from '../../model/screening.ts';
import type { StructureDocument } from '../../model/structure-document.ts';

export type Chunk = string | Uint8Array;
export type Chunks = Iterable<Chunk> | AsyncIterable<Chunk>;

/** A line of calculations.ndjson, its keys in their order. */
export type CalculationLine = Readonly<Record<string, unknown>>;

/** What some formats tell beside their material. */
export interface ExportContext {
  readonly adatomVersion: string;
  /** When the results were finished, ISO 8601 in UTC; absent when that is not known. */
  readonly finishedAt?: string;
}

interface Described {
  /** File name without extension; the identifier everywhere. */
  readonly identifier: string;
  readonly title: string;
  /** Of the answer, with its character set when it is text. */
  readonly mediaType: string;
  /** Of a file, without the dot. */
  readonly extension: string;
}

/** Made of the whole answer of one ranking. */
export interface ResultFormat extends Described {
  readonly madeOf: 'result';
  readonly write: (result: ScreeningResult, context: ExportContext) => Chunks;
}

/** Made of what is told of each calculation. */
export interface CalculationsFormat extends Described {
  readonly madeOf: 'calculations';
  readonly write: (lines: AsyncIterable<CalculationLine>, context: ExportContext) => Chunks;
}

/** Made of any number of structures; used for one as well. */
export interface StructuresFormat extends Described {
  readonly madeOf: 'structures';
  readonly write: (structures: AsyncIterable<StructureDocument>, context: ExportContext) => Chunks;
}

/** A file of this kind holds one structure. */
export interface StructureFormat extends Described {
  readonly madeOf: 'structure';
  readonly write: (structure: StructureDocument, context: ExportContext) => Chunks;
}

export type ExportFormat = ResultFormat | CalculationsFormat | StructuresFormat | StructureFormat;
/** Formats of a whole screening. */
export type ScreeningFormat = Exclude<ExportFormat, StructureFormat>;
/** Formats that one calculation's structure can be had in. */
export type SingleStructureFormat = StructuresFormat | StructureFormat;
