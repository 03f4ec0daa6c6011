/** vasprun.xml: bands and the response to fields. The expected numbers are worked out by hand from the fixture. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { BANDS, calculation, HEAD, parse, RELAXATION, row, STEP_2, TAIL } from './vasprun-xml-cases.ts';

const last = (text: string) => parse(text).steps!.at(-1)!;
const one = (step: Partial<typeof STEP_2>) => `${HEAD}${calculation({ ...STEP_2, ...step })}${TAIL}`;

describe('the bands', () => {
  it('give the gap: from 0.5 eV at the first k-point to 3.75 eV at the second', () => {
    expect(parse(RELAXATION).bandGap).toEqual({
      kind: 'insulator',
      gapEv: 3.25,
      isDirect: false,
      valenceBandMaximum: { energyEv: 0.5, spin: 0, kpoint: 0 },
      conductionBandMinimum: { energyEv: 3.75, spin: 0, kpoint: 1 },
    });
  });

  it('are kept on request', () => {
    expect(parse(RELAXATION)).not.toHaveProperty('eigenvalues');
    expect(parse(RELAXATION)).not.toHaveProperty('densityOfStates');
    const record = parse(RELAXATION, { eigenvalues: true, densityOfStates: true });
    expect(record.eigenvalues).toEqual({
      spinCount: 1,
      kpointCount: 2,
      bandCount: 3,
      energiesEv: Float64Array.of(-3, 0.5, 4.25, -2.5, 0.125, 3.75),
      occupations: Float64Array.of(1, 1, 0, 1, 1, 0),
      kpointsFractional: [
        [0.25, 0, 0.125],
        [-0.25, 0, 0.125],
      ],
      weights: [0.25, 0.75],
    });
    expect(record.densityOfStates).toEqual({
      spinCount: 1,
      energiesEv: Float64Array.of(-2, 3),
      totalPerEv: Float64Array.of(0.25, 0.5),
      integrated: Float64Array.of(0.25, 2),
      fermiEnergyEv: 1.5,
    });
  });

  it('of other k-points (KPOINTS_OPT) are not those of the run', () => {
    const other = BANDS.replace('<dos>', '<dos comment="kpoints_opt">')
      .replace('1.50000000', '9.99000000')
      .replace(/ {2}<eigenvalues>[\s\S]*/, '');
    expect(last(one({ behind: BANDS + other })).fermiEnergyEv).toBe(1.5);
    expect(last(one({ behind: other + BANDS })).fermiEnergyEv).toBe(1.5);
  });
});

describe('the response', () => {
  const TENSORS = `  <varray name="epsilon" >
   ${row([2.1, 0.1, 0.2])}
   ${row([0.1, 2.2, 0.3])}
   ${row([0.2, 0.3, 2.3])}
  </varray>
  <varray name="epsilon_ion" >
   ${row([5.1, 0, 0])}
   ${row([0, 5.2, 0])}
   ${row([0, 0, 5.3])}
  </varray>
  <array name="born_charges" >
   <dimension dim="1">ion</dimension>
   <set>
    ${row([4.1, 0.4, 0])}
    ${row([0, 4.2, 0])}
    ${row([0, 0, 4.3])}
   </set>
   <set>
    ${row([-4.1, 0, 0])}
    ${row([0.4, -4.2, 0])}
    ${row([0, 0, -4.3])}
   </set>
  </array>
  <dynmat>
   <varray name="hessian" >
    ${row([1, 2])}
   </varray>
   <v name="eigenvalues">     -4.00000000     -0.25000000      0.01000000</v>
  </dynmat>
`;

  it('is the dielectric tensors, the Born charges and the vibrations', () => {
    const { response } = parse(one({ behind: TENSORS }));
    expect(response!.dielectricElectronic![0]).toEqual([2.1, 0.1, 0.2]);
    expect(response!.dielectricIonic![2]).toEqual([0, 0, 5.3]);
    expect(response!.bornChargesE![0]![0]).toEqual([4.1, 0.4, 0]);
    expect(response!.bornChargesE![1]![1]).toEqual([0.4, -4.2, 0]);
    const { vibrations } = response!;
    // √4, √0.25 and √0.01 times 521.4709 cm⁻¹; −ω² > 0 is imaginary.
    expectNear(vibrations!.wavenumbersPerCm[0], 1042.9418, 1e-3);
    expectNear(vibrations!.wavenumbersPerCm[1], 260.7354, 1e-3);
    expectNear(vibrations!.wavenumbersPerCm[2], -52.1471, 1e-3);
    expect(vibrations!.imaginaryCount).toBe(1);
    // ½ (1042.9418 + 260.7354) cm⁻¹ · 1.239841984e-4 eV cm
    expectNear(vibrations!.zeroPointEnergyEv, 0.0808177, 1e-6);
  });

  it('has frequencies in THz where VASP 6 says so', () => {
    const text = one({ behind: TENSORS.replace('</dynmat>', ' <i type="string" name="unit">THz^2</i>\n  </dynmat>') });
    // 2 THz · 33.35641 cm⁻¹/THz
    expectNear(parse(text).response!.vibrations!.wavenumbersPerCm[0], 66.71282, 1e-5);
  });
});
