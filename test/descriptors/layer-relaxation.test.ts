import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerRelaxation } from '../../descriptors/layer-relaxation.ts';
import { expectNear } from '../near.ts';
import { available } from './descriptor-cases.ts';

const compute = (inputs: object) => available(layerRelaxation.compute(layerRelaxation.inputs.parse(inputs)));

describe('relaxation of the outermost planes', () => {
  it('is negative when the first plane moves inwards', () => {
    const { value, parts } = compute({ spacingsAngstrom: [2.4, 2.525, 2.5], bulkSpacingsAngstrom: [2.5] });
    expectNear(value, -0.04, 1e-12); // by hand
    expectNear(parts.secondFraction, 0.01, 1e-12);
    expect(parts.fractions).toHaveLength(3);
  });

  it('holds every distance against its own one in the bulk', () => {
    // ZnO(0001), planes at 0.6145 and 1.9890 Å in turn: 0.45 and 2.05 are −26.77 and +3.07 %.
    const { value, parts } = compute({ spacingsAngstrom: [0.45, 2.05, 0.6145], bulkSpacingsAngstrom: [0.6145, 1.989] });
    expectNear(value, -0.2677, 5e-6);
    expectNear(parts.secondFraction, 0.03067, 5e-6);
    expectNear((parts.fractions as readonly number[])[2], 0, 1e-12); // as defined
  });

  it('is zero for a cut bulk, whatever its planes, and does not depend on the unit of length', () => {
    const spacings = fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(spacings, fc.double({ min: 0.5, max: 2, noNaN: true }), (bulk, factor) => {
        expectNear(compute({ spacingsAngstrom: [...bulk, ...bulk], bulkSpacingsAngstrom: bulk }).value, 0, 1e-12);
        const grown = compute({ spacingsAngstrom: bulk.map((each) => each * factor), bulkSpacingsAngstrom: bulk });
        expectNear(grown.value, factor - 1, 1e-9);
      }),
    );
  });

  it('refuses planes that coincide', () => {
    expect(layerRelaxation.inputs.safeParse({ spacingsAngstrom: [0], bulkSpacingsAngstrom: [2.5] }).success).toBe(
      false,
    );
  });
});
