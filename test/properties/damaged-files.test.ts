/**
 * The smallest sample of each format, cut at every byte and with a bit flipped in every byte, and the archives: what the
 * fuzzer asks of its random cases, asked of these ones without a gap at every run of the tests.
 */
import { describe, expect, it } from 'vitest';
import { archiveTargets } from '../../bench/fuzz/archive-targets.ts';
import { type Mutation, mutations } from '../../bench/fuzz/mutations.ts';
import { recordTargets } from '../../bench/fuzz/record-targets.ts';
import { OWN_SAMPLES } from '../../bench/fuzz/samples.ts';
import type { Target } from '../../bench/fuzz/target.ts';
import { randomOf } from '../../bench/shared/random.ts';

/** A longer sample is damaged at as many places, evenly spread by a step that shares no factor with its line lengths. */
const MAX_PLACES = 1500;
/** These cost milliseconds a file. */
const MAX_SLOW_PLACES = 150;
const SLOW: ReadonlySet<string> = new Set(['vaspout-h5', 'outcar', 'vasprun-xml', 'packed', 'upload']);

const smallest = [...(await recordTargets(OWN_SAMPLES)).values()].flatMap((found) => found.slice(0, 1));
const targets = [...smallest, ...[...archiveTargets().values()].flat()].map((target) => ({
  name: `${target.format} ${target.name.slice(target.name.lastIndexOf('/') + 1)}`,
  target,
}));

describe.each(targets)('$name', ({ target }) => {
  it('cut at any byte tells so, or is a shorter whole file', async () => {
    const mutation = mutationNamed('cut');
    await expectGood(target, mutation, (length) => target.bytes.subarray(0, length));
  });

  it('with a flipped bit in any byte gives no number that the file does not have, and nothing thrown', async () => {
    const mutation = mutationNamed('bit flip');
    await expectGood(target, mutation, (at) => {
      const damaged = Buffer.from(target.bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      return damaged;
    });
  });
});

async function expectGood(target: Target, mutation: Mutation, damagedAt: (at: number) => Buffer): Promise<void> {
  for (const at of places(target)) {
    const faults = await target.faults(damagedAt(at), { mutation, isWindowed: false, random: randomOf(1, at) });
    expect(faults, `byte ${at}`).toEqual([]);
  }
}

function places({ bytes, format }: Target): number[] {
  const limit = SLOW.has(format) ? MAX_SLOW_PLACES : MAX_PLACES;
  const step = bytes.length <= limit ? 1 : Math.ceil(bytes.length / limit) | 1;
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => index * step);
}

function mutationNamed(name: string): Mutation {
  const found = mutations.find((mutation) => mutation.name === name);
  if (found === undefined) throw new Error(`no damage is called ${name}`);
  return found;
}
