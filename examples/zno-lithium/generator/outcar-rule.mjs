// The horizontal rules of OUTCAR.

export const RULE = '-'.repeat(104);
/** Under the heading of the energies. */
export const ENERGY_RULE = `  ${'-'.repeat(51)}`;
/** Around the table of positions and forces. */
export const FORCE_RULE = ` ${'-'.repeat(83)}`;
