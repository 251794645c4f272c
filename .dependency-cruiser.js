// The import law of the design (docs: "where things live"): who may see whom. Type imports count as imports.
const TEST = '\\.test\\.ts$';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
/** A folder sees what it is allowed to and nothing else; what is forbidden need not be thought of beforehand. */
const only = (folder, allowed, comment) =>
  never(
    `${folder}-sees-only-its-own`,
    { path: `^${folder}/`, pathNot: TEST },
    { pathNot: [`^${folder}/`, ...allowed] },
    comment,
  );

/** A room of machinery: it sees domain/ and its libraries, and its faults are its own, never HTTP's. */
const room = (folder, ...libraries) =>
  never(
    `${folder}-sees-domain-and-its-libraries`,
    { path: `^${folder}/`, pathNot: TEST },
    { pathNot: [`^${folder}/`, '^domain/', npm(...libraries)], dependencyTypesNot: ['core'] },
    'api/ and activities/ use the machinery; it does not know by whom it is used',
  );

export default {
  forbidden: [
    only('domain', [npm('zod', '@marcbachmann/cel-js', 're2js')], 'domain/ is pure: zod and itself'),
    only(
      'contract',
      ['^domain/', npm('zod')],
      'contract/ is what goes over the wire: domain, zod and itself',
    ),
    never(
      'contract-is-the-edge',
      { path: '^(workflows|command|activities|db|reading|ooxml|files|channels)/', pathNot: TEST },
      { path: '^contract/' },
      'what goes over the wire is the business of api, and of web as types',
    ),
    never(
      'cel-in-forms-only',
      { pathNot: ['^domain/form/form\\.ts$', TEST] },
      { path: npm('@marcbachmann/cel-js') },
      'the expression evaluator is the forms’ business',
    ),
    never(
      're2-in-patterns-only',
      // The page's stand-in loads the engine where a form needs it.
      { pathNot: ['^domain/form/rule/', '^web/form/pattern-engine\\.ts$', TEST] },
      { path: npm('re2js') },
      'the engine of patterns is the rules’ business',
    ),
    only(
      'workflows',
      ['^domain/', '^activities/contracts\\.ts$', npm('@temporalio/workflow', '@temporalio/common')],
      'a workflow is replayed: no IO may be reachable',
    ),
    never(
      'workflows-see-contracts-as-types',
      { path: '^workflows/', pathNot: TEST },
      { path: '^activities/', dependencyTypesNot: ['type-only'] },
      'activities are called through proxyActivities',
    ),
    never(
      'workflows-reach-no-io',
      { path: '^workflows/', pathNot: TEST },
      {
        path: [
          '^(db|api|ooxml|files|channels|command|reading|web|config|embedded|worker|server|sentinel)',
          npm('pg', 'express', '@marcbachmann/cel-js'),
        ],
        reachable: true,
      },
      'not even through others',
    ),
    never(
      'workflows-start-each-other-by-name',
      { path: '^workflows/', pathNot: ['^workflows/index\\.ts$', TEST] },
      { path: '^workflows/', pathNot: '^workflows/(desk|messages)\\.ts$', dependencyTypesNot: ['type-only'] },
      'a child is started by name; desk.ts alone is shared',
    ),
    room('ooxml', '@cj-tech-master/excelts', 'docx', 'fflate', 'mammoth', 'yauzl'),
    room('files', '@aws-sdk/client-s3', 'busboy', '@types/busboy', 'file-type'),
    room('channels', 'nodemailer', '@types/nodemailer', 'standardwebhooks', 'zod'),
    never(
      'command-is-the-door',
      { path: '^command/', pathNot: TEST },
      {
        path: [
          '^(api|activities|ooxml|files|channels|web|config|embedded|demo)',
          '^workflows/(?!messages\\.ts$)',
          npm('express'),
        ],
      },
      'command/ sees db, domain and the messages',
    ),
    never(
      'activities-below-workflows',
      { path: '^activities/', pathNot: TEST },
      { path: ['^(workflows|api|web|config|embedded|demo)', npm('express')] },
      'an activity does not know who calls it',
    ),
    never(
      'db-sees-domain',
      { path: '^db/', pathNot: TEST },
      {
        path: [
          '^(workflows|activities|ooxml|files|channels|api|command|reading|web|embedded|demo)/',
          npm('@temporalio', 'express'),
        ],
      },
      'db/ knows rows',
    ),
    never(
      'reading-only-reads',
      { path: '^reading/', pathNot: TEST },
      {
        path: [
          '^(workflows|activities|ooxml|files|channels|contract|api|command|web|embedded|demo|config|worker|server|start|sentinel)(/|\\.ts$)',
          npm('@temporalio', 'express'),
        ],
      },
      'reading/ sees db and domain; what changes the record is no business of who reads it',
    ),
    never(
      'api-writes-by-the-door',
      { path: '^api/', pathNot: TEST },
      { path: '^command/ledger/' },
      'readers have a snapshot (reading/snapshot.ts); a ledger can write',
    ),
    never(
      'sight-by-the-gate',
      { pathNot: ['^domain/access/', '^reading/', '^db/queries/sight-facts\\.ts$', TEST, '^tests/'] },
      { path: '^domain/access/sight\\.ts$' },
      'who sees what is asked of reading/gate.ts',
    ),
    never(
      'seats-by-the-gate',
      { pathNot: ['^domain/access/', '^reading/', '^db/queries/', TEST, '^tests/'] },
      { path: '^domain/access/seating\\.ts$' },
      'a route that looks at seats decides who sees what',
    ),
    never(
      'sight-in-lists-only',
      { pathNot: ['^db/queries/', '^reading/', TEST, '^tests/'] },
      { path: '^db/queries/sight(-facts)?\\.ts$' },
      'the rule as SQL is for the statements of db/queries, its facts are for reading/',
    ),
    never(
      'api-speaks-by-message',
      { path: '^api/', pathNot: TEST },
      {
        path: [
          '^(activities|embedded|demo)/',
          // What the built bundle offers; the bundle itself is loaded as it lies in web/dist.
          '^web/(?!rendering\\.ts$)',
          '^(worker|start|config)\\.ts$',
          '^workflows/(?!messages\\.ts$)',
        ],
      },
      'the API runs no activity and no workflow, and receives its configuration',
    ),
    never(
      'web-sees-domain',
      { path: '^web/', pathNot: TEST },
      {
        path: '^(workflows|activities|ooxml|files|channels|api|command|reading|db|embedded|demo|config|worker|server|start|sentinel)',
      },
      'the browser ships schemas, never server code',
    ),
    never(
      'web-sees-contract-as-types',
      { path: '^web/', pathNot: TEST },
      { path: ['^contract/', npm('zod')], dependencyTypesNot: ['type-only'] },
      'the schemas stay on the server: zod would be 90 KB to load first',
    ),
    never(
      'nobody-sees-tests',
      { pathNot: ['^(tests|bench)/', TEST] },
      { path: ['^(tests|bench|scripts)/', TEST] },
      'product code does not know its tests',
    ),
    never('no-cycles', {}, { circular: true }, 'a cycle is two modules that are one'),
    // `re2js-whole` is a name that web/build.ts gives.
    never(
      'all-resolve',
      {},
      { couldNotResolve: true, pathNot: '^re2js-whole$' },
      'what does not resolve cannot be judged',
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    // Else packages that are ESM only do not resolve.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
