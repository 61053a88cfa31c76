/** What people see on their phones: every message that the fake platform accepted, in order, with its buttons. */
import type { PretendZalo } from "../../src/simulator/pretend-zalo";
import { fold } from "../../src/core/text";

export interface Heard {
  readonly text: string;
  /** Titles, in order. */
  readonly buttons: readonly string[];
}

interface Kept extends Heard {
  /** What a tap on the button of the same place sends; null for links and calls. */
  readonly sends: readonly (string | null)[];
}

export interface Phones {
  heard(user: string): readonly Heard[];
  /** What a tap on a button sends: of the newest message that has one with this title, or one that begins so. */
  tapOf(user: string, title: string): string;
  /** The title of a button of the newest message that matches, accents left aside; null without one. */
  offered(user: string, title: RegExp): string | null;
}

/** Listens from now on. */
export function createPhones(zalo: Pick<PretendZalo, "onSent">): Phones {
  const messages = new Map<string, Kept[]>();
  zalo.onSent(({ userId, text, buttons }) => {
    const kept = messages.get(userId) ?? [];
    messages.set(userId, kept);
    kept.push({
      text: text ?? "",
      buttons: buttons.map(({ title }) => title),
      sends: buttons.map((button) => (typeof button.payload === "string" ? button.payload : null)),
    });
  });
  const of = (user: string): readonly Kept[] => messages.get(user) ?? [];

  return {
    heard: (user) => of(user).map(({ text, buttons }) => ({ text, buttons })),
    tapOf(user, title) {
      for (const { buttons, sends } of of(user).toReversed()) {
        const exact = buttons.indexOf(title);
        const index = exact >= 0 ? exact : buttons.findIndex((each) => each.startsWith(title));
        const sent = sends[index];
        if (sent !== undefined && sent !== null) return sent;
      }
      throw new Error(`${user} sees no button “${title}”; the last messages:\n${transcript(of(user))}`);
    },
    offered: (user, title) =>
      of(user)
        .at(-1)
        ?.buttons.find((each) => title.test(fold(each))) ?? null,
  };
}

const SHOWN = 3;

const transcript = (messages: readonly Heard[]): string =>
  messages
    .slice(-SHOWN)
    .map(({ text, buttons }) => [text, ...buttons.map((button) => `  [${button}]`)].join("\n"))
    .join("\n---\n");
