/** Logs: JSON lines with ids and lengths. Texts of people and secrets are cut out whatever the caller passes. */
import winston from "winston";

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

const SECRET_KEY = /token|secret|authorization|password|signature|cookie|verifier/i;
const TEXT_KEY = /^(text|body|answer|question|displayName|phone)$/i;
const MAX_DEPTH = 6;

function redact(value: unknown, key: string, depth: number): unknown {
  if (typeof value === "string") {
    if (SECRET_KEY.test(key)) return "[secret]";
    return TEXT_KEY.test(key) ? `[${value.length} chars]` : value;
  }
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return { message: value.message, stack: value.stack };
  if (Array.isArray(value)) return value.map((item) => redact(item, key, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, redact(v, k, depth + 1)]));
}

export function createLog(level: string): Log {
  const logger = winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console()],
  });
  const write =
    (to: "debug" | "info" | "warn" | "error") => (message: string, fields?: Record<string, unknown>) => {
      logger[to](message, redact(fields ?? {}, "", 0));
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
