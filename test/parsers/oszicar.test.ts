/** OSZICAR. The fixtures are written in VASP's formats with invented numbers. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { oszicarParser } from '../../parsers/oszicar.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parse = (text: string) => oszicarParser.parse(memorySource(latin1(text)));
const codes = (text: string) => parse(text).issues.map((entry) => entry.code);

const HEAD = '       N       E                     dE             d eps       ncg     rms          rms(c)\n';
const electronic = (count: number) =>
  Array.from(
    { length: count },
    (_, index) =>
      `DAV:${String(index + 1).padStart(4)}    -0.281859612305E+02    0.86736E-03   -0.31889E-03    52   0.528E-02\n`,
  ).join('');

const STEP_1 = '   1 F= -.28211111E+02 E0= -.28201111E+02  d E =-.282111E+02  mag=     3.9000\n';
const STEP_2 = '   2 F= -.28222222E+02 E0= -.28212222E+02  d E =-.111110E-01  mag=    -0.0028\n';
const RELAXATION = `${HEAD}${electronic(7)}${STEP_1}${HEAD}${electronic(3)}${STEP_2}`;

describe('a relaxation', () => {
  it('gives F, E0, the magnetisation and the electronic lines of every step', () => {
    const record = parse(RELAXATION);
    expect(record.completeness).toBe('complete');
    expect(record.issues).toEqual([]);
    expect(record.ionicStepCount).toBe(2);
    expect(record.steps).toEqual([
      {
        index: 1,
        freeEnergyEv: -28.211111,
        energySigma0Ev: -28.201111,
        totalMagnetisationBohr: 3.9,
        electronicStepCount: 7,
        electronic: 'unknown',
      },
      {
        index: 2,
        freeEnergyEv: -28.222222,
        energySigma0Ev: -28.212222,
        totalMagnetisationBohr: -0.0028,
        electronicStepCount: 3,
        electronic: 'unknown',
      },
    ]);
  });

  it('tells where the values of the last step stand', () => {
    const { places } = parse(RELAXATION);
    const textAt = (name: string) => RELAXATION.slice(places[name]!.byteOffset).slice(0, places[name]!.byteLength);
    expect(textAt('final.freeEnergyEv')).toBe('-.28222222E+02');
    expect(textAt('final.energySigma0Ev')).toBe('-.28212222E+02');
    expect(textAt('final.totalMagnetisationBohr')).toBe('-0.0028');
    expect(places['final.freeEnergyEv']!.line).toBe(14);
  });

  it('reads the same through any window and chunks, and with DOS line ends', () => {
    const expected = parse(RELAXATION);
    for (const windowBytes of [1, 7, 64]) {
      for (const chunk of [1, 7, 4096]) {
        expect(oszicarParser.parse(memorySource(latin1(RELAXATION), chunk), { windowBytes })).toEqual(expected);
      }
    }
    const dos = parse(RELAXATION.replaceAll('\n', '\r\n'));
    expect([dos.steps, dos.issues, dos.completeness]).toEqual([expected.steps, [], 'complete']);
  });

  it('has no magnetisation where the line has none, and a vector where it has three', () => {
    const plain = parse(STEP_1.replace(/ {2}mag.*/, '')).steps![0]!;
    expect(plain).not.toHaveProperty('totalMagnetisationBohr');
    const line = STEP_1.replace('3.9000', '0.0000    -0.5000     1.2500');
    const record = parse(line);
    expect(record.steps![0]).not.toHaveProperty('totalMagnetisationBohr');
    expect(record.steps![0]!.magnetisationVectorBohr).toEqual([0, -0.5, 1.25]);
    expect(record.places).toHaveProperty(['final.magnetisationVectorBohr']);
  });

  it('may have lines of other algorithms, remarks and blank lines between', () => {
    const text =
      `${HEAD}DAV:   1     0.1E+02    0.1E+02   -0.9E+02    36   0.6E+01\n\n` +
      'SDA:   2     0.5E+00    0.4E-01   -0.8E+00    36   0.2E+01 0.000E+00\n' +
      'DMP:   3    -0.3E-01   -0.5E+00   -0.2E+00    36   0.4E+00-0.395E-01\n' +
      'CG :   4    -0.3E-01   -0.5E+00   -0.2E+00    36   0.4E+00\n' +
      'RMM: ***    -0.3E-01   -0.5E+00   -0.2E+00    36   0.4E+00\n' +
      `\n${STEP_1} curvature:   0.00 expect dE= 0.000E+00 dE for cont linesearch  0.000E+00\n` +
      ' trial: gam= 0.00000 g(F)=  0.302E-01 g(S)=  0.000E+00 ort = 0.000E+00 (trialstep = 0.500E+00)\n';
    const record = parse(text);
    expect(record.completeness).toBe('complete');
    expect(record.steps!.map((step) => step.electronicStepCount)).toEqual([5]);
  });
});

