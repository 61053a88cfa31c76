import { othersTurn } from "./loop";

/** Group commit: what arrives while one write is under way goes into the next write together. */
export interface Batcher<T, R> {
  /** Resolves with the item's own result once its batch has landed; rejects when the batch did not. */
  add(item: T): Promise<R>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** `write` gets at most `maxItems` at a time and answers in the same order. */
export function createBatcher<T, R>(
  maxItems: number,
  write: (items: readonly T[]) => Promise<readonly R[]>,
): Batcher<T, R> {
  const queue: Waiting<T, R>[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    // Let everything that arrived in this tick join the first batch.
    await othersTurn();
    while (queue.length > 0) {
      const batch = queue.splice(0, maxItems);
      try {
        const results = await write(batch.map((waiting) => waiting.item));
        batch.forEach((waiting, i) => {
          const result = results[i];
          if (result === undefined) waiting.reject(new Error("the batch gave no result for this item"));
          else waiting.resolve(result);
        });
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    running = null;
  }

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= drain();
      }),
    idle: async () => {
      while (running !== null) await running;
    },
  };
}
