/** A lease that tells which names this process holds. */
import type { Lease } from "../store/leases";

export interface CountedLease {
  readonly lease: Lease;
  /** By the lease's purpose, without whose it is; every purpose ever held stays listed, at 0. */
  readonly held: () => ReadonlyMap<string, number>;
}

export function countLeases(lease: Lease): CountedLease {
  const held = new Map<string, number>();
  const add = (name: string, by: 1 | -1) => held.set(name, (held.get(name) ?? 0) + by);
  return {
    held: () => held,
    lease: (name, ttlMs, work) => {
      const purpose = name.split(":")[0] ?? name;
      return lease(name, ttlMs, async () => {
        add(purpose, 1);
        try {
          return await work();
        } finally {
          add(purpose, -1);
        }
      });
    },
  };
}
