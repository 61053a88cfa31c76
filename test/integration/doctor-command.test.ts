/** `npm run doctor` with nobody running beside it: what it may exchange, and that the program goes on from there. */
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { startingAt } from "../../src/core/clock";
import { startFakeZalo } from "../support/fake-zalo";
import { envFor } from "../support/program-calls";
import { DATABASES, freshData } from "../support/program-databases";
import { runProgram } from "../support/program-process";
import { runCommand } from "../support/run-command";

const TIMEOUT_MS = 120_000;
/** Nobody listens there. */
const NOWHERE = "1";
const answerShape = z.object({
  by: z.enum(["program", "doctor"]),
  items: z.array(z.object({ id: z.string(), state: z.string(), advice: z.string().optional() })),
});

test.each(DATABASES)(
  "the refresh token is exchanged only where that is asked for, once, and the program takes up the pair (%s)",
  async (kind) => {
    const fake = await startFakeZalo({ clock: startingAt("now") });
    const data = await freshData(kind);
    const env = { ...data.env, ...envFor(fake) };
    const exchanges = () => fake.zalo.calls.filter(({ endpoint }) => endpoint === "token").length;
    const examine = async (port: string, ...args: string[]) => {
      const { output } = await runCommand("doctor", ["--json", ...args], { ...env, PORT: port });
      const { by, items } = answerShape.parse(JSON.parse(output));
      return { by, ...Object.fromEntries(items.map(({ id, state }) => [id, state])), exchanges: exchanges() };
    };
    try {
      expect(await examine(NOWHERE)).toMatchObject({
        ...{ by: "doctor", database: "ok", token: "unknown", account: "unknown", exchanges: 0 },
      });
      const whole = { token: "ok", reach: "ok", account: "ok", "grant-sending": "ok", quota: "ok" };
      expect(await examine(NOWHERE, "--refresh")).toMatchObject({ by: "doctor", ...whole, exchanges: 1 });
      expect(await examine(NOWHERE)).toMatchObject({ by: "doctor", ...whole, exchanges: 1 });
      const program = await runProgram(env);
      try {
        const asked = await examine(new URL(program.url).port, "--refresh");
        expect(asked).toMatchObject({ by: "program", ...whole, exchanges: 1 });
      } finally {
        await program.stop();
      }
    } finally {
      await data.remove();
      await fake.close();
    }
  },
  TIMEOUT_MS,
);
