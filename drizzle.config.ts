import { defineConfig } from "drizzle-kit";

export const config = defineConfig({
  dialect: "postgresql",
  schema: "./src/store/tables.ts",
  out: "./src/store/migrations",
});
// drizzle-kit reads the default export and nothing else.
// eslint-disable-next-line no-restricted-syntax
export default config;
