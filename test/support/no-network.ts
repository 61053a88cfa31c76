/** Anything that tries to leave this machine fails the test that tried. */
import net from "node:net";
import { z } from "zod";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1", ""]);
const connect = Reflect.get(net.Socket.prototype, "connect");

/** `connect(port, host)`, `connect({ port, host })`, and node's own inner form with the arguments in an array. */
const optionsSchema = z.object({ path: z.string().optional(), host: z.string().optional() });

/** The host that is asked for; null for a socket file. */
function hostOf(args: readonly unknown[]): string | null {
  const [first, second]: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args;
  const options = optionsSchema.safeParse(first);
  if (options.success) return options.data.path === undefined ? (options.data.host ?? "") : null;
  if (typeof first === "string" && !/^\d+$/.test(first)) return null;
  return typeof second === "string" ? second : "";
}

function guarded(this: net.Socket, ...args: unknown[]): unknown {
  const host = hostOf(args);
  if (host !== null && !LOOPBACK.has(host)) throw new Error(`a test tried to reach ${host}`);
  return Reflect.apply(connect, this, args);
}

Object.defineProperty(net.Socket.prototype, "connect", {
  value: guarded,
  writable: true,
  configurable: true,
});
