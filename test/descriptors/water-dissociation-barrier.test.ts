import { describe, expect, it } from 'vitest';
import { waterDissociationBarrier } from '../../descriptors/water-dissociation-barrier.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => waterDissociationBarrier.compute(waterDissociationBarrier.inputs.parse(inputs));

describe('barrier of splitting water', () => {
  it('is counted from the adsorbed molecule', () => {
    const result = available(compute({ adsorbedWaterEv: -10, transitionStateEv: -9.1, dissociatedEv: -9.4 }));
    expectNear(result.value, 0.9, 1e-12);
    expectNear(result.parts.reverseBarrierEv, 0.3, 1e-12);
    expectNear(result.parts.reactionEnergyEv, 0.6, 1e-12);
    expect(result.uncertainty).toBe(0.05); // SCIENCE §10.5
  });

  it.each([
    [{ adsorbedWaterEv: -10, transitionStateEv: -10.1 }],
    [{ adsorbedWaterEv: -10, transitionStateEv: -9.5, dissociatedEv: -9.4 }],
  ])('is none where the saddle lies below an end (%j)', (inputs) => {
    expect(codes(unavailable(compute(inputs)))).toEqual(['E_INPUT']);
  });
});
