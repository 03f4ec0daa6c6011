/**
 * An NEB folder as it was found and read: numbered images, each with what its folder holds.
 */
import type { Calculation, Settings } from './calculation.ts';
import type { Structure } from './structure.ts';

export interface BandImage {
  readonly index: number;
  /** Folder of the image. */
  readonly folder: string;
  /** CONTCAR, else the final structure of the OUTCAR, else POSCAR. */
  readonly structure?: Structure;
  /** A POSCAR or CONTCAR of the image was read: without flags in it all atoms are free, an OUTCAR alone cannot tell. */
  readonly constraintsKnown?: true;
  /** The run in the image folder, when there is one. Endpoints usually have none. */
  readonly calculation?: Calculation;
}

export interface Band {
  /** Folder that holds the image folders; `.` for the searched one. */
  readonly id: string;
  /** In order of their numbers. */
  readonly images: readonly BandImage[];
  /** Of the INCAR beside the image folders; empty without one. */
  readonly settings: Settings;
}
