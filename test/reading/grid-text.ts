/** Grid files as VASP writes them: the head of a CONTCAR, the points, five numbers a line. */
export type Points = readonly [number, number, number];

/** `valueAt`: of plane k along c; every point of a plane has it. */
export function gridText(contcar: string, points: Points, valueAt: (plane: number) => number): string {
  const lines = contcar.split('\n');
  const counts = (lines[6] ?? '').trim().split(/\s+/).map(Number);
  const atoms = counts.reduce((sum, count) => sum + count, 0);
  const mode = lines.findIndex((line) => /^\s*direct/i.test(line));
  const places = lines.slice(mode + 1, mode + 1 + atoms).map((line) => {
    const [x = '', y = '', z = ''] = line.trim().split(/\s+/);
    return `  ${Number(x).toFixed(6)}  ${Number(y).toFixed(6)}  ${Number(z).toFixed(6)}`;
  });
  const [nx, ny, nz] = points;
  const values = Array.from({ length: nx * ny * nz }, (_, at) => valueAt(Math.floor(at / (nx * ny))).toExponential(11));
  const rows = Array.from({ length: Math.ceil(values.length / 5) }, (_, row) =>
    values
      .slice(5 * row, 5 * row + 5)
      .map((value) => value.padStart(19))
      .join(''),
  );
  return [...lines.slice(0, 7), 'Direct', ...places, '', ` ${points.join('  ')}`, ...rows, ''].join('\n');
}
