/**
 * The energy paths: a plot of each with its barrier, or with its points and the reasons why it has none.
 */
import type { DescriptorResult } from '../../../model/descriptor.ts';
import type { Extremum } from '../../../model/path.ts';
import type { PathReport, PathReportImage } from '../../../model/system.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, UNKNOWN } from '../number-text.ts';
import { pathSvg } from '../path-svg.ts';
import { inlineSvg } from './inline-svg.ts';
import { issueList } from './issue-list.ts';
import { partList } from './part-list.ts';
import { qualityMark, quantity } from './quantity.ts';
import type { ReportContent } from './report-content.ts';

export function pathsSection(content: ReportContent): Markup {
  const { paths } = content.result;
  const figures = markup`<div class="figures">${paths.map((path) => pathFigure(path, content))}</div>`;
  return markup`<section id="paths" aria-labelledby="paths-title">
<h2 id="paths-title">Energy paths <span class="count">${paths.length}</span></h2>
${paths.length === 0 ? markup`<p class="none">No migration path (NEB folder) was found.</p>` : figures}
</section>`;
}

function pathFigure(path: PathReport, content: ReportContent): Markup {
  const users = content.candidatesOfPath(path);
  const links = users.map(
    (candidate, index) =>
      markup`${index === 0 ? '' : ', '}<a href="#${content.candidateAnchor(candidate.id)}">${content.label(candidate.id)}</a>`,
  );
  const usedBy = users.length === 0 ? 'of no candidate' : markup`of ${links}`;
  return markup`<figure id="${content.pathAnchor(path.id)}"><figcaption><h3 class="path">${path.id}</h3><p class="note">${usedBy}; ${energyKindText(path)}; ${curveText(path)}</p></figcaption>
${inlineSvg(pathSvg(path))}
${barrierText(path.barrier)}
<details><summary>Images, numbers and issues of this path</summary>
${partList(path.barrier.parts)}
${migrationText(path)}
${intermediateText(path)}
${imageTable(path.images)}
${interpolationTable(path)}
${issueList(otherIssues(path))}
</details></figure>
`;
}

function energyKindText({ energyKind }: PathReport): string {
  return energyKind === 'free' ? 'energies: TOTEN' : 'energies: energy(sigma->0)';
}

function curveText({ curve, interpolations }: PathReport): string {
  if (curve === undefined) return 'no curve: energies or distances are missing';
  return interpolations?.hermite === undefined ? 'curve through energies only' : 'curve through energies and forces';
}

function barrierText(barrier: DescriptorResult): Markup {
  if (barrier.available) return markup`<p class="found">${quantity(barrier)} ${qualityMark(barrier.quality)}</p>`;
  return markup`<p class="found">${UNKNOWN} no barrier:</p>${issueList(barrier.reasons)}`;
}

/** Reasons of a missing barrier are told beside the plot already. */
function otherIssues({ barrier, issues }: PathReport): PathReport['issues'] {
  const told = barrier.available ? [] : barrier.reasons.map((reason) => JSON.stringify(reason));
  const own = barrier.available ? barrier.issues : [];
  const texts = new Set(told);
  return [...own, ...issues].filter((entry) => {
    const text = JSON.stringify(entry);
    return texts.has(text) ? false : texts.add(text) !== undefined;
  });
}

function migrationText({ migrating }: PathReport): Markup | undefined {
  if (migrating === undefined) return undefined;
  const { atoms, othersLargestDisplacementAngstrom: others } = migrating;
  const moves = atoms.map(
    ({ atom, element, pathLengthAngstrom, straightAngstrom }) =>
      `${element} ${atom} (${fixedText(pathLengthAngstrom)} Å along its path, ${fixedText(straightAngstrom)} Å straight)`,
  );
  const rest = others === undefined ? '' : `; every other atom moves at most ${fixedText(others)} Å`;
  return markup`<p class="note">Migrating: ${moves.length === 0 ? 'no atom ends on another site' : moves.join(', ')}${rest}.</p>`;
}

/** The descriptor's own part, of minima that stand out. */
function intermediateText({ barrier }: PathReport): Markup | undefined {
  const minima = (barrier.parts.intermediateMinima ?? []) as readonly Extremum[];
  if (minima.length === 0) return undefined;
  return markup`<p class="note">Intermediate minima (eV): ${extremaText(minima)} Å.</p>`;
}

function imageTable(images: readonly PathReportImage[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Images" tabindex="0"><table class="plain">
<thead><tr><th scope="col" class="number">Image</th><th scope="col" class="number">Distance (Å)</th><th scope="col" class="number">E − E(00) (eV)</th><th scope="col" class="number">Tangential force (eV/Å)</th><th scope="col" class="number">Residual (eV/Å)</th><th scope="col">Energy from</th></tr></thead>
<tbody>${images.map(imageRow)}</tbody></table></div>`;
}

function imageRow(image: PathReportImage): Markup {
  const climbing = image.climbing ? markup` <span class="note">climbing</span>` : undefined;
  return markup`<tr><th scope="row" class="number">${String(image.index).padStart(2, '0')}${climbing}</th>${numberCell(image.distanceAngstrom)}${numberCell(image.relativeEnergyEv)}${numberCell(image.tangentForceEvPerAngstrom)}${numberCell(image.maxPerpendicularForceEvPerAngstrom)}<td class="path">${image.source}</td></tr>
`;
}

function numberCell(value: number | undefined): Markup {
  return markup`<td class="number">${value === undefined ? UNKNOWN : fixedText(value)}</td>`;
}

function interpolationTable({ interpolations }: PathReport): Markup | undefined {
  const rows = Object.entries(interpolations ?? {});
  if (rows.length === 0) return undefined;
  return markup`<table class="plain"><caption>Highest and lowest points of the interpolations, eV at Å</caption>
<thead><tr><th scope="col">Interpolation</th><th scope="col">Maxima</th><th scope="col">Minima</th></tr></thead>
<tbody>${rows.map(
    ([name, { maxima, minima }]) =>
      markup`<tr><th scope="row">${name}</th><td>${extremaText(maxima)}</td><td>${extremaText(minima)}</td></tr>
`,
  )}</tbody></table>`;
}

function extremaText(extrema: readonly Extremum[]): string {
  if (extrema.length === 0) return 'none';
  return extrema
    .map(({ energyEv, distanceAngstrom }) => `${fixedText(energyEv)} at ${fixedText(distanceAngstrom)}`)
    .join('; ');
}
