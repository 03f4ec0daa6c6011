import { describe, expect, it } from 'vitest';
import { pathSvg } from '../../cli/shared/path-svg.ts';
import type { PathReport } from '../../model/system.ts';
import { expectNear } from '../near.ts';
import { readTags, readText, type Tag } from './markup-reading.ts';
import { brokenPath, climbingPath, emptyPath, HOSTILE_FOLDER, interpolatedPath } from './screening-fixture.ts';

const PATHS = { climbingPath, interpolatedPath, brokenPath, emptyPath };

/** Points of a marker: `cx`, `cy` of a circle, the middle of a diamond. */
function markers(tags: readonly Tag[]): { x: number; y: number; climbing: boolean }[] {
  return tags
    .filter(({ attributes }) => attributes.class?.startsWith('path-image'))
    .map(({ name, attributes }) => {
      if (name === 'circle') return { x: Number(attributes.cx), y: Number(attributes.cy), climbing: false };
      const [x = Number.NaN, top = Number.NaN] = (attributes.d ?? '').slice(1).split(/[ L]/).map(Number);
      return { x, y: top + 7, climbing: true };
    });
}

describe('the drawing of an energy path', () => {
  it.each(Object.entries(PATHS))(
    '%s is well-formed XML with its own name space and only finite coordinates',
    (_, path) => {
      const svg = pathSvg(path);
      const [root, ...tags] = readTags(svg);
      expect(root?.name).toBe('svg');
      expect(root?.attributes.xmlns).toBe('http://www.w3.org/2000/svg');
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
      for (const { attributes } of tags) {
        for (const name of ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy']) {
          const value = attributes[name];
          if (value !== undefined) expect(Number.isFinite(Number(value)), `${name}="${value}"`).toBe(true);
        }
        if (attributes.d !== undefined) expect(attributes.d).toMatch(/^M[-\d. MLZ]+$/);
      }
    },
  );

  it.each(Object.entries(PATHS))('everything of %s lies within the drawing', (_, path) => {
    const [root, ...tags] = readTags(pathSvg(path));
    for (const { attributes } of tags) {
      for (const name of ['x', 'x1', 'x2', 'cx']) {
        const value = Number(attributes[name] ?? 0);
        expect(value >= 0 && value <= Number(root?.attributes.width), `${name}="${value}"`).toBe(true);
      }
      for (const name of ['y', 'y1', 'y2', 'cy']) {
        const value = Number(attributes[name] ?? 0);
        expect(value >= 0 && value <= Number(root?.attributes.height), `${name}="${value}"`).toBe(true);
      }
    }
  });

  it('the images stand at their distances and energies, the climbing one with another shape', () => {
    const [start, saddle, end, legend] = markers(readTags(pathSvg(climbingPath)));
    // Linear axes: 0.9 of 1.6 Å is 0.5625 of the way, 0.03 of 0.24 eV is 0.125 of the height.
    expectNear((saddle!.x - start!.x) / (end!.x - start!.x), 0.5625, 1e-3);
    expectNear((start!.y - end!.y) / (start!.y - saddle!.y), 0.125, 1e-3);
    expect([start, saddle, end].map((marker) => marker?.climbing)).toEqual([false, true, false]);
    // The fourth one explains the shape.
    expect(legend?.climbing).toBe(true);
    expect(readText(pathSvg(climbingPath))).toContain('climbing image 1: 0.900 Å, 0.240 eV');
  });

  it('higher energies are drawn higher', () => {
    const [start, saddle] = markers(readTags(pathSvg(climbingPath)));
    expect(saddle!.y).toBeLessThan(start!.y);
  });

  it('axes carry their units, and the barrier its uncertainty and both directions', () => {
    const text = readText(pathSvg(climbingPath));
    expect(text).toContain('distance along path (Å)');
    expect(text).toContain('E − E(image 0) (eV)');
    expect(text).toMatch(/Ef\s*= 0\.240 ± 0\.050 eV/);
    expect(text).toContain('reverse 0.210 eV');
  });

  it('the level of the barrier goes through the climbing image', () => {
    const tags = readTags(pathSvg(climbingPath));
    const level = tags.find(({ attributes }) => attributes['stroke-dasharray'] !== undefined);
    const saddle = markers(tags)[1];
    expectNear(Number(level?.attributes.y1), saddle!.y, 0.02);
  });

  it('an interpolated saddle is marked where it lies between the images', () => {
    const tags = readTags(pathSvg(interpolatedPath));
    const cross = tags.find(({ attributes }) => attributes.class === 'path-saddle');
    const [start, , end] = markers(tags);
    const left = Number(/^M([\d.]+)/.exec(cross?.attributes.d ?? '')?.[1]);
    // 1.05 of 1.6 Å; the cross starts 5 pixels to the left of its middle.
    expectNear((left + 5 - start!.x) / (end!.x - start!.x), 1.05 / 1.6, 1e-3);
    expect(pathSvg(climbingPath)).not.toContain('class="path-saddle"');
  });

  it('a path without barrier shows the points it has, names those it lacks and says why', () => {
    const svg = pathSvg(brokenPath);
    const text = readText(svg);
    expect(markers(readTags(svg))).toHaveLength(2);
    expect(text).toContain('not shown, no energy: image 1');
    expect(text).toContain('no barrier: E_IMAGE_ENERGY');
    expect(text).toContain('E_IMAGE_STRUCTURE, and 1 more');
    expect(text).toContain('image 02 has another atom order');
    expect(svg).not.toContain('class="path-curve"');
  });

  it('an unknown distance turns the axis into image numbers instead of putting the image at 0 Å', () => {
    const svg = pathSvg(brokenPath);
    expect(readText(svg)).toContain('image (distances unknown)');
    const [zero, two] = markers(readTags(svg));
    expect(two!.x - zero!.x).toBeGreaterThan(100);
  });

  it('without an energy of image 00 the first known image is the zero, and the axis says so', () => {
    const headless: PathReport = {
      ...brokenPath,
      images: [
        { index: 0, climbing: false, source: 'no energy', distanceAngstrom: 0 },
        { index: 1, climbing: false, source: 'a', distanceAngstrom: 0.7, energyEv: -8.4 },
        { index: 2, climbing: false, source: 'b', distanceAngstrom: 1.9, energyEv: -8.1 },
      ],
    };
    const text = readText(pathSvg(headless));
    expect(text).toContain('E − E(image 1) (eV)');
    expect(text).toContain('image 2: 1.900 Å, 0.300 eV');
  });

  it('a band of equal energies stays flat', () => {
    const flat: PathReport = {
      ...emptyPath,
      images: [0, 1, 2].map((index) => ({
        index,
        climbing: false,
        source: 'a',
        distanceAngstrom: index,
        energyEv: -3.25,
        relativeEnergyEv: 0,
      })),
    };
    expect(new Set(markers(readTags(pathSvg(flat))).map(({ y }) => y)).size).toBe(1);
  });

  it('a name cannot break out of the drawing', () => {
    const svg = pathSvg(brokenPath);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<img');
    expect(readText(svg)).toContain(HOSTILE_FOLDER);
  });

  it('the same path gives the same bytes', () => {
    expect(pathSvg(structuredClone(interpolatedPath))).toBe(pathSvg(interpolatedPath));
  });
});
