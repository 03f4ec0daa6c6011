import { describe, expect, it } from 'vitest';
import type { Scatter, ScatterAxis, ScatterPoint } from '../../cli/shared/scatter-frame.ts';
import { scatterSvg } from '../../cli/shared/scatter-svg.ts';
import { expectNear } from '../near.ts';
import { readTags, readText, type Tag } from './markup-reading.ts';

const BINDING: ScatterAxis = {
  symbol: 'E_b',
  unit: 'eV',
  desirability: { kind: 'target', lower: 1.63, target: 3.4, upper: 4.6, lowerExponent: 1, upperExponent: 1 },
  refused: {},
};
const BARRIER: ScatterAxis = {
  symbol: 'E_f',
  unit: 'eV',
  desirability: { kind: 'min', target: 0.1, upper: 0.6, exponent: 1 },
  refused: { above: 1 },
};
const STRENGTH: ScatterAxis = {
  symbol: 'W_ad',
  unit: 'J/m²',
  desirability: { kind: 'max', lower: 0, target: 2, exponent: 1 },
  refused: {},
};

function point(label: string, [x, y]: readonly [number, number], place: Partial<ScatterPoint> = {}): ScatterPoint {
  return { label, x, y, sigmas: [0, 0], ...place };
}

// W_ad is maximised and E_f minimised: "good" beats "worse", and neither of the first two beats the other.
const POINTS = [
  point('good', [2, 0.3], { rank: 1, front: 1, sigmas: [0.5, 0.1] }),
  point('mobile', [1, 0.1], { rank: 2, front: 1 }),
  point('worse', [1, 0.5], { rank: 3, front: 2 }),
  point('refused', [3, 1.5]),
];
const PLANE: Scatter = { x: STRENGTH, y: BARRIER, points: POINTS, hasStairs: true };
const svg = scatterSvg(PLANE);
const tags = readTags(svg);

function circles(all: readonly Tag[], kind: string): { x: number; y: number }[] {
  const drawn = all.filter(({ attributes }) => attributes.class === kind && attributes.cy !== '-4');
  return drawn.map(({ attributes }) => ({ x: Number(attributes.cx), y: Number(attributes.cy) }));
}

/** Lines of the stairs as numbers x1 y1 x2 y2. */
function stairs(text: string): number[][] {
  const path = readTags(text).find(({ attributes }) => attributes.class === 'scatter-stairs');
  return [...(path?.attributes.d ?? '').matchAll(/M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/g)].map((found) =>
    found.slice(1).map(Number),
  );
}

