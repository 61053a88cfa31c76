/** What `work` comes to, or `late` after `limitMs`; the work itself goes on, and what becomes of it is dropped. */
export async function within<T>(limitMs: number, work: () => Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), limitMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
