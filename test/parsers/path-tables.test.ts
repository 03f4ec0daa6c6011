/**
 * nebef.dat, spline.dat and exts.dat. Their layout is that of the print statements of nebef.pl and nebspline.pl; the
 * points of the spline were computed by hand from the cubic through two images.
 */
import { describe, expect, it } from 'vitest';
import { extsDatParser } from '../../parsers/exts-dat.ts';
import { nebefDatParser } from '../../parsers/nebef-dat.ts';
import { splineDatParser } from '../../parsers/spline-dat.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

/** `%4i %16.8f %16.8f %16.8f \n`; the relaxed endpoints have no `max atom` line. */
const IMAGES = `   0       0.00000000     -66.75080000       0.00000000 
   1       0.00756400     -66.25660000       0.49420000 
   2       0.01250000     -66.48240000       0.26840000 
   3       0.00000000     -66.75000000       0.00080000 
`;
/** Two images 2 Å apart, 0 and 0.5 eV, no forces: E(½) = 0.25 eV, F(½) = −1.5·0.5/2 = −0.375 eV/Å. No line end. */
const SPLINE =
  '0\t0.000000\t0.000000\t0.000000\n0.25\t0.5\t0.078125\t-0.28125\n0.5\t1\t0.25\t-0.375\n' +
  '0.75\t1.5\t0.421875\t-0.28125\n1\t2.000000\t0.500000\t0.000000';
const EXTREMA = `Extremum 1 found at image  0.998685 with energy:  0.494221
Extremum 2 found at image  1.998675 with energy: -0.268416
`;

describe('nebef.dat', () => {
  const parse = (text: string) => parsedText(nebefDatParser, text);

  it('has force and energies of every image; a printed 0 is no force', () => {
    const record = parse(IMAGES);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.imageTable).toEqual([
      { index: 0, energySigma0Ev: -66.7508, relativeEnergyEv: 0 },
      { index: 1, maxForceEvPerAngstrom: 0.007564, energySigma0Ev: -66.2566, relativeEnergyEv: 0.4942 },
      { index: 2, maxForceEvPerAngstrom: 0.0125, energySigma0Ev: -66.4824, relativeEnergyEv: 0.2684 },
      { index: 3, energySigma0Ev: -66.75, relativeEnergyEv: 0.0008 },
    ]);
    expect(textAt(record, IMAGES, 'imageTable')).toBe(IMAGES.trimEnd().concat(' '));
  });

  it('has no energies relative to an image without energy', () => {
    const record = parse(
      '   0       0.00000000       0.00000000       0.00000000 \n   1       0.50000000     -66.25660000     -66.25660000 \n',
    );
    expect(record.imageTable).toEqual([
      { index: 0 },
      { index: 1, maxForceEvPerAngstrom: 0.5, energySigma0Ev: -66.2566 },
    ]);
  });

  it('reads the same any way, and a torn row is missing', () => {
    expectSameThroughWindows(nebefDatParser, IMAGES);
    expectSameWithDosLineEnds(nebefDatParser, IMAGES);
    for (let length = 0; length < IMAGES.length; length += 1) {
      const rows = parse(IMAGES.slice(0, length)).imageTable ?? [];
      expect(rows, `cut at ${length}`).toEqual(parse(IMAGES).imageTable!.slice(0, rows.length));
    }
  });

  it('refuses a row that does not agree with itself, with the others or with its number', () => {
    for (const [from, to, code] of [
      ['-66.48240000', '************', 'E_UNPARSEABLE'],
      ['-66.48240000', '', 'E_SYNTAX'],
      ['-66.48240000', '-67.48240000', 'E_SYNTAX'],
      ['   2  ', '   5  ', 'E_SYNTAX'],
    ] as const) {
      const record = parse(IMAGES.replace(from, to));
      expect([record.completeness, codesOf(record)]).toEqual(['unreadable', [code]]);
      expect(record.imageTable!.map((row) => row.index)).toEqual([0, 1, 3]);
    }
    expect(codesOf(parse('\n'))).toEqual(['E_UNREADABLE']);
  });
});

describe('spline.dat', () => {
  const parse = (text: string) => parsedText(splineDatParser, text);

  it('has points between the images and ends at one, without a line end', () => {
    for (const text of [SPLINE, `${SPLINE}\n`]) {
      const record = parse(text);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(record.pathSpline).toHaveLength(5);
      expect(record.pathSpline![2]).toEqual({
        imageCoordinate: 0.5,
        distanceAngstrom: 1,
        relativeEnergyEv: 0.25,
        tangentForceEvPerAngstrom: -0.375,
      });
      expect(record.pathSpline![4]!.imageCoordinate).toBe(1);
    }
  });

  it('has numbers as Perl prints them', () => {
    const record = parse(SPLINE.replace('0.078125', '5.55111512312578e-17'));
    expect(record.pathSpline![1]!.relativeEnergyEv).toBe(5.55111512312578e-17);
  });

  it('reads the same any way, and tells of a cut at any byte', () => {
    expectSameThroughWindows(splineDatParser, SPLINE);
    expectSameWithDosLineEnds(splineDatParser, SPLINE);
    const firstImage = SPLINE.indexOf('\n');
    // One image alone is a whole, if useless, table.
    expectCutsToShow(splineDatParser, SPLINE, {
      isWholeAt: (length) => length === firstImage || length === firstImage + 1,
    });
    const cut = parse(SPLINE.slice(0, SPLINE.lastIndexOf('\n') + 1));
    expect([cut.completeness, codesOf(cut), cut.pathSpline!.length]).toEqual(['truncated', ['E_TRUNCATED'], 4]);
  });

  it('refuses a row that is no number or stands in the wrong place', () => {
    expect(codesOf(parse(SPLINE.replace('0.078125', 'nan')))).toEqual(['E_UNPARSEABLE']);
    expect(codesOf(parse(SPLINE.replace('0.078125\t', '')))).toEqual(['E_SYNTAX']);
    expect(codesOf(parse(SPLINE.replace('0.75\t', '0.25\t')))).toEqual(['E_SYNTAX']);
  });
});

describe('exts.dat', () => {
  const parse = (text: string) => parsedText(extsDatParser, text);

  it('tells where the extrema are, in the words of older scripts too', () => {
    for (const text of [EXTREMA, EXTREMA.replaceAll('Extremum', 'Extrema')]) {
      const record = parse(text);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(record.pathExtrema).toEqual([
        { imageCoordinate: 0.998685, relativeEnergyEv: 0.494221 },
        { imageCoordinate: 1.998675, relativeEnergyEv: -0.268416 },
      ]);
    }
  });

  it('reads the same any way, and a torn line is missing', () => {
    expectSameThroughWindows(extsDatParser, EXTREMA);
    expectSameWithDosLineEnds(extsDatParser, EXTREMA);
    const end = EXTREMA.indexOf('\n');
    expectCutsToShow(extsDatParser, EXTREMA, { isWholeAt: (length) => length === end + 1 });
    expect(codesOf(parse(EXTREMA.trimEnd()))).toEqual(['W_TRUNCATED']);
  });

  it('refuses lines without numbers or out of order', () => {
    expect(codesOf(parse(EXTREMA.replace('0.494221', '********')))).toEqual(['E_UNPARSEABLE']);
    expect(codesOf(parse(EXTREMA.replace('Extremum 2', 'Extremum 3')))).toEqual(['E_SYNTAX']);
    expect(codesOf(parse(''))).toEqual(['E_UNREADABLE']);
  });
});
