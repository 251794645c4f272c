// What of domain/ a browser can take without zod: what really is loaded counts, types do not (docs: "import law").
const npm = (name) => `(^|/)node_modules/${name}(/|$)`;

/** Modules whose functions a page asks: forms and their rules, lights, calendars, and what is said of failures, plans and figures. */
const FOR_BROWSERS = [
  'domain/assignment/assignment.ts',
  'domain/assignment/light.ts',
  'domain/calendar/calendar.ts',
  'domain/calendar/calendar-days.ts',
  'domain/calendar/day-hours.ts',
  'domain/calendar/due-text.ts',
  'domain/delivery/notification-text.ts',
  'domain/directive/warning-words.ts',
  'domain/failure.ts',
  'domain/form/alert.ts',
  'domain/form/carried.ts',
  'domain/form/difference.ts',
  'domain/form/field-faults.ts',
  'domain/form/field-kind.ts',
  'domain/form/form.ts',
  'domain/form/intake.ts',
  'domain/form/prefill.ts',
  'domain/form/rule.ts',
  'domain/form/value.ts',
  'domain/instant.ts',
  'domain/paper/summary/shown-value.ts',
];

export default {
  forbidden: [
    {
      name: 'browsers-need-no-zod',
      severity: 'error',
      comment: 'a page asks these functions of the domain; zod would be 90 KB to load first',
      from: { path: FOR_BROWSERS.map((file) => `^${file.replaceAll('.', '\\.')}$`) },
      to: { path: npm('zod'), reachable: true },
    },
    {
      name: 'the-page-needs-no-zod',
      severity: 'error',
      comment: 'whatever the page loads, zod is not among it',
      from: { path: '^web/entry\\.tsx$' },
      to: { path: npm('(zod|antd|echarts|pinyin-pro)'), reachable: true },
    },
  ],
  options: {
    // After types are stripped, as Node and bundlers see it.
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
