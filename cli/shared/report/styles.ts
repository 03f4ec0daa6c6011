/**
 * How the report looks: system fonts, one accent, light and dark as the reader's system is set, and on paper.
 *
 * Tables of candidates turn into cards where the window is narrow. Meaning is never in a colour alone: each mark has its
 * word. Contrast of text on its ground is at least 4.5 to 1 in both schemes.
 */
export const STYLES = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f7f9; --ink: #1f2933; --faint: #52606d; --rule: #d2d8de; --accent: #0b5cad;
  --error: #a3211b; --warning: #7a4b00; --good: #22633a; --barrier: #8a3b12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --panel: #1d2328; --ink: #e4e8ec; --faint: #a3adb8; --rule: #3a444d; --accent: #7db7f5;
    --error: #ff9c92; --warning: #f0c06a; --good: #86d3a0; --barrier: #f2a57c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; max-width: 82rem; padding: 1.5rem 1.5rem 3rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
h1 { margin: 0; font-size: 1.75rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; }
h3 { margin: 1.25rem 0 .35rem; font-size: 1rem; }
main > section { margin-top: 2.5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
p { margin: .4rem 0; max-width: 75ch; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code, .path { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .87em; }
.path { overflow-wrap: anywhere; font-weight: 500; }
sub { line-height: 0; font-size: .75em; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem; background: var(--paper); z-index: 2; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.kind { margin: 0; color: var(--faint); }
.lead { margin: .5rem 0 1rem; font-size: 1.1rem; }
.count { color: var(--faint); font-weight: 400; font-size: .9em; }
.none { color: var(--faint); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(11.5rem, 100%), 1fr)); gap: .4rem 1.25rem; margin: .5rem 0; }
.facts > .wide { grid-column: 1 / -1; }
.facts dt { color: var(--faint); font-size: .85rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.terms > div { margin-bottom: .4rem; }
.terms dt { font-weight: 600; }
.terms dd { margin: 0; max-width: 75ch; }

.scroll { position: relative; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--faint); font-size: .85rem; padding: .25rem 0; }
th, td { padding: .5rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: .25rem; }
thead th { color: var(--faint); font-size: .85rem; font-weight: 600; vertical-align: bottom; white-space: nowrap; }
tbody th { font-weight: 600; }
.number { text-align: right; }
.plain { width: auto; min-width: min(100%, 36rem); font-size: .93rem; }
.plain th, .plain td { padding: .3rem .6rem; }
.plain tbody th { font-weight: 500; }
.plain td.number, .plain th.number { white-space: nowrap; }
.candidates > tbody > tr:first-child > * { border-bottom: 0; padding-bottom: .25rem; }

.candidates > tbody > .more > td { padding-top: 0; }
.candidates tbody:target { background: var(--panel); }
.candidates > thead th { white-space: normal; }
.candidates > tbody > tr > th { min-width: 8rem; }
.label { display: none; }
.name { font-size: 1.05rem; overflow-wrap: anywhere; }
td.path { min-width: 10rem; }
.note, .reason, .where { color: var(--faint); font-size: .85rem; font-weight: 400; }
.note { display: block; overflow-wrap: anywhere; white-space: normal; }
p.note { display: block; }
summary .note, dd .note, th .note { font-family: inherit; }
.reason { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; overflow: hidden; overflow-wrap: anywhere; min-width: 8rem; }
.where { overflow-wrap: anywhere; }
.quantity { white-space: nowrap; }
.sigma, .unit { color: var(--faint); font-weight: 400; }
.quality { display: block; font-size: .85rem; color: var(--faint); white-space: nowrap; }
.found .quality { display: inline; margin-left: .5rem; }
.quality.degraded { color: var(--warning); }
.quality.unreliable { color: var(--error); font-weight: 600; }
.borderline { display: inline-block; padding: 0 .4rem; border: 1px solid var(--warning); border-radius: 3px; color: var(--warning); white-space: nowrap; }
.found { font-size: 1.05rem; }
.formula { font-family: Cambria, "STIX Two Text", "Times New Roman", serif; font-size: 1.05rem; }
.title { font-weight: 400; color: var(--faint); }
.stated { padding: 0 .35rem; border: 1px solid var(--rule); border-radius: 3px; font-size: .85rem; }

details > summary { cursor: pointer; color: var(--accent); font-size: .93rem; padding: .15rem 0; }
.details { position: sticky; left: 0; max-width: min(78rem, calc(100vw - 3rem)); padding: .25rem 1rem 1rem; background: var(--panel); border-left: 3px solid var(--rule); }
.details > section + section { border-top: 1px solid var(--rule); margin-top: 1rem; }

.issues { margin: .25rem 0; padding: 0; list-style: none; }
.issue { margin: .3rem 0; max-width: 90ch; }
.issue code { overflow-wrap: anywhere; }
.severity { font-size: .85rem; font-weight: 600; white-space: nowrap; }
.issue.error .severity { color: var(--error); }
.issue.warning .severity { color: var(--warning); }
.issue.info .severity { color: var(--faint); }
td > .issues .issue, td > div > .issues .issue { min-width: min(20rem, 70vw); }
.verdict { white-space: nowrap; }
.verdict.pass { color: var(--good); }
.verdict.fail { color: var(--error); font-weight: 600; }
.verdict.not-determinable { color: var(--warning); }
.groups { padding: 0; list-style: none; }
.groups > li { padding: .1rem 0 .75rem; border-bottom: 1px solid var(--rule); }
.paths { margin: .25rem 0; padding-left: 1.25rem; columns: 24rem; column-gap: 2.5rem; list-style: disc; }
.paths > li { break-inside: avoid; }
.bar { display: block; width: 9rem; height: .7rem; background: var(--rule); border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar > span { display: block; height: 100%; background: var(--accent); border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); gap: 1.5rem 2rem; align-items: start; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption h3 { margin: 0; font-size: .95rem; font-weight: 600; }
.path-svg { display: block; width: 100%; max-width: 36rem; height: auto; font-variant-numeric: tabular-nums; }
.path-paper { fill: none; }
.path-axes { fill: var(--faint); }
.path-label { fill: var(--ink); }
.path-rule { stroke: var(--rule); }
.path-tick { stroke: var(--faint); }
.path-curve { stroke: var(--accent); }
.path-image { fill: var(--paper); stroke: var(--accent); }
.path-climbing { fill: var(--accent); }
.path-barrier { fill: var(--barrier); }
.path-barrier line, .path-saddle { stroke: var(--barrier); }
.path-missing { fill: var(--faint); }
.path-svg text { stroke: none; }

button, input[type="search"] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; }
input[type="search"] { width: min(24rem, 100%); padding: .3rem .5rem; }
.filter { display: block; margin: .5rem 0; color: var(--faint); font-size: .9rem; }
.copy { margin-left: .4rem; padding: 0 .35rem; font-size: .8rem; cursor: pointer; }
th button { padding: 0; border: 0; background: none; font-weight: inherit; color: inherit; cursor: pointer; text-align: inherit; }
th button:hover { color: var(--accent); }
th[aria-sort] button::after { content: " ▲"; font-size: .7em; }
th[aria-sort="descending"] button::after { content: " ▼"; }
[hidden] { display: none !important; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--faint); font-size: .9rem; }

