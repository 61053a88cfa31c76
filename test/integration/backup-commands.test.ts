/** The two commands as an operator runs them: while the program runs, when it does not, and over to another database. */
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { DATABASES, freshData, type FreshData } from "../support/program-databases";
import { runProgram, type Running } from "../support/program-process";
import { runCommand } from "../support/run-command";

const TOKEN = "an-operators-token";
const OK = 0;

const command = (name: "backup" | "restore", args: readonly string[], env: Record<string, string>) =>
  runCommand(name, args, { ADMIN_TOKEN: TOKEN, ...env });

const auditAnswer = z.object({ items: z.array(z.object({ action: z.string(), target: z.string() })) });

async function decisions({ url }: Running): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/audit`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return auditAnswer.parse(await response.json()).items.map(({ action, target }) => `${action} ${target}`);
}

const invite = ({ url }: Running, unitCode: string) =>
  fetch(`${url}/api/v1/invitations`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ unitCode, role: "reporter" }),
  });

const start = ({ env }: FreshData) => runProgram({ ...env, ADMIN_TOKEN: TOKEN, LOG_LEVEL: "error" });
const portOf = ({ url }: Running): string => new URL(url).port;

describe.each(DATABASES)("from %s", (kind) => {
  test("a backup is made beside the running program, and comes back on every kind of database", async () => {
    const data = await freshData(kind);
    const places: FreshData[] = [data];
    const file = join(data.env["DATA_DIR"] ?? "", "..", `${process.pid}-${kind}.gz`);
    try {
      const program = await start(data);
      await invite(program, "thpt-chu-van-an");
      const env = { ...data.env, PORT: portOf(program) };
      const made = await command("backup", [file], env);
      expect(made).toMatchObject({ status: OK, output: expect.stringContaining("✅ Đã sao lưu") });
      expect(await command("restore", [file, "--replace"], env)).toMatchObject({
        status: 1,
        output: expect.stringContaining("đang chạy"),
      });
      const stranger = await command("backup", [file], { ...env, ADMIN_TOKEN: "another" });
      expect(stranger.status).toBe(kind === "PGlite" ? 1 : OK);
      await program.stop();

      expect(await command("restore", [file], env)).toMatchObject({ status: 1 });
      expect(await command("backup", [file], env)).toMatchObject({ status: OK });
      expect(await command("restore", ["--check", file], env)).toMatchObject({ status: OK });
      expect(await command("restore", ["--hurry", file], env)).toMatchObject({ status: 1 });

      for (const other of DATABASES) {
        const place = await freshData(other);
        places.push(place);
        const restored = await command("restore", [file], { ...place.env, PORT: portOf(program) });
        expect(restored).toMatchObject({ status: OK, output: expect.stringContaining("✅ Đã khôi phục") });
        const again = await start(place);
        try {
          expect(await decisions(again)).toContain("invitation-made thpt-chu-van-an");
        } finally {
          await again.stop();
        }
      }
    } finally {
      for (const place of places) await place.remove();
    }
  }, 240_000);
});
