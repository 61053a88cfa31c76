/**
 * The account's administrator, who grants again when the platform takes no token any more: one that exists once dies
 * with a process that is killed between the platform's answer and its own next word.
 */
import { z } from "zod";
import { ADMIN_TOKEN } from "../support/program-calls";
import type { Replicas } from "../support/replicas";

/** More than there are refusals of a token left to be given. */
const MOST_TRIES = 20;
const refusal = z.object({ error: z.number() });

export interface Administrator {
  /** Grants again where an exchange was refused and nobody has granted since; true where that was needed and done. */
  look(): Promise<boolean>;
  /** Tries until that is so. */
  lookUntilGranted(): Promise<void>;
}

export function createAdministrator(replicas: Replicas): Administrator {
  const seen = new WeakSet<object>();
  let isNeeded = false;
  const wasRefused = (): boolean => {
    const fresh = replicas.fake.zalo.calls.filter((call) => call.endpoint === "token" && !seen.has(call));
    for (const call of fresh) seen.add(call);
    return fresh.some(({ answer }) => refusal.safeParse(answer?.body).success);
  };

  async function look(): Promise<boolean> {
    const [replica] = replicas.living;
    if (wasRefused()) isNeeded = true;
    if (replica === undefined || !isNeeded) return false;
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    let next = new URL("/zalo/authorize", replica.process.url);
    for (const who of ["program", "platform"]) {
      const answer = await fetch(next, { redirect: "manual", ...(who === "program" ? { headers } : {}) });
      next = new URL(z.string().parse(answer.headers.get("location")));
    }
    // The address that the account knows leads to a front; here it is the program itself.
    const back = new URL(next.pathname + next.search, replica.process.url);
    const { status } = await fetch(back);
    if (status !== 200) throw new Error(`the grant was answered with ${status}`);
    isNeeded = false;
    return true;
  }

  return {
    look,
    async lookUntilGranted() {
      for (let tries = 1; ; tries++) {
        try {
          await look();
          return;
        } catch (error) {
          if (tries === MOST_TRIES) throw error;
        }
      }
    },
  };
}
