/**
 * One descriptor of one candidate: formula and convention as the definition states them, the inputs with the bytes they
 * were read from, the alternatives that were not chosen, and the issues.
 */
import { descriptorByName } from '../../../descriptors/index.ts';
import type { AvailableDescriptor, DescriptorResult, InputReference } from '../../../model/descriptor.ts';
import type { DescriptorDescription } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { exactText, fixedText, UNKNOWN } from '../number-text.ts';
import { formulaMarkup } from './formula.ts';
import { issueList } from './issue-list.ts';
import { partList } from './part-list.ts';
import { qualityMark, quantity } from './quantity.ts';
import type { ReportContent } from './report-content.ts';

export function descriptorDetails(
  definition: DescriptorDescription,
  result: DescriptorResult,
  content: ReportContent,
): Markup {
  const found = result.available
    ? markup`<p class="found">${quantity(result)} ${qualityMark(result.quality)}</p>`
    : markup`<p class="found">${UNKNOWN} not available:</p>${issueList(result.reasons)}`;
  return markup`<section><h3>${formulaMarkup(definition.symbol)} <span class="title">${definition.title}</span></h3>
${found}
${definitionFacts(definition, result)}
${partList(result.parts)}
${alternatives(result, content)}
${result.available ? inputTable(result.inputs) : undefined}
${result.available ? issueList(result.issues) : undefined}</section>`;
}

function definitionFacts(definition: DescriptorDescription, result: DescriptorResult): Markup {
  return markup`<dl class="facts">
<div class="wide"><dt>formula</dt><dd class="formula">${formulaMarkup(definition.formula)}</dd></div>
<div class="wide"><dt>convention</dt><dd>${result.available ? result.convention : definition.sign}</dd></div>
${result.available ? aliases(definition, result) : undefined}
<div><dt>definition</dt><dd><code>${definition.identifier}</code> version ${definition.version}</dd></div>
</dl>`;
}

/** Other names under which profiles and papers know the value, e.g. the binding energy. */
function aliases({ identifier }: DescriptorDescription, { value, unit }: AvailableDescriptor): readonly Markup[] {
  const others = descriptorByName(identifier)?.definition.aliases ?? [];
  return others.map(
    (alias) =>
      markup`<div><dt>also shown as</dt><dd>${formulaMarkup(alias.symbol)} = ${fixedText(alias.factor * value)} ${unit} (<code>${alias.identifier}</code>)</dd></div>`,
  );
}

/** A site or path that was weighed for the value; the pipeline lists them in the parts. */
interface Alternative {
  readonly calculation: string;
  readonly value?: number;
  readonly unit?: string;
  readonly reasons: readonly string[];
}

function alternatives(result: DescriptorResult, content: ReportContent): Markup | undefined {
  const tables = Object.entries(result.parts).flatMap(([kind, part]) => {
    const listed = Array.isArray(part) ? part.flatMap((entry: unknown) => alternativeOf(entry) ?? []) : [];
    return listed.length === 0 ? [] : [alternativeTable(kind, listed, content)];
  });
  return tables.length === 0 ? undefined : markup`${tables}`;
}

function alternativeOf(entry: unknown): Alternative | undefined {
  if (typeof entry !== 'object' || entry === null || !('calculation' in entry)) return undefined;
  if (typeof entry.calculation !== 'string') return undefined;
  const value = 'value' in entry && typeof entry.value === 'number' ? { value: entry.value } : {};
  const unit = 'unit' in entry && typeof entry.unit === 'string' ? { unit: entry.unit } : {};
  const reasons = 'reasons' in entry && Array.isArray(entry.reasons) ? entry.reasons.map(String) : [];
  return { calculation: entry.calculation, reasons, ...value, ...unit };
}

function alternativeTable(kind: string, listed: readonly Alternative[], content: ReportContent): Markup {
  return markup`<table class="plain"><caption>All ${kind} weighed for this value; the lowest counts</caption>
<thead><tr><th scope="col">Calculation</th><th scope="col">Value</th></tr></thead>
<tbody>${listed.map(({ calculation, value, unit, reasons }) => {
    const anchor = content.pathAnchor(calculation);
    const name = anchor === undefined ? calculation : markup`<a href="#${anchor}">${calculation}</a>`;
    const found = value === undefined ? `${UNKNOWN} ${reasons.join('; ')}` : `${fixedText(value)} ${unit ?? ''}`;
    return markup`<tr><th scope="row" class="path">${name}</th><td>${found}</td></tr>
`;
  })}</tbody></table>`;
}

function inputTable(inputs: readonly InputReference[]): Markup | undefined {
  if (inputs.length === 0) return undefined;
  return markup`<div class="scroll" role="region" aria-label="Inputs" tabindex="0"><table class="plain"><caption>Inputs, as they stand in the files</caption>
<thead><tr><th scope="col">Input</th><th scope="col" class="number">Value</th><th scope="col">File and line</th><th scope="col" class="number">Bytes, first–last</th><th scope="col">SHA-256 of the file</th></tr></thead>
<tbody>${inputs.map(inputRow)}</tbody></table></div>`;
}

function inputRow({ name, value, unit, file, line, sha256, byteOffset, byteLength }: InputReference): Markup {
  const place = line === undefined ? file : `${file}:${line}`;
  const range =
    byteOffset === undefined
      ? markup`<span title="the place of this value was not recorded">${UNKNOWN}</span>`
      : `${byteOffset}–${byteOffset + Math.max(byteLength ?? 1, 1) - 1}`;
  const hash =
    sha256 === ''
      ? markup`<span title="the hash of this file was not recorded">${UNKNOWN}</span>`
      : markup`<code title="${sha256}" data-copy="${sha256}">${sha256.slice(0, 12)}</code>`;
  return markup`<tr><th scope="row">${name}</th><td class="number">${exactText(value)} ${unit}</td><td class="path">${place}</td><td class="number">${range}</td><td>${hash}</td></tr>
`;
}
