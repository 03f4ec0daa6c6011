/** Charge of cells: efficiency of the Aurbach protocol and its inverse, cumulative capacity. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

const PROTOCOL = ['N=10', 'qa=1', 'ql=3'];

// SCIENCE §9.2, efficiencies in percent and charge stripped at the end in mAh/cm².
const PUBLISHED: readonly (readonly [string, number, number])[] = [
  ['bare carbon paper', 91.62, 1.9106],
  ['carbon paper after ozone', 90.66, 1.7858],
  ['ZnO(002)', 99.89, 2.9857],
  ['ZnO(020)', 95.53, 2.4189],
  ['ZnO(202)', 96.48, 2.5424],
  ['mixed ZnO', 96.46, 2.5398],
];

describe('the Aurbach efficiency', () => {
  it.each(PUBLISHED)('of %s is %d %%, and its inverse %d mAh/cm²', (_, percent, stripped) => {
    const efficiency = available(typed('aurbach-efficiency', ...PROTOCOL, `qr=${stripped}`));
    expectNear(100 * efficiency.value, percent, 0.005);
    const charge = available(typed('aurbach-stripped-charge', ...PROTOCOL, `CE=${percent / 100}`));
    expectNear(charge.value, stripped, 5e-5);
    expect([...codes(efficiency), ...codes(charge)]).toEqual([]);
  });

  it('counts 13 mAh/cm² as plated in the protocol of ten cycles', () => {
    const result = available(typed('aurbach-efficiency', ...PROTOCOL, 'qr=2.9857'));
    expect(result.parts).toMatchObject({ platedMahPerCm2: 13 });
    expectNear(result.parts.lostMahPerCm2, 0.0143, 1e-12); // by hand: 3 − 2.9857
  });

  it('solves the implicit form it is printed in', () => {
    const charge = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), charge, charge, charge, (N, qa, ql, part) => {
        const qr = (ql * part) / 10;
        const { value } = available(typed('aurbach-efficiency', `N=${N}`, `qa=${qa}`, `ql=${ql}`, `qr=${qr}`));
        expectNear((qa - (value * ql - qr) / N) / qa, value, 1e-9);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        const back = typed('aurbach-stripped-charge', `N=${N}`, `qa=${qa}`, `ql=${ql}`, `CE=${value}`);
        expectNear(available(back).value, qr, 1e-9);
      }),
    );
  });

  it('above one is told', () => {
    expect(codes(typed('aurbach-efficiency', ...PROTOCOL, 'qr=3.1'))).toEqual(['W_CE_ABOVE_ONE']);
    expect(codes(typed('aurbach-efficiency', ...PROTOCOL, 'qr=3'))).toEqual([]);
    expect(codes(typed('aurbach-stripped-charge', ...PROTOCOL, 'CE=1.01'))).toEqual(['W_CE_ABOVE_ONE']);
  });

  it('lower than with nothing left belongs to another protocol', () => {
    // 10/13 = 0.7692 with all of the reservoir lost.
    expect(codes(unavailable(typed('aurbach-stripped-charge', ...PROTOCOL, 'CE=0.76')))).toEqual(['E_INPUT']);
    expectNear(available(typed('aurbach-stripped-charge', ...PROTOCOL, 'CE=0.77')).value, 0.01, 1e-9); // 13·0.77 − 10
  });

  it.each(['N=0', 'qa=0', 'ql=-1'])('has no protocol with %s', (wrong) => {
    const rest = ['N=10', 'qa=1', 'ql=3'].filter((arg) => arg.slice(0, 2) !== wrong.slice(0, 2));
    expect(() => typed('aurbach-efficiency', ...rest, wrong, 'qr=2')).toThrow();
  });

  it('carries the uncertainty of the charge stripped at the end', () => {
    const result = available(typed('aurbach-efficiency', ...PROTOCOL, 'qr=2.9', 'strippedUncertaintyMahPerCm2=0.013'));
    expectNear(result.uncertainty, 0.001, 1e-12); // by hand: 0.013/13
  });
});

describe('a cumulative capacity', () => {
  // Rows of table 1 of the zinc review (SCIENCE §12.1): J, C, life, Q, cycles.
  it.each([
    ['Nb2O5', 0.25, 0.125, 1000, 125, 1000],
    ['ZnO', 5, 1, 1765, 4412.5, 4412.5],
    ['ZnS', 17, 17, 1000, 8500, 500],
    ['Ti3C2Cl2 MXene', 10, 0.5, 700, 3500, 7000],
    ['Zn(002)@Zn3(PO4)2', 20, 10, 500, 5000, 500],
    ['kaolin', 4.4, 1.1, 800, 1760, 1600],
  ])('of %s is half of current times life', (_, J, C, hours, capacity, cycles) => {
    const args = [`J=${J}`, `C=${C}`, `t=${hours}`, `publishedMahPerCm2=${capacity}`];
    const result = available(typed('cumulative-capacity', ...args));
    expectNear(result.value, capacity, 1e-9);
    expectNear(result.parts.cycles, cycles, 1e-9);
    expect(codes(result)).toEqual([]);
  });

  it('that was published otherwise is told from one percent on', () => {
    expect(codes(typed('cumulative-capacity', 'J=1', 't=500', 'Qpub=500'))).toEqual(['W_CUMULATIVE']);
    expect(codes(typed('cumulative-capacity', 'J=1', 't=500', 'Qpub=252.5'))).toEqual([]);
    expect(codes(typed('cumulative-capacity', 'J=1', 't=500', 'Qpub=252.6'))).toEqual(['W_CUMULATIVE']);
    const result = available(typed('cumulative-capacity', 'J=1', 't=500', 'Qpub=500'));
    expectNear(result.value, 250, 0);
    expect(result.parts).not.toHaveProperty('cycles');
  });
});
