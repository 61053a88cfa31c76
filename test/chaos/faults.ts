/** Every way in which the platform fails: each documented refusal and each kind of silence, dealt like cards. */
import { z } from "zod";
import type { PretendZalo } from "../../src/simulator/pretend-zalo";
import type { Scripted } from "../../src/simulator/pretend-zalo-script";
import { knownError, type Family } from "../../src/zalo/error-table";
import { shuffled } from "./choices";

/** Below the lowest code that is documented. */
const LOWEST_CODE = -20_000;
export const FAMILIES: readonly Family[] = ["oa", "zns", "oauth"];

const codesOf = (family: Family): number[] =>
  Array.from({ length: -LOWEST_CODE }, (_, i) => -i - 1).filter(
    (code) => knownError(family, code).name !== "UNLISTED",
  );

export const CODES: Readonly<Record<Family, readonly number[]>> = {
  oa: codesOf("oa"),
  zns: codesOf("zns"),
  oauth: codesOf("oauth"),
};

/** A void token makes the program ask for another one. */
const TOKEN_INVALID = -216;
/** What keeps a template from going to an account, so that it goes to the phone number. */
const NOT_BY_ACCOUNT = -249;
const DEALT = "dealt";

const refusal = (code: number): Scripted => ({ do: "error", code, message: DEALT });
const dealt = z.object({ message: z.literal(DEALT) });
/** Whether a refusal is one of these, and none of the platform's own. */
export const isDealt = (body: unknown): boolean => dealt.safeParse(body).success;

const NO_ANSWERS: readonly Scripted[] = [
  { do: "answer", status: 502, body: "<html>Bad Gateway</html>" },
  { do: "hang-up" },
  { do: "accept-then-hang-up" },
  { do: "never-answer" },
];

export interface Faults {
  /** The next so many; each comes once before any comes again. */
  deal(count: number): void;
  /** Refuses the next so many templates: by account always, by phone with each code in turn. */
  refuseTemplates(count: number): void;
}

export function createFaults(zalo: PretendZalo, random: () => number): Faults {
  type Card = () => void;
  const cards: readonly Card[] = [
    ...CODES.oa.map((code) => () => zalo.scriptNext("message", refusal(code))),
    ...CODES.oauth.map((code) => () => {
      zalo.scriptNext("token", refusal(code));
      zalo.scriptNext("message", refusal(TOKEN_INVALID));
    }),
    ...NO_ANSWERS.map((fault) => () => zalo.scriptNext("message", fault)),
  ];
  let deck: Card[] = [];
  return {
    deal(count) {
      for (let i = 0; i < count; i++) {
        if (deck.length === 0) deck = shuffled(cards, random);
        deck.pop()?.();
      }
    },
    refuseTemplates(count) {
      zalo.scriptNext("phone", ...shuffled(CODES.zns, random).map(refusal));
      zalo.scriptNext("template", ...Array.from({ length: count }, () => refusal(NOT_BY_ACCOUNT)));
    },
  };
}
