/** What the platform answered, as seen on the wire: which refusals were given, and which words were refused. */
import { z } from "zod";
import type { Endpoint } from "../../src/simulator/pretend-zalo-script";
import type { WireCall } from "../../src/simulator/pretend-zalo";
import type { Family } from "../../src/zalo/error-table";
import type { FakeZalo } from "../support/fake-zalo";
import { CODES, FAMILIES, isDealt } from "./faults";

const refusal = z.object({ error: z.number().negative() });
const spoken = z.object({
  recipient: z.object({ user_id: z.string() }),
  message: z.object({ text: z.string() }),
});

const familyOf = (endpoint: Endpoint): Family =>
  endpoint === "token" ? "oauth" : endpoint === "phone" || endpoint === "template-info" ? "zns" : "oa";

export interface Wire {
  /** Takes note of what was called since the last look; the platform keeps only its newest calls. */
  look(): void;
  /** How often each refusal was given, by `family code`. */
  readonly given: ReadonlyMap<string, number>;
  /** Refresh tokens that the platform itself did not know any more. */
  readonly lostTokens: () => number;
  /** Words that were said to this person and refused. */
  refusedTo(user: string): readonly string[];
}

const nameOf = (family: Family, code: number): string => `${family} ${code}`;

/** Of each family, how many codes there are, and which were never given. */
export const notGiven = ({
  given,
}: Pick<Wire, "given">): Record<string, { readonly of: number; readonly left: readonly string[] }> =>
  Object.fromEntries(
    FAMILIES.map((family) => {
      const names = CODES[family].map((code) => nameOf(family, code));
      return [family, { of: names.length, left: names.filter((name) => !given.has(name)) }];
    }),
  );

export function watchWire({ zalo }: FakeZalo): Wire {
  const seen = new WeakSet<WireCall>();
  const given = new Map<string, number>();
  const refused = new Map<string, string[]>();
  let lostTokens = 0;

  function note({ endpoint, body, answer }: WireCall): void {
    const read = refusal.safeParse(answer?.body);
    if (!read.success) return;
    const name = nameOf(familyOf(endpoint), read.data.error);
    given.set(name, (given.get(name) ?? 0) + 1);
    if (endpoint === "token" && !isDealt(answer?.body)) lostTokens++;
    const said = spoken.safeParse(body);
    if (!said.success) return;
    const { recipient, message } = said.data;
    refused.set(recipient.user_id, [...(refused.get(recipient.user_id) ?? []), message.text]);
  }

  return {
    given,
    lostTokens: () => lostTokens,
    refusedTo: (user) => refused.get(user) ?? [],
    look() {
      for (const call of zalo.calls) {
        if (!seen.has(call)) note(call);
        seen.add(call);
      }
    },
  };
}
