/** Every webhook of the platform's catalogue, one file each. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../../src/core/root";

const FOLDER = join(ROOT, "test", "fixtures", "zalo");
const fixtureSchema = z.object({ headers: z.record(z.string(), z.string()), rawBody: z.string() });

export interface WebhookFixture {
  /** The file's name without its ending: the event's name, with a variant behind a dot. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string;
}

export const webhookFixtures = (): WebhookFixture[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ""),
      ...fixtureSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))),
    }));

export const webhookFixture = (name: string): WebhookFixture => {
  const found = webhookFixtures().find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found;
};
