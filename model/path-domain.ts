/**
 * Where an atom migrates (SCIENCE §13.12). Barriers of two domains are two quantities: an adatom crosses a facet, an
 * interstitial squeezes through a lattice.
 */
export type PathDomain = 'surface' | 'interface' | 'vacancy' | 'interstitial' | 'bulk';

/** Of several, the one an electrodeposit meets first goes before the others. */
export const PATH_DOMAINS: readonly PathDomain[] = ['surface', 'interface', 'vacancy', 'interstitial', 'bulk'];

export function isPathDomain(value: unknown): value is PathDomain {
  return PATH_DOMAINS.some((domain) => domain === value);
}
