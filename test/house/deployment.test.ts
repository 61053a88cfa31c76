/** The compose file, read as Compose reads it: names that exist, no secret with a default, health everywhere. */
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = join(__dirname, "..", "..");
const text = readFileSync(join(ROOT, "docker-compose.yml"), "utf8");

const service = z.strictObject({
  image: z.string(),
  build: z.literal(".").optional(),
  restart: z.literal("unless-stopped"),
  depends_on: z
    .union([
      z.array(z.string()),
      z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") })),
    ])
    .optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(:ro)?$/)).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number().optional(),
      start_period: z.string().optional(),
    })
    .optional(),
  stop_grace_period: z.literal("30s").optional(),
});
const compose = z
  .strictObject({
    "x-app": z.looseObject({}),
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(text, { merge: true }));
const services = Object.entries(compose.services);

describe("docker-compose.yml", () => {
  test("names only services and volumes that it has, and files that exist", () => {
    for (const [, { depends_on = [], volumes = [] }] of services) {
      const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(needed));
      for (const source of volumes.map((volume) => volume.split(":")[0] ?? ""))
        expect(source.startsWith("./") ? existsSync(join(ROOT, source)) : source in compose.volumes).toBe(
          true,
        );
    }
  });

  test("gives no secret a default: what is needed stops the start, what is not is empty", () => {
    const variables = [...text.matchAll(/\$\{(\w+)([^}]*)\}/g)];
    expect(variables.length).toBeGreaterThan(0);
    expect(variables.filter(([, , rest = ""]) => rest !== ":-" && !/^:\?./.test(rest))).toEqual([]);
    const values = services.flatMap(([, { environment = {} }]) => Object.entries(environment));
    const secrets = values.filter(([name]) => /TOKEN|SECRET|PASSWORD/.test(name));
    expect(secrets.filter(([, value]) => !/^\$\{\w+:[?-]/.test(value))).toEqual([]);
  });

  test("runs two replicas on one server and one Redis, and passes webhooks on to both", () => {
    const replicas = services.filter(
      ([, { build, command }]) => build !== undefined && command === undefined,
    );
    expect(replicas.map(([name]) => name)).toEqual(["app-1", "app-2"]);
    for (const [, { environment }] of replicas)
      expect(environment).toMatchObject({ REDIS_URL: "redis://redis:6379" });
    const front = readFileSync(join(ROOT, "docs", "Caddyfile"), "utf8");
    for (const [name] of replicas) expect(front).toContain(`${name}:3000`);
    expect(front).toContain("health_uri /readyz");
  });

  test("looks after the health of everything, the replicas' own by the image", () => {
    const unwatched = services.filter(
      ([, { healthcheck, build }]) => healthcheck === undefined && build === undefined,
    );
    expect(unwatched.map(([name]) => name)).toEqual([]);
    expect(readFileSync(join(ROOT, "Dockerfile"), "utf8")).toMatch(/HEALTHCHECK[^]*\/readyz/);
  });
});
