/**
 * Adsorption energies and driving forces that cannot be computed, and what each needs: the clean slab, the isolated
 * atom, the bulk metal, or a run of one of them that may be subtracted (SCIENCE §1.9, §2.1).
 */
import type { Calculation } from '../model/calculation.ts';
import { anglesDegrees, lengths } from '../model/lattice.ts';
import { formula } from '../model/structure.ts';
import type { Link, System } from '../model/system.ts';
import { settingsText } from './settings-text.ts';
import {
  distinctNeeds,
  faultsOf,
  mending,
  type Need,
  need,
  needsOfLink,
  type Waiting,
  type WaitingContext,
} from './waiting.ts';

/** Beyond, the ion is part of the slab, and what the slab is without its adsorbate cannot be told. */
const LARGEST_ADSORBED_SHARE = 0.1;
const METALS: Readonly<Record<string, string>> = { Li: 'bcc', Na: 'bcc', K: 'bcc', Zn: 'hcp', Mg: 'hcp', Al: 'fcc' };

export function adsorptionWaiting(context: WaitingContext): Waiting[] {
  const { systems } = context.assembly;
  return [...systems.flatMap((system) => ofSystem(system, context)), ...systems.flatMap((system) => bare(system))];
}

function ofSystem(system: System, context: WaitingContext): Waiting[] {
  const links = linksByLeft(system);
  const sites = new Map(system.sites?.map((site) => [site.calculation, site]));
  const ofIon = system.adsorbed.flatMap((id): Waiting[] => {
    const calculation = context.calculations.get(id);
    if (calculation === undefined) return [];
    const own = links.get(id) ?? [];
    const linked = (kind: Link['kind']): Link | undefined => own.find((link) => link.kind === kind);
    const clean = linked('clean-slab');
    const site = sites.get(id)?.issues.filter(({ severity }) => severity === 'error') ?? [];
    const pair = [
      ...faultsOf(id, context),
      ...site.map((fault) => mending(id, fault)),
      ...(clean === undefined ? [cleanSlab(calculation, context.ion)] : needsOfLink(clean, context)),
    ];
    const atom = orElse(linked('atom-reference'), () => isolatedAtom(calculation, context.ion), context);
    const metal = orElse(linked('bulk-reference'), () => bulkMetal(calculation, context.ion), context);
    return [
      { makes: 'adsorption-energy', of: id, needs: distinctNeeds([...pair, ...atom]) },
      { makes: 'nucleation-driving-force', of: id, needs: distinctNeeds([...pair, ...metal]) },
    ];
  });
  return [...ofIon, ...system.otherAdsorbed.flatMap((id) => ofOther(id, links.get(id) ?? []))];
}

function linksByLeft({ links }: System): ReadonlyMap<string, readonly Link[]> {
  const byLeft = new Map<string, Link[]>();
  for (const link of links) {
    const known = byLeft.get(link.from);
    if (known === undefined) byLeft.set(link.from, [link]);
    else known.push(link);
  }
  return byLeft;
}

function orElse(link: Link | undefined, missing: () => Need, context: WaitingContext): Need[] {
  return link === undefined ? [missing()] : needsOfLink(link, context);
}

/** A clean slab that carries nothing yet. */
function bare({ slab, adsorbed, ion }: System): Waiting[] {
  if (slab === undefined || adsorbed.length > 0) return [];
  const tell = (slabs: readonly string[]): string =>
    slabs.length === 1
      ? `a slab with ${ion} on ${slabs[0]}`
      : `slabs with ${ion} on ${slabs.length} clean slabs that carry none`;
  return [{ makes: 'adsorption-energy', of: slab, needs: [{ key: `${ion} on bare slabs`, tell, isPerValue: true }] }];
}

/** Other adsorbates need one reference of their own. */
function ofOther(id: string, links: readonly Link[]): Waiting[] {
  const adsorbate = links.find(({ kind }) => kind === 'clean-slab')?.adsorbate?.formula;
  const isReferred = links.some(({ kind }) => kind !== 'clean-slab' && kind !== 'slab-bulk');
  if (adsorbate === undefined || isReferred) return [];
  const isElement = /^[A-Z][a-z]?$/.test(adsorbate);
  const what = isElement
    ? `a reference of ${adsorbate}: its isolated atom (box of at least 12 Å, ISPIN = 2, Γ only) or its element`
    : `the isolated molecule ${adsorbate} (box of at least 12 Å, Γ only)`;
  return [{ makes: 'adsorbate-reference', of: id, needs: [need(what)] }];
}

function cleanSlab(adsorbed: Calculation, ion: string): Need {
  const { structure, id } = adsorbed;
  if (structure === undefined) return need(`the clean slab of ${id}`);
  const rest = structure.species.filter((element) => element !== ion);
  const isFew = structure.species.length - rest.length <= LARGEST_ADSORBED_SHARE * structure.species.length;
  const of = isFew ? ` of ${formula(rest)}` : '';
  const sides = lengths(structure.latticeAngstrom).map((length) => length.toFixed(2));
  const angles = anglesDegrees(structure.latticeAngstrom);
  const skewed = angles.some((angle) => Math.abs(angle - 90) > 0.05);
  const cell = `${sides.join(' × ')} Å${skewed ? `, ${angles.map((angle) => angle.toFixed(1)).join('/')}°` : ''}`;
  const settings = settingsText(adsorbed, { mesh: true });
  const key = `a clean slab${of} in the cell ${cell} ${settings}`;
  return {
    key,
    tell: () => `a clean slab${of} in the cell ${cell} (the slab of ${id} without its ${ion}${listed(settings)})`,
  };
}

/** Box and spin as SCIENCE §1.9 asks for. */
function isolatedAtom(adsorbed: Calculation, ion: string): Need {
  const settings = settingsText(adsorbed, { mesh: false });
  return need(`an isolated ${ion} atom (box of at least 12 Å, ISPIN = 2, Γ only${listed(settings)})`);
}

function bulkMetal(adsorbed: Calculation, ion: string): Need {
  const lattice = METALS[ion] === undefined ? '' : ` (${METALS[ion]})`;
  return need(
    `bulk ${ion}${lattice} in its own cell with a converged mesh${listed(settingsText(adsorbed, { mesh: false }))}`,
  );
}

function listed(settings: string): string {
  return settings === '' ? '' : `, ${settings}`;
}
