/**
 * The layers of ARCHITECTURE.md as rules. Data flows one way:
 *   model ← parsers, assembly, descriptors, ranking ← pipeline ← cli → intake → model
 */
const PURE = ['parsers', 'assembly', 'descriptors', 'ranking'];

/** Each pure layer knows model and itself. */
const siblings = PURE.map((layer) => ({
  name: `${layer}-knows-only-model`,
  comment: `${layer}/ may import model/ and itself. What two layers share belongs into model/; what wires them into pipeline/.`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: '^[a-z]+/', pathNot: [`^${layer}/`, '^model/', '^node_modules/'] },
}));

module.exports = {
  forbidden: [
    ...siblings,
    {
      name: 'model-imports-nothing-of-ours',
      comment: 'model/ is what all layers share: it may not know any of them.',
      severity: 'error',
      from: { path: '^model/' },
      to: { path: '^[a-z]+/', pathNot: ['^model/', '^node_modules/'] },
    },
    {
      name: 'pipeline-is-pure',
      comment: 'pipeline/ wires pure layers. Reading belongs to intake/, printing to cli/.',
      severity: 'error',
      from: { path: '^pipeline/' },
      to: { path: '^(intake|cli)/' },
    },
    {
      name: 'intake-knows-only-model',
      comment: 'intake/ finds and reads bytes; what they mean is decided by the layers above it.',
      severity: 'error',
      from: { path: '^intake/' },
      to: { path: '^[a-z]+/', pathNot: ['^intake/', '^model/', '^node_modules/'] },
    },
    {
      name: 'nobody-imports-the-command-line',
      comment: 'cli/ is an entry. Move what you need into pipeline/ or model/.',
      severity: 'error',
      from: { pathNot: '^(cli|test)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'pure-layers-touch-no-machine',
      comment: 'No disk, network, clock or process in a pure layer: take the value as an argument.',
      severity: 'error',
      from: { path: '^(model|parsers|assembly|descriptors|ranking|pipeline)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|util)$' },
    },
    {
      name: 'packages-of-pure-layers-are-chosen',
      comment: 'A new package in a pure layer needs a decision record in docs/decisions/.',
      severity: 'error',
      from: { path: '^(model|parsers|assembly|descriptors|ranking|pipeline)/' },
      to: { path: '^node_modules/', pathNot: '^node_modules/(zod|yaml|csv-parse)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or a third one is hidden in them.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file: delete it or list it in its index.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^cli/shared/parse-thread\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
