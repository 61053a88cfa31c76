/** How the story plays a person: speaks, waits for the answer, finds the button it needs on the phone. */
import { foldedWords } from "../core/text";
import type { People } from "./people";
import type { SimPerson } from "./room-state";
import type { Stage } from "./stage";

export interface Acting {
  /** Sends words and waits until they are answered. */
  say(person: SimPerson, text: string): Promise<void>;
  /** Taps the newest matching button since the person last did something; false when there is none. */
  tap(person: SimPerson, title: RegExp): Promise<boolean>;
  /** Taps on, one button after the other, while the answers offer one that matches. */
  tapThrough(person: SimPerson, title: RegExp, mostTaps: number): Promise<void>;
  /** How many messages have reached the person. */
  heard(person: SimPerson): number;
}

export interface ActingParts {
  readonly stage: Stage;
  readonly people: People;
  readonly settle: () => Promise<unknown>;
  /** A moment for the viewer; throws when the story was stopped. */
  readonly pause: () => Promise<void>;
}

export function createActing({ stage, people, settle, pause }: ActingParts): Acting {
  /** Titles are compared without accents, so a change of accent or case in the wording does not stop the story. */
  function findButton(personId: string, title: RegExp): { entryId: string; index: number } | null {
    const entries = people.entries(personId);
    const lastOwn = entries.findLastIndex(({ from }) => from === "person");
    for (const entry of entries.slice(lastOwn + 1).toReversed()) {
      const index = entry.buttons.findIndex(
        (button) => button.kind !== "link" && title.test(foldedWords(button.title)),
      );
      if (index >= 0) return { entryId: entry.id, index };
    }
    return null;
  }

  const acting: Acting = {
    async say(person, text) {
      await stage.say(person.id, text);
      await settle();
      await pause();
    },
    async tap(person, title) {
      const button = findButton(person.id, title);
      if (button === null) return false;
      await stage.tap(person.id, button.entryId, button.index);
      await settle();
      await pause();
      return true;
    },
    async tapThrough(person, title, mostTaps) {
      for (let taps = 0; taps < mostTaps; taps++) {
        if (!(await acting.tap(person, title))) return;
      }
    },
    heard: (person) => people.entries(person.id).filter(({ from }) => from === "account").length,
  };
  return acting;
}
