import tseslint from "typescript-eslint";
import jest from "eslint-plugin-jest";

/** Things that have one home in this house; everywhere else they are refused. */
const houseRules = [
  { selector: "NewExpression[callee.name='Date']", message: "Time comes from core/clock." },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time comes from core/clock.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Randomness comes from core/ids.",
  },
  { selector: "ExportDefaultDeclaration", message: "No default exports: one name for one thing." },
];
const noEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Settings are read in src/settings/load.ts alone.",
};

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "data/**", "src/simulator/page/**", "**/*.mjs", "*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // Both take structurally typed values of other packages for mistakes.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
      "max-params": ["error", 4],
      "no-console": "error",
      "no-restricted-syntax": ["error", ...houseRules, noEnv],
    },
  },
  { files: ["src/settings/load.ts"], rules: { "no-restricted-syntax": ["error", ...houseRules] } },
  { files: ["src/core/clock.ts", "src/core/ids.ts"], rules: { "no-restricted-syntax": ["error", noEnv] } },
  {
    files: ["src/tools/**", "src/main.ts", "test/bench/**", "test/fuzz/main.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**"],
    ...jest.configs["flat/recommended"],
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "jest/expect-expect": [
        "error",
        { assertFunctionNames: ["expect", "expect*", "fc.assert", "check*", "dialogue"] },
      ],
      "jest/no-conditional-expect": "off",
      "jest/no-standalone-expect": "off",
      "max-lines": ["error", { max: 500 }],
      "no-restricted-syntax": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  // Suites that several test files run are exported from here.
  { files: ["test/support/**"], rules: { "jest/no-export": "off" } },
);
