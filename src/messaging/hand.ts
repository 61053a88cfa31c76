/**
 * How answers come straight from the turn that gave them: the worker opens a hand before its transaction, claims no
 * more answers than it has room for, and gives them over once the transaction has landed. While a hand is open, nobody
 * may free what this program has claimed without hearing of it.
 */
import type { Claimed } from "./outbox";

export interface Hand {
  /** How many answers it takes. */
  readonly room: number;
  /** Whose claims they are. */
  readonly by: string;
  /** They are claimed, and that has landed; `left` are people for whom more waits in the outbox. */
  give(claimed: readonly Claimed[], left: readonly string[]): void;
  /** Nothing more comes, whatever became of the transaction. */
  close(): void;
}

export interface Hands {
  open(hand: Omit<Hand, "close">): Hand;
  /** Resolves when those that are open now have been closed. */
  closed(): Promise<void>;
}

export function createHands(): Hands {
  const open = new Set<Promise<void>>();
  return {
    open(hand) {
      let ring: () => void = () => undefined;
      const closed = new Promise<void>((resolve) => (ring = resolve));
      open.add(closed);
      return {
        ...hand,
        close: () => {
          open.delete(closed);
          ring();
        },
      };
    },
    closed: async () => {
      await Promise.all(open);
    },
  };
}