@media (max-width: 56rem) {
  body { padding: 1rem 1rem 2rem; }
  .candidates, .candidates > tbody, .candidates > tbody > tr { display: block; }
  .candidates > thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .candidates > tbody { border: 1px solid var(--rule); border-radius: 4px; padding: .5rem .75rem; margin-bottom: 1rem; }
  .candidates > tbody > tr > * { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0 .5rem; padding: .2rem 0 !important; border: 0; text-align: left; }
  .label { display: block; color: var(--faint); font-size: .85rem; font-weight: 400; }
  .candidates > tbody > .more > td { display: block; }
  .reason { -webkit-line-clamp: none; min-width: 0; }
  .candidates .quality { display: inline; margin-left: .4rem; }
  .details { position: static; max-width: none; padding: .25rem 0 .5rem .75rem; }
  td > .issues .issue, td > div > .issues .issue { min-width: 0; }
}
@media (max-width: 30rem) {
  .plain { font-size: .87rem; }
  .plain th, .plain td { padding: .3rem .4rem; }
  .facts { grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr)); gap: .35rem .75rem; }
}
@media print {
  :root { --paper: #ffffff; --panel: #ffffff; --ink: #000000; --faint: #444444; --rule: #bbbbbb; --accent: #0b5cad; --error: #8f1410; --warning: #6b4200; --good: #1d5431; --barrier: #7a2f0a; }
  html { font-size: 11px; }
  body { max-width: none; padding: 0; font-size: 1rem; }
  nav, .skip, .filter, .copy, .more details:not([open]) { display: none; }
  .scroll { overflow: visible; }
  main > section { break-before: auto; }
  .candidates tbody, .groups > li, tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
