/**
 * REPORT. The layout is that of the VASP wiki (Blue moon ensemble calculations) and of a log quoted in the VASP forum;
 * most numbers are invented, the blue-moon line is the wiki's.
 */
import { describe, expect, it } from 'vitest';
import { reportParser } from '../../parsers/report.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

const HEAD = `                MDALGO =          2
              SHAKETOL = 0.100000E-04
           RANDOM_SEED =          781594578                0                0

   original number of atomic DOF:     612
   number of independent constraints:       1

`;
const step = (index: number, energy: string) => ` ========================================
          MD step No. ${String(index).padStart(6)}
 ========================================

            RATTLE_pos converged in   7 steps

  >Const_coord
   cc> LA         1.57080        1.57079 -0.179057E-05
   cc> R          1.81805        1.81804 -0.215885E-05

  >Blue_moon
        lambda        |z|^(-1/2)    GkT           |z|^(-1/2)*(lambda+GkT)
   b_m>  0.585916E+01  0.215200E+02 -0.117679E+00  0.123556E+03
   b_m> -0.125000E+00  0.200000E+01  0.500000E+00  0.750000E+00

  >Temperature
        T_sim     T_inst
   tmprt>    300.000   309.741

  >Energies
        E_tot             E_pot             E_kin             EPS               ES
   e_b>  ${energy}   -0.98256254E+03    0.82428482E+01    0.12500000E+00    -0.25000000E+00

           RANDOM_SEED =          781594578             1242                0
`;
const CONSTRAINED = HEAD + step(1, '-0.97431969E+03') + step(2, '-0.97440000E+03');
const BIASED = `${HEAD}${[1, 2, 3]
  .map(
    (index) =>
      ` =====\n     MD step No.   ${index}\n =====\n\n  >Metadynamics\n   fic_p>      1.${index}2500\n   e_b>   -0.1E+02  -0.2E+02  0.5E+01  0.0E+00  0.1E+00\n`,
  )
  .join('')}`;
const parse = (text: string) => parsedText(reportParser, text);

describe('a step of constrained dynamics', () => {
  it('has energies, temperatures, constraints and their blue-moon terms', () => {
    const record = parse(CONSTRAINED);
    expect([record.completeness, record.issues, record.ionicStepCount]).toEqual(['complete', [], 2]);
    expect(record.molecularDynamics![1]).toEqual({
      index: 2,
      totalEnergyEv: -974.4,
      potentialEnergyEv: -982.56254,
      kineticEnergyEv: 8.2428482,
      thermostatPotentialEnergyEv: 0.125,
      thermostatKineticEnergyEv: -0.25,
      targetTemperatureKelvin: 300,
      temperatureKelvin: 309.741,
      constraints: [
        { kind: 'LA', value: 1.5708 },
        { kind: 'R', value: 1.81805 },
      ],
      blueMoon: [
        { lambda: 5.85916, inverseRootZ: 21.52, gkt: -0.117679, weightedGradient: 123.556 },
        { lambda: -0.125, inverseRootZ: 2, gkt: 0.5, weightedGradient: 0.75 },
      ],
    });
    expect(record.molecularDynamics![0]!.totalEnergyEv).toBe(-974.31969);
    expect(textAt(record, CONSTRAINED, 'molecularDynamics.final.totalEnergyEv')).toBe('-0.97440000E+03');
    expect(textAt(record, CONSTRAINED, 'molecularDynamics.final.temperatureKelvin')).toBe('309.741');
  });

  it('of biased dynamics has its coordinates', () => {
    const record = parse(BIASED);
    expect(record.molecularDynamics!.map((entry) => entry.biasedCoordinates)).toEqual([[1.125], [1.225], [1.325]]);
    expect(record.molecularDynamics![0]).not.toHaveProperty('constraints');
  });

  it('is kept alone, when asked to', () => {
    const record = parsedText(reportParser, BIASED, { steps: 'last' });
    expect([record.ionicStepCount, record.molecularDynamics!.map((entry) => entry.index)]).toEqual([3, [3]]);
  });

  it('is counted on past its column, and tells of appended runs', () => {
    expect(parse(BIASED.replace('No.   3', 'No. ******')).molecularDynamics!.map(({ index }) => index)).toEqual([
      1, 2, 3,
    ]);
    expect(codesOf(parse(BIASED + BIASED))).toEqual(['W_MULTIPLE_RUNS']);
  });
});

describe('a field that is no number', () => {
  it('takes its line, and a line of a list the whole list', () => {
    const energies = parse(CONSTRAINED.replace('-0.97440000E+03', '***************'));
    expect(energies.molecularDynamics![1]).not.toHaveProperty('totalEnergyEv');
    expect(energies.molecularDynamics![1]).not.toHaveProperty('kineticEnergyEv');
    expect(energies.molecularDynamics![1]!.temperatureKelvin).toBe(309.741);
    expect(codesOf(energies)).toEqual(['E_UNPARSEABLE']);
    const terms = parse(CONSTRAINED.replace('-0.125000E+00', '         NaN '));
    expect(terms.molecularDynamics![0]).not.toHaveProperty('blueMoon');
    expect(terms.molecularDynamics![0]!.constraints).toHaveLength(2);
    expect(codesOf(terms)).toEqual(['E_UNPARSEABLE']);
  });
});

describe('any way of reading', () => {
  it('gives the same record', () => {
    for (const text of [CONSTRAINED, BIASED]) {
      expectSameThroughWindows(reportParser, text);
      expectSameWithDosLineEnds(reportParser, text);
    }
  });

  it('of a log cut within a step leaves the step out and says so', () => {
    // Between two steps, and behind the last line that is read, a cut leaves a shorter whole log.
    expectCutsToShow(reportParser, CONSTRAINED, { isWholeAt: (length) => CONSTRAINED[length - 1] === '\n' });
    const cut = parse(CONSTRAINED.slice(0, CONSTRAINED.lastIndexOf('   tmprt>')));
    expect([cut.completeness, cut.ionicStepCount, codesOf(cut)]).toEqual(['truncated', 1, ['E_TRUNCATED']]);
    expect(cut.molecularDynamics).toHaveLength(1);
  });
});

describe('a REPORT without steps', () => {
  it('is empty after a run without such dynamics', () => {
    const record = parse('');
    expect([record.completeness, codesOf(record)]).toEqual(['complete', ['I_NOT_READ']]);
    expect(record).not.toHaveProperty('molecularDynamics');
  });

  it('is none of VASP', () => {
    expect(codesOf(parse('Quarterly REPORT\nMore of it\n'))).toEqual(['E_UNREADABLE']);
    expect(codesOf(parse('\0'))).toEqual(['E_UNREADABLE']);
  });
});
