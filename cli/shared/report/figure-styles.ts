/** How figures of the ranking look: their colours follow the scheme of the page, numbers and shapes carry the meaning. */
export const FIGURE_STYLES = `
:root { --shade: 11 92 173; }
@media (prefers-color-scheme: dark) { :root { --shade: 125 183 245; } }
@media print { :root { --shade: 11 92 173; } }
.candidates td.number .note { white-space: nowrap; }
.score-bar { vertical-align: middle; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.score-bar text { fill: #000000; }
.score-rest { fill: none; stroke: var(--rule); }
.score-score rect { fill: var(--accent); }
.score-loss rect, .score-gain rect { stroke: var(--paper); stroke-width: 1; }
.score-missing rect { fill: none; stroke: var(--faint); stroke-dasharray: 3 3; }
.bar-legend ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0; padding: 0; list-style: none; font-size: .93rem; }
.sentences { margin: .4rem 0; padding-left: 1.1rem; max-width: 75ch; overflow-wrap: anywhere; }
.places .share { min-width: 2.6rem; border: 1px solid var(--paper); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.places .share.none { color: var(--faint); }
.places .tie { border-left: 3px solid var(--faint); border-bottom: 2px solid var(--faint); border-top: 2px solid var(--faint); text-align: center; vertical-align: middle; font-weight: 400; }
.places .rank { display: inline-block; min-width: 1.6rem; color: var(--faint); font-weight: 400; }
.robust { color: var(--good); font-weight: 400; font-size: .85rem; white-space: nowrap; }
.scatter-front, .scatter-later { fill: var(--accent); }
.scatter-stairs { stroke: var(--accent); }
.scatter-unranked, .scatter-sigma, .scatter-refused rect, .scatter-refused path { stroke: var(--faint); }
.scatter-svg .scatter-names text { stroke: var(--paper); }
.scatter-window { fill: var(--good); }
.scatter-target { stroke: var(--good); }
`;
