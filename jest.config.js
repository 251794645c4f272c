// How jest runs here: TypeScript stripped by Node itself, one project a tier so that each can be run alone.
const tier = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  transform: {},
  setupFiles: ['<rootDir>/tests/support/seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/\\.zhuanban'],
  modulePathIgnorePatterns: ['/\\.zhuanban'],
  ...extra,
});

export default {
  projects: [
    tier('unit', [
      '<rootDir>/{domain,contract,command,reading,db,ooxml,files,channels,api,web,activities,embedded,workflows}/**/*.test.ts',
      '<rootDir>/*.test.ts',
    ]),
    tier('replay', ['<rootDir>/tests/replay/**/*.test.ts']),
    tier('simulation', ['<rootDir>/tests/simulation/**/*.test.ts']),
    tier('integration', ['<rootDir>/tests/integration/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/support/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
    }),
    tier('production', ['<rootDir>/tests/production/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/support/production/global-setup.ts',
    }),
    tier('e2e', ['<rootDir>/tests/e2e/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/support/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
    }),
    tier('contract', ['<rootDir>/tests/contract/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/support/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
    }),
  ],
  // Longer than a test waits in vain for one thing (tests/support/installation.ts), which then says for what.
  testTimeout: 180_000,
};