describe('molecular dynamics', () => {
  const line = (number: string) =>
    `${number} T=  1812. E= -.33002324E+03 F= -.12185955E+04 E0= -.12185161E+04  EK= 0.30215E+02 SP= 0.23E+02 SK= 0.84E+03\n`;

  it('gives F and E0, not the total energy E with the ions’ motion in it', () => {
    const step = parse(`${HEAD}${electronic(2)}${line('   36')}`).steps![0]!;
    expect(step).toEqual({
      index: 36,
      freeEnergyEv: -1218.5955,
      energySigma0Ev: -1218.5161,
      temperatureKelvin: 1812,
      electronicStepCount: 2,
      electronic: 'unknown',
    });
  });

  it('counts on where the step number overflows its column', () => {
    const record = parse(`${line('9998')}${line('9999')}${line('****')}${line('****')}`);
    expect(record.steps!.map((step) => step.index)).toEqual([9998, 9999, 10000, 10001]);
    expect(record.issues).toEqual([]);
  });

  it('has no temperature where it overflows', () => {
    const record = parse(line('   1').replace(' 1812.', '******'));
    expect(record.steps![0]).not.toHaveProperty('temperatureKelvin');
    expect(record.issues.map((entry) => entry.code)).toEqual(['W_OVERFLOW']);
  });
});

describe('appended runs', () => {
  it('show where the step number falls back', () => {
    const record = parse(`${RELAXATION}${RELAXATION}${HEAD}${electronic(1)}${STEP_1}`);
    expect(record.steps!.map((step) => step.index)).toEqual([1, 2, 1, 2, 1]);
    expect(record.ionicStepCount).toBe(5);
    expect(record.issues.map((entry) => entry.code)).toEqual(['W_MULTIPLE_RUNS']);
    expect(record.issues[0]!.details).toEqual({ runs: 3 });
  });
});

describe('a value that is no number', () => {
  it('is absent, and its step stays the last one', () => {
    const record = parse(`${RELAXATION}${STEP_1.replace('   1', '   3').replace('-.28211111E+02', '**************')}`);
    expect(record.steps).toHaveLength(3);
    expect(record.steps![2]).not.toHaveProperty('freeEnergyEv');
    expect(record.steps![2]!.energySigma0Ev).toBe(-28.201111);
    expect(record.places).not.toHaveProperty(['final.freeEnergyEv']);
    expect(record.issues.map((entry) => entry.code)).toEqual(['E_UNPARSEABLE']);
    expect(record.issues[0]!.where.line).toBe(15);
    expect(record.issues[0]!.message).toContain('F=');
  });

  it('repeated thousands of times is told some twenty times, and always of the last step', () => {
    const record = parse(STEP_1.replace('-.28211111E+02', '**************').repeat(3000));
    expect(record.issues.length).toBeLessThan(30);
    expect(record.issues.at(-2)!.where.line).toBe(3000);
  });

  it('may be NaN or missing', () => {
    expect(codes(STEP_1.replace('-.28201111E+02', 'NaN'))).toEqual(['E_UNPARSEABLE']);
    expect(codes(STEP_1.replace(/ E0=.*/, ''))).toEqual(['E_UNPARSEABLE']);
    expect(codes(STEP_1.replace('3.9000', '******'))).toEqual(['W_OVERFLOW']);
  });
});

