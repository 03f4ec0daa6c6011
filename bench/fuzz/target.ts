/** Something to be damaged and read: a sample of a format, or an archive. */
import type { Random } from '../shared/random.ts';
import type { Mutation } from './mutations.ts';

export interface Target {
  /** What cases are counted by. */
  readonly format: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** What is wrong with what the reader made of these bytes. */
  readonly faults: (damaged: Buffer, damage: Damage) => readonly string[] | Promise<readonly string[]>;
}

export interface Damage {
  /** Undefined behind a second damage, which leaves nothing to compare with. */
  readonly mutation: Mutation | undefined;
  /** Whether to read through a small window too. */
  readonly isWindowed: boolean;
  readonly random: Random;
}
