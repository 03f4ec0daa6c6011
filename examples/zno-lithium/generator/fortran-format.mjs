// Numbers in the shapes that Fortran gives them in VASP's files.
//
// A column that overflows is a mistake of the example and stops the generator; Fortran would print stars.

/** F format. @type {(value: number, width: number, decimals: number) => string} */
export function fixed(value, width, decimals) {
  const text = value.toFixed(decimals);
  if (text.length > width || !Number.isFinite(value)) throw new Error(`${value} does not fit F${width}.${decimals}`);
  return text.padStart(width);
}

/** I format. @type {(value: number, width: number) => string} */
export const integer = (value, width) => fixed(value, width, 0);

/** E format: 0.1234567E+03. @type {(value: number, width: number, decimals: number) => string} */
export function exponential(value, width, decimals) {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
  const mantissa = value / 10 ** exponent;
  const carried = Math.abs(Number(mantissa.toFixed(decimals))) >= 1;
  const shown = carried ? mantissa / 10 : mantissa;
  const power = carried ? exponent + 1 : exponent;
  const text = `${shown.toFixed(decimals)}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  if (text.length > width || !Number.isFinite(value)) throw new Error(`${value} does not fit E${width}.${decimals}`);
  return text.padStart(width);
}

/** E format without the zero before the point of a negative number: -.12E+01. @type {(value: number, width: number, decimals: number) => string} */
export function exponentialTight(value, width, decimals) {
  return exponential(value, width + 1, decimals)
    .replace('-0.', '-.')
    .trim()
    .padStart(width);
}

/** Character column of a fixed width, cut or filled with blanks. @type {(text: string, width: number) => string} */
export const column = (text, width) => text.slice(0, width).padEnd(width);

/** Fortran logical. @type {(value: boolean) => 'T' | 'F'} */
export const logical = (value) => (value ? 'T' : 'F');