describe('candidates in the plane of two objectives', () => {
  it('is a drawing of its own with finite coordinates, and the same bytes each time', () => {
    expect(tags[0]?.attributes.xmlns).toBe('http://www.w3.org/2000/svg');
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null|url\(/);
    expect(scatterSvg(structuredClone(PLANE))).toBe(svg);
  });

  it('candidates stand at their values: larger to the right and higher', () => {
    // Fronts first: mobile is drawn before good. 0.1, 0.3 and 0.5 eV are evenly spaced upwards, 1 and 2 J/m² apart.
    const [mobile, good] = circles(tags, 'scatter-front');
    const [worse] = circles(tags, 'scatter-later');
    const [refused] = circles(tags, 'scatter-unranked');
    expectNear(worse!.x, mobile!.x, 0.01);
    expectNear(mobile!.y - good!.y, good!.y - worse!.y, 0.02);
    expectNear(refused!.x - good!.x, good!.x - mobile!.x, 0.02);
    expect(good!.x).toBeGreaterThan(mobile!.x);
    expect(refused!.y).toBeLessThan(worse!.y);
  });

  it('the stairs of the first front turn at its members and run to the worse ends', () => {
    const [mobile, good] = circles(tags, 'scatter-front');
    const lines = stairs(svg);
    // From good upwards (more barrier), to mobile's strength at good's barrier, down to mobile, on to weaker ones.
    expect(lines).toHaveLength(4);
    const [up, across, down, on] = lines;
    expect(up).toEqual([good!.x, 40, good!.x, good!.y]);
    expect(across).toEqual([good!.x, good!.y, mobile!.x, good!.y]);
    expect(down).toEqual([mobile!.x, good!.y, mobile!.x, mobile!.y]);
    expect(on).toEqual([mobile!.x, mobile!.y, 78, mobile!.y]);
    expect(stairs(scatterSvg({ ...PLANE, hasStairs: false }))).toEqual([]);
  });

  it('of a target both sides are worse: the stairs stand left and right of it, as far away', () => {
    const near = point('near', [3, 0.3], { rank: 1, front: 1 });
    const far = point('far', [4.5, 0.1], { rank: 2, front: 1 });
    const text = scatterSvg({ x: BINDING, y: BARRIER, points: [near, far], hasStairs: true });
    const target = readTags(text).find(({ attributes }) => attributes.class === 'scatter-target');
    const at = Number(target?.attributes.x1);
    const upright = stairs(text).filter(([x1, , x2]) => x1 === x2);
    // near is 0.4 eV from 3.4, far 1.1 eV; 2.3 eV lies beyond the left end of the plane (2.88 eV).
    const distances = upright.map(([x = 0]) => x - at);
    const [nearCircle] = circles(readTags(text), 'scatter-front').filter(({ x }) => x < at);
    const step = at - nearCircle!.x;
    expect(distances.filter((distance) => Math.abs(Math.abs(distance) - step) < 0.03)).toHaveLength(2);
    expect(distances.filter((distance) => Math.abs(distance - (1.1 / 0.4) * step) < 0.05)).toHaveLength(1);
    expect(distances).toHaveLength(3);
  });

  it('what a constraint refuses is hatched from its limit to the end', () => {
    const [, box] = tags.filter(({ name }) => name === 'rect');
    const ticks = new Map(
      [...svg.matchAll(/<line class="path-rule"[^>]*y1="([\d.]+)"[^>]*\/><text[^>]*>([\d.]+)<\/text>/g)].map(
        ([, y, text]) => [text, Number(y)] as const,
      ),
    );
    expectNear(Number(box?.attributes.y), 40, 0.01);
    expectNear(
      Number(box?.attributes.y) + Number(box?.attributes.height),
      ticks.get('1.0') ?? ticks.get('1') ?? 0,
      0.02,
    );
    expect(readText(svg)).toContain('refused by a constraint');
    const free = scatterSvg({ ...PLANE, points: POINTS.slice(0, 3) });
    expect(free).not.toContain('scatter-refused');
  });

  it('a bar is one standard deviation to each side, of those whose 1σ is known', () => {
    const [mobile, good] = circles(tags, 'scatter-front');
    const bars = tags
      .filter(({ attributes }) => attributes.class === 'scatter-sigma')
      .map(({ attributes }) => attributes.d);
    // σ 0.5 J/m² is half the way from mobile to good, 0.1 eV half the way up.
    const [x1, y, x2] = [...(bars.at(-1) ?? '').matchAll(/[\d.]+/g)].map(Number);
    expectNear((x2 ?? 0) - (x1 ?? 0), good!.x - mobile!.x, 0.03);
    expectNear(y ?? 0, good!.y, 0.01);
    expect(bars.filter((bar) => bar === '')).toHaveLength(bars.length - 1);
  });

  it('axes have symbol, unit and the better side', () => {
    const text = readText(svg);
    expect(text).toMatch(/Wad\s*\(J\/m²\) better →/);
    expect(text).toMatch(/← better Ef\s*\(eV\)/);
    expect(readText(scatterSvg({ ...PLANE, x: BINDING }))).toMatch(/Eb\s*\(eV\), best at 3\.4/);
  });

  it('tells a reader who sees no picture which side is better and who is on the first front', () => {
    const description = /<desc>([\s\S]*?)<\/desc>/.exec(svg)?.[1] ?? '';
    expect(readText(description)).toBe(
      'larger W_ad is better; smaller E_f is better. Front 1: good W_ad 2.000 ± 0.500 J/m², E_f 0.300 ± 0.100 eV; mobile W_ad 1.000 ± 0.000 J/m², E_f 0.100 ± 0.000 eV. 4 candidates are drawn.',
    );
    expect(readText(svg)).toContain('refused: W_ad 3.000 ± 0.000 J/m², E_f 1.500 ± 0.000 eV; not ranked');
  });

  it('names of the first front do not overlap, and stay inside', () => {
    const crowd = Array.from({ length: 60 }, (_, at) =>
      point(`candidate number ${at}`, [1 + at / 100, 0.5 - at / 200], { rank: at + 1, front: 1 }),
    );
    const text = scatterSvg({ ...PLANE, points: crowd });
    const names = [...text.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(start|end)">(candidate[^<]*)</g)];
    expect(names.length).toBeGreaterThan(1);
    expect(names.length).toBeLessThanOrEqual(12);
    const boxes = names.map(([, x, y, anchor, name = '']) => {
      const width = 6.2 * name.length;
      const left = anchor === 'start' ? Number(x) : Number(x) - width;
      return { left, right: left + width, y: Number(y) };
    });
    for (const [at, a] of boxes.entries()) {
      expect(a.left).toBeGreaterThanOrEqual(78);
      expect(a.right).toBeLessThanOrEqual(462);
      for (const b of boxes.slice(at + 1)) {
        expect(Math.abs(a.y - b.y) >= 12 || a.right <= b.left || b.right <= a.left).toBe(true);
      }
    }
  });

  it('candidates that are all alike make a plane all the same', () => {
    const alike = [1, 2, 3].map((rank) => point(`c${rank}`, [0, 0], { rank, front: 1 }));
    expect(scatterSvg({ ...PLANE, points: alike })).not.toMatch(/NaN|Infinity/);
  });

  it('a name cannot break out of the drawing', () => {
    const text = scatterSvg({ ...PLANE, points: [point('<script>alert(1)</script>', [1, 1], { rank: 1, front: 1 })] });
    expect(text).not.toContain('<script');
    expect(() => readTags(text)).not.toThrow();
  });
});
