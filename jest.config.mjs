/** Tests run on the sources, compiled by swc; types are checked by `npm run check`. */
export const config = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  setupFiles: ["<rootDir>/test/support/no-network.ts"],
  testTimeout: 60_000,
  maxWorkers: 2,
};
export default config;
