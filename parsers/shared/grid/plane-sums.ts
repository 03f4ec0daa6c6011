/**
 * Sums over the planes of a grid while its values stream by, x fastest.
 *
 * Rows are summed before they are added to their planes, and planes before they are added to the whole: added one by
 * one, the last of 10⁸ values would lose the digits by which it differs from its neighbours.
 */
import type { GridComponent, GridComponentName, GridPoints } from '../../../model/grid.ts';

export class PlaneSums {
  readonly #points: GridPoints;
  /** Of each plane x = const, y = const, z = const. */
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  /** Of the rows along z-planes' x, until the plane is whole. */
  readonly #planeX: Float64Array;
  #at: [number, number, number] = [0, 0, 0];
  #row = 0;
  #plane = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;

  constructor(points: GridPoints) {
    this.#points = points;
    this.#x = new Float64Array(points[0]);
    this.#y = new Float64Array(points[1]);
    this.#z = new Float64Array(points[2]);
    this.#planeX = new Float64Array(points[0]);
  }

  /** The next `count` values of the grid. */
  add(values: Float64Array, count: number): void {
    const [nx, ny] = this.#points;
    const planeX = this.#planeX;
    let [x, y, z] = this.#at;
    let row = this.#row;
    let minimum = this.#minimum;
    let maximum = this.#maximum;
    for (let index = 0; index < count; index += 1) {
      const value = values[index] as number; // in range: index < count
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      planeX[x] = (planeX[x] as number) + value; // in range: x < nx
      row += value;
      x += 1;
      if (x < nx) continue;
      x = 0;
      this.#y[y] = (this.#y[y] as number) + row; // in range: y < ny
      this.#plane += row;
      row = 0;
      y += 1;
      if (y < ny) continue;
      y = 0;
      this.#endPlane(z);
      z += 1;
    }
    this.#at = [x, y, z];
    this.#row = row;
    this.#minimum = minimum;
    this.#maximum = maximum;
  }

  /** The component when all values are in; each is divided by `divisor` (the volume, for ρ·V). */
  component(name: GridComponentName, divisor: number, isDensity: boolean): GridComponent {
    const [nx, ny, nz] = this.#points;
    const sum = this.#z.reduce((total, value) => total + value, 0);
    const count = nx * ny * nz;
    const divided = (sums: Float64Array, plane: number) => sums.map((value) => value / plane / divisor);
    return {
      name,
      planarAverages: [divided(this.#x, ny * nz), divided(this.#y, nx * nz), divided(this.#z, nx * ny)],
      average: sum / count / divisor,
      minimum: this.#minimum / divisor,
      maximum: this.#maximum / divisor,
      ...(isDensity && { integral: sum / count }),
    };
  }

  #endPlane(z: number): void {
    this.#z[z] = this.#plane;
    this.#plane = 0;
    for (let x = 0; x < this.#planeX.length; x += 1) {
      this.#x[x] = (this.#x[x] as number) + (this.#planeX[x] as number); // in range: both have nx
      this.#planeX[x] = 0;
    }
  }
}
