import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calculation } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { assemble, pairs } from './assemble.ts';
import { bulk, campaign, li, metal } from './campaign.ts';
import { calculationOf, permuted, rotated, supercell, translated, withAtoms, znoPrism } from './fixtures.ts';

describe('roles and links do not depend on', () => {
  const prism = supercell(znoPrism(2, 25), 2, 1);
  const tree = [
    ...campaign,
    calculationOf('prism/slab/OUTCAR', { structure: prism }),
    calculationOf('prism/li/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7)]) }),
    calculationOf('prism/li2/OUTCAR', { structure: withAtoms(prism, [li(1, 2, 7), li(4, 1, 7.2)]) }),
  ];
  const shape = (calculations: readonly Calculation[]) => {
    const { systems, roles } = assemble(calculations);
    return {
      systems: systems.map(({ id, slab: clean, adsorbed }) => ({ id, clean, adsorbed })),
      clean: pairs(systems, 'clean-slab'),
      atoms: pairs(systems, 'atom-reference'),
      metals: pairs(systems, 'bulk-reference'),
      bulks: pairs(systems, 'slab-bulk'),
      roles: [...roles].map(([id, role]) => `${id} ${role.role}`).sort(),
    };
  };
  const plain = shape(tree);
  const changed = (change: (structure: Structure, at: number) => Structure): Calculation[] =>
    tree.map((calculation, at) =>
      calculation.structure === undefined
        ? calculation
        : { ...calculation, structure: change(calculation.structure, at) },
    );

  it('the order of the calculations', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(tree, { minLength: tree.length }), (order) => {
        expect(shape(order)).toEqual(plain);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  it('where each slab lies in its cell', () => {
    expect(shape(changed((structure, at) => translated(structure, [0.9 * at, -0.4 * at, 2.7 * at])))).toEqual(plain);
  });

  it('how each cell stands in space', () => {
    expect(shape(changed((structure, at) => rotated(structure, 37 * at)))).toEqual(plain);
  });

  it('the order of the atoms', () => {
    const reversed = (structure: Structure) => permuted(structure, [...structure.species.keys()].reverse());
    expect(shape(changed((structure, at) => (at % 2 === 0 ? reversed(structure) : structure)))).toEqual(plain);
  });

  it('the size of the references', () => {
    const larger = tree.map((calculation) =>
      calculation === bulk || calculation === metal
        ? {
            ...calculation,
            structure: supercell(calculation.structure!, 2, 1),
            kpoints: { mesh: calculation === bulk ? ([5, 9, 5] as const) : ([4, 8, 8] as const) },
            final: { ...calculation.final!, energySigma0Ev: 2 * calculation.final!.energySigma0Ev! },
          }
        : calculation,
    );
    expect(shape(larger)).toEqual(plain);
  });
});
