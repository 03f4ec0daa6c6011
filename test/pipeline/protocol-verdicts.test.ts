import { describe, expect, it } from 'vitest';
import { protocolLines } from '../../cli/shared/protocol-text.ts';
import { itemSummaries, protocolVerdicts } from '../../cli/shared/protocol-verdicts.ts';
import { paintFor } from '../../cli/shared/terminal.ts';
import { screeningResultSchema } from '../../model/screening-schema.ts';
import { loadProtocol } from '../../reading/find-profile.ts';
import { treeOf } from './read-runs.ts';
import { screened } from './screening.ts';
import { example, withSettings } from './trees.ts';

const PROTOCOL = loadProtocol('general');
const plain = paintFor({ isTTY: false });

describe('a screening with a protocol', () => {
  const loose = example.map((one) => (one.structure?.species.length === 1 ? withSettings(one, { ISPIN: 1 }) : one));
  const result = screened(treeOf(loose), { protocol: PROTOCOL });

  it('holds every calculation against it: slabs with their candidate, all others beside them', () => {
    const ofSlabs = new Set(result.candidates.flatMap((one) => (one.protocol ?? []).map((entry) => entry.calculation)));
    const others = new Set((result.protocolVerdicts ?? []).map((entry) => entry.calculation));
    expect([...others].filter((id) => ofSlabs.has(id))).toEqual([]);
    expect([...ofSlabs, ...others].sort()).toEqual(loose.map(({ id }) => id).sort());
    expect(screeningResultSchema.safeParse(result).success).toBe(true);
  });

  it('tells per item how many pass, and which calculation fails with what', () => {
    const atoms = loose.filter(({ structure }) => structure?.species.length === 1);
    expect(atoms.length).toBeGreaterThan(0);
    const spin = itemSummaries(protocolVerdicts(result)).find(({ item }) => item === 'spin of the atom');
    expect(spin?.counts).toEqual({ pass: 0, fail: atoms.length, 'not-determinable': 0 });
    const lines = protocolLines(result, plain);
    expect(lines[0]).toBe('Not as protocol general says');
    expect(lines).toContain(`  ${atoms[0]?.id}: spin of the atom is ISPIN = 1, expected ISPIN = 2`);
  });

  it('without one has no verdicts and no lines', () => {
    const bare = screened(treeOf(example));
    expect('protocolVerdicts' in bare).toBe(false);
    expect(protocolLines(bare, plain)).toEqual([]);
  });
});
