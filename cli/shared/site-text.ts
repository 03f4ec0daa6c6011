/** An adsorption site in words: `fcc hollow of 3, 1.18 Å above the face; O 2.18, O 2.18, O 2.18 Å`. */
import type { AdsorbedUnit, AdsorptionSite } from '../../model/adsorption-site.ts';

/** Neighbours named of one adsorbate. */
const MAXIMUM_NAMED = 6;

/** Of every adsorbate; what is alike stands once, with its number. */
export function siteText({ units }: Pick<AdsorptionSite, 'units'>): string {
  const counts = new Map<string, number>();
  for (const text of units.map(unitText)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join(' | ');
}

function unitText({ site, stacking, coordination, heightAngstrom, neighbours }: AdsorbedUnit): string {
  const kind = stacking === undefined ? site : `${stacking} ${site}`;
  const of = site === 'hollow' && coordination !== undefined ? ` of ${coordination}` : '';
  const height = `${Math.abs(heightAngstrom).toFixed(2)} Å ${heightAngstrom < 0 ? 'below' : 'above'} the face`;
  const named = neighbours.slice(0, MAXIMUM_NAMED).map((near) => `${near.element} ${near.distanceAngstrom.toFixed(2)}`);
  const more = neighbours.length > MAXIMUM_NAMED ? ', …' : '';
  return `${kind}${of}, ${height}${named.length === 0 ? '' : `; ${named.join(', ')}${more} Å`}`;
}
