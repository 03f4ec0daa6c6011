/** How images and their atoms are called in messages: `01`, as the image folders; `Li 37`, counted from 1 as VASP does. */

export function imageName(index: number): string {
  return String(index).padStart(2, '0');
}

/** A cell can be swapped as a whole: the first ones show which. */
const MOST_ATOMS = 6;

/** `atoms` count from 0. */
export function listedAtoms(species: readonly string[], atoms: readonly number[]): string {
  const names = atoms.slice(0, MOST_ATOMS).map((atom) => `${species[atom]} ${atom + 1}`);
  const more = atoms.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
