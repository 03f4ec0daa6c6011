/**
 * Names that VASP files have in the wild: `CONTCAR.relax1`, `POSCAR_00`, `6362_OUTCAR`, `CONTCARep1`.
 *
 * VASP's name may be followed by anything, and preceded by anything that ends in `.`, `_` or `-`; what is a program, a
 * picture or a table by its extension is none of VASP's.
 */

const COMPRESSION_SUFFIX = /\.(?:gz|xz|bz2|zst)$/i;
const FOREIGN_EXTENSION =
  /\.(?:py|ipynb|pl|sh|m|json|ya?ml|xml|html?|md|tex|pdf|png|jpe?g|svg|eps|csv|xlsx?|cif|xyz|h5)$/i;

/** `OUTCAR.relax2.gz` → `OUTCAR.relax2`. */
export function withoutCompressionSuffix(name: string): string {
  return name.replace(COMPRESSION_SUFFIX, '');
}

/** Whether a name is one of VASP's names with the usual additions. */
export function fileNameMatcher(vaspNames: readonly string[]): (name: string) => boolean {
  const pattern = new RegExp(`(?:^|[._-])(?:${vaspNames.join('|')})(?![A-Z])`);
  return (name) => pattern.test(name) && !FOREIGN_EXTENSION.test(name);
}
