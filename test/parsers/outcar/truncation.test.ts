import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { FileRecord } from '../../../model/calculation.ts';
import { FIRST, type Layout, outcarText, REACHED, SECOND, type StepText } from './outcar-text.ts';
import { codes, parseText } from './parse-text.ts';

const MOMENTS = ` magnetization (x)

# of ion       s       p       d       tot
------------------------------------------
    1        0.100   0.200   0.300   0.600
    2       -0.100   0.000   0.500   0.400
    3        0.000   0.000   0.000  -1.700
--------------------------------------------------
tot          0.000   0.200   0.800  -0.700

`;
const BAND = ` NEB: projections on to tangent (spring, REAL)     0.004000   -0.226121
  FORCES: max atom, RMS     0.019191    0.007505
`;
const DISPERSION = `  IVDW = 11
  VDW_S6 =  1.0000
  Edisp (eV)   -2.12345

`;

function steps(layout: Layout): StepText[] {
  const extra = { behindLoop: MOMENTS + DISPERSION, behindForces: BAND };
  const ending = `${REACHED}     LOOP+:  cpu time    5.2300: real time    7.7700\n${layout === '4.6' ? MOMENTS : ''}`;
  return [
    { ...FIRST, ...extra },
    { ...SECOND, ...extra, ending },
  ];
}

/** Complete ionic energy blocks in a text, counted without the parser. */
function completeBlocks(text: string): number {
  return text.match(/energy {2}without entropy=.*energy\(sigma->0\) =.*\n/g)?.length ?? 0;
}

/** What the cut file says and the whole one does not; a `FileRecord` of numbers, texts and arrays. */
function inventions(cut: FileRecord, full: FileRecord): string[] {
  const differs = (found: unknown, expected: unknown) => found !== undefined && !isDeepStrictEqual(found, expected);
  const steps = (cut.steps ?? []).flatMap((step, index) => {
    const whole = full.steps?.[index];
    return Object.entries(step)
      .filter(([name, value]) => name !== 'neb' && differs(value, whole === undefined ? NaN : Reflect.get(whole, name)))
      .map(([name]) => `${name} of step ${index + 1}`);
  });
  const bands = (cut.steps ?? []).filter(
    ({ neb }, index) =>
      differs(neb?.tangentForceEvPerAngstrom, full.steps?.[index]?.neb?.tangentForceEvPerAngstrom) ||
      differs(neb?.residualForceEvPerAngstrom, full.steps?.[index]?.neb?.residualForceEvPerAngstrom),
  );
  const settings = Object.entries(cut.settings ?? {}).filter(([tag, value]) => differs(value, full.settings?.[tag]));
  const others = (['version', 'potcars', 'kpoints', 'elapsedSeconds'] as const).filter((name) =>
    differs(cut[name], full[name]),
  );
  return [
    ...steps,
    ...bands.map(() => 'neb'),
    ...settings.map(([tag]) => tag),
    ...others,
    ...wrongStructure(cut, full),
  ];
}

/** Positions are those of the last complete step; without positions of a step only the first one's start. */
function wrongStructure({ structure, steps, ionicStepCount = 0 }: FileRecord, full: FileRecord): string[] {
  if (structure === undefined) return [];
  const positions = steps?.at(-1)?.cartesianAngstrom;
  const rightAtoms = positions === undefined ? ionicStepCount < 2 : structure.cartesianAngstrom === positions;
  const rightCell = isDeepStrictEqual(structure.latticeAngstrom, full.structure?.latticeAngstrom);
  const rightSpecies = isDeepStrictEqual(structure.species, full.structure?.species);
  return rightAtoms && rightCell && rightSpecies ? [] : ['structure'];
}

// 4.6 prints the energies before the forces, 5.4 behind them.
describe.each(['4.6', '5.4'] as const)('an OUTCAR of layout %s cut at every byte', (layout) => {
  const text = outcarText({ layout, steps: steps(layout) });
  const full = parseText(text);

  it('is complete when it is not cut', () => {
    expect(full.completeness).toBe('complete');
    expect(full.steps?.[1]).toMatchObject({
      maxAtomMagnetisationBohr: 1.7,
      dispersionEnergyEv: -2.12345,
      neb: { tangentForceEvPerAngstrom: -0.226121, residualForceEvPerAngstrom: 0.019191 },
      elapsedSeconds: 7.77,
    });
  });

  it('gives the steps whose energy block is whole, and no value that the whole file does not have', () => {
    for (let length = 0; length < text.length; length += 1) {
      const head = text.slice(0, length);
      const cut = parseText(head);
      const place = `cut at byte ${length}`;
      // Only a text that is shorter than the version line is no OUTCAR.
      const readable = length > text.indexOf('\n');
      const ended = head.includes('General timing and accounting informations for this job');
      const blocks = completeBlocks(head);
      const expected = readable
        ? [ended ? 'complete' : 'truncated', blocks, !ended, blocks === 0]
        : ['unreadable', 0, false, true];
      const told = codes(cut);
      const found = [
        cut.completeness,
        cut.ionicStepCount ?? 0,
        told.includes('E_TRUNCATED'),
        told.includes('E_UNREADABLE'),
      ];
      expect(found, place).toEqual(expected);
      expect(inventions(cut, full), place).toEqual([]);
    }
  });
});