describe('a run that did not finish', () => {
  it('ends with electronic lines', () => {
    for (const tail of [HEAD, HEAD + electronic(2), `${HEAD}DAV:   1    -0.2818`, '   3 F= -.2822', '   3 F=', '  3']) {
      const record = parse(RELAXATION + tail);
      expect(record.completeness, tail).toBe('truncated');
      expect(record.steps).toHaveLength(2);
      expect(record.issues.map((entry) => entry.code)).toEqual(['E_TRUNCATED']);
      expect(record.issues[0]!.message).toContain('2 finished step(s)');
    }
  });

  it('in its first step has no ionic step at all', () => {
    const record = parse(HEAD + electronic(2));
    expect(record.completeness).toBe('truncated');
    expect([record.steps, record.ionicStepCount]).toEqual([[], 0]);
  });
});

describe('a last line without line end', () => {
  const lastLine = (line: string) => parse(`${HEAD}${electronic(1)}${line}`);

  it('counts when it has all its fields', () => {
    const plain = lastLine(STEP_1.replace(/ {2}mag.*\n/, ''));
    expect([plain.completeness, plain.issues.map(({ code }) => code)]).toEqual(['complete', ['I_UNTERMINATED']]);
    const { issues, ...again } = parse(RELAXATION.trimEnd());
    expect({ ...again, issues: [] }).toEqual(parse(RELAXATION));
    expect(issues.map(({ code }) => code)).toEqual(['I_UNTERMINATED']);
  });

  it('with one moment might have lost two others: the energies count, the moment does not', () => {
    const record = lastLine(STEP_1.trimEnd());
    expect(record.steps![0]!.freeEnergyEv).toBe(-28.211111);
    expect(record.steps![0]).not.toHaveProperty('totalMagnetisationBohr');
    expect(record.places).not.toHaveProperty(['final.totalMagnetisationBohr']);
    expect(record.issues.map((entry) => entry.code)).toEqual(['W_TRUNCATED']);
  });
});

describe('a file cut at any byte', () => {
  it('never throws and never invents an energy or a moment', () => {
    const vector = `${HEAD}${electronic(2)}${STEP_1.replace('3.9000', '0.0000    -0.5000     1.2500')}`;
    for (const text of [RELAXATION, vector]) {
      const whole = parse(text).steps!;
      for (let length = 0; length <= text.length; length += 1) {
        const record = parse(text.slice(0, length));
        for (const [index, step] of (record.steps ?? []).entries()) expect(whole[index]).toMatchObject(step);
        if (record.completeness === 'complete') expect(record.steps!.length).toBeGreaterThan(0);
        else expect(record.issues[0]!.where.line).toBeGreaterThan(0);
      }
    }
  });
});

describe('what is no OSZICAR', () => {
  it('is unreadable', () => {
    for (const text of ['', '\0\x01', 'F= 1 E0= 2\n', 'ENCUT = 520\nNSW = 3\n']) {
      const record = parse(text);
      expect(record.completeness).toBe('unreadable');
      expect(record.issues.map((entry) => entry.code)).toEqual(['E_UNREADABLE']);
      expect(record).not.toHaveProperty('steps');
    }
  });

  it('is not recognised by content', () => {
    expect(oszicarParser.matchesContent(RELAXATION)).toBe(true);
    expect(oszicarParser.matchesContent(STEP_2)).toBe(true);
    expect(oszicarParser.matchesContent('ENCUT = 520\n')).toBe(false);
  });
});
