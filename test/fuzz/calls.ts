/** Calls that nobody should make: mutated webhooks, and API calls with odd methods, paths, bodies and headers. */
import { createHash } from "node:crypto";
import { FIXTURE_IDS } from "../support/fake-zalo";
import { webhookFixtures } from "../support/fake-zalo-fixtures";
import { oddText, oddValue, withOddBytes, withOddPart, type Chance } from "./chance";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export const TOKEN = "a-token-for-fuzzing";

const BODIES = webhookFixtures().map(({ rawBody }): unknown => JSON.parse(rawBody));
/** So many people that lines run side by side, so few that conversations go on. */
const PEOPLE = 60;
const WORDS = [
  "menu",
  "báo cáo",
  "bao cao",
  "không phát sinh",
  "liên kết 7K2M9QXA",
  "liên kết",
  "khó khăn",
  "hỏi đáp",
  "hủy",
  "quay lại",
  "gia hạn",
  "dừng nhận tin",
  "nhận tin lại",
  "dữ liệu của tôi",
  "xóa dữ liệu",
  "đồng ý",
  "có",
  "12",
  "1tr2",
  "quỹ đầu tư mạo hiểm là gì",
  "#data.confirm",
  "#report.start x y z",
  "#link.agree",
  "#ask.choose 1",
] as const;

let made = 0;

/** A text of somebody that starts a turn, or a fixture of the platform with one part odd. */
function eventFrom(chance: Chance): unknown {
  made++;
  const sender = String(7_755_120_983_000_000 + chance.below(PEOPLE));
  const timestamp = String(1_764_640_000_000 + made);
  if (chance.is(0.4)) {
    const text = chance.is(0.8) ? chance.of(WORDS) : oddText(chance);
    const message = { msg_id: `fuzz-${made}`, text };
    const event = {
      app_id: FIXTURE_IDS.appId,
      sender: { id: sender },
      recipient: { id: FIXTURE_IDS.oaId },
      event_name: "user_send_text",
      message,
      timestamp,
    };
    return chance.is(0.9) ? event : withOddPart(event, chance);
  }
  const fixture = BODIES[chance.below(BODIES.length)];
  const own = { ...(fixture as object), timestamp };
  return withOddPart(own, chance);
}

function signed(body: Buffer, timestamp: string): string {
  const { appId, oaSecretKey } = FIXTURE_IDS;
  const mac = createHash("sha256").update(appId).update(body).update(timestamp).update(oaSecretKey);
  return `mac=${mac.digest("hex")}`;
}

/** Nests deeper than any recursive reader likes. */
const deep = (chance: Chance): Buffer => {
  const depth = 1_000 + chance.below(60_000);
  return Buffer.from(`${"[".repeat(depth)}1${"]".repeat(depth)}`);
};

export function webhookCall(chance: Chance): Call {
  const plain = Buffer.from(JSON.stringify(eventFrom(chance)));
  const body = chance.is(0.005)
    ? Buffer.alloc(256 * 1024 + chance.below(100_000), 0x20)
    : chance.is(0.005)
      ? deep(chance)
      : chance.is(0.15)
        ? withOddBytes(plain, chance)
        : plain;
  const stamp = /"timestamp":"?(\d{1,20})/.exec(body.toString("latin1"))?.[1] ?? "1764640000000";
  const signature = chance.is(0.75) ? signed(body, stamp) : chance.is(0.5) ? oddText(chance) : undefined;
  const headers: Record<string, string> = { "content-type": "application/json", "x-zevent-timestamp": stamp };
  if (signature !== undefined) headers["x-zevent-signature"] = headerSafe(signature);
  if (chance.is(0.01)) headers["content-encoding"] = chance.of(["gzip", "br", "deflate", "x"]);
  return { method: "POST", path: "/webhook/zalo", headers, body };
}

/** What a header may carry; the rest would not leave this machine. */
const headerSafe = (text: string): string => text.replace(/[^\x20-\x7e\x80-\xff]/g, "?").slice(0, 4_000);

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND"] as const;
const IDS = [
  "so-gddt",
  "thanh-pho",
  "2025-W49",
  "thpt-chu-van-an",
  "bao-cao-tuan",
  "TH-7K2M9QX",
  "so-khcn",
  "HD-0000000",
] as const;
const PLACES = [
  "/units?query=$&group=$&parent=$",
  "/lines",
  "/templates/$",
  "/periods?line=$",
  "/obligations?line=$&period=$&status=$",
  "/reports/$/$/$",
  "/digests?line=$&period=$",
  "/digests/$.pdf",
  "/digests/$.xlsx",
  "/tickets?kind=$&status=$",
  "/tickets/$/replies",
  "/deliveries?status=$&personId=$",
  "/audit?from=$&to=$&actor=$&before=$",
  "/lines/$/extensions",
  "/lines/$/exemptions",
  "/lines/so-gddt/extensions",
  "/lines/so-gddt/exemptions",
  "/invitations",
  "/ask",
  "/openapi.json",
  "/$",
  "/$/$",
] as const;
const OTHER_PLACES = [
  "/",
  "/healthz",
  "/readyz",
  "/metrics",
  "/zalo/authorize",
  "/zalo/callback?code=$&state=$",
];

/** Codes of tickets that are there, so that answers reach somebody. */
export const knownTickets: string[] = [];

const idFrom = (chance: Chance): string => {
  const ticket = knownTickets[chance.below(knownTickets.length)];
  if (ticket !== undefined && chance.is(0.2)) return ticket;
  return chance.is(0.7) ? chance.of(IDS) : oddText(chance);
};
const inPath = (text: string, chance: Chance): string =>
  chance.is(0.05)
    ? text.replace(/[^\x21-\x7e]/g, "%")
    : encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?").slice(0, 2_000));

function bodyFrom(chance: Chance): Buffer {
  const value = (): unknown => (chance.is(0.75) ? idFrom(chance) : oddValue(chance));
  const whole = {
    unitCode: chance.is(0.6) ? "thpt-chu-van-an" : value(),
    role: chance.of(["reporter", "staff"]),
    period: chance.of(["2025-W49", "2025-W50"]),
    until: chance.of(["2025-12-05T17:00:00+07:00", "9999-12-31T23:59:59+07:00"]),
    reason: chance.is(0.5) ? "Bão" : oddText(chance),
    text: chance.is(0.5) ? "Quỹ mạo hiểm bao nhiêu?" : oddText(chance),
    after: chance.is(0.5) ? [] : [oddValue(chance)],
    question: oddText(chance),
    answer: oddText(chance),
  };
  if (chance.is(0.02)) return deep(chance);
  if (chance.is(0.1)) return withOddBytes(Buffer.from(JSON.stringify(whole)), chance);
  return Buffer.from(JSON.stringify(chance.is(0.6) ? whole : withOddPart(whole, chance)));
}

export function apiCall(chance: Chance): Call {
  const place = chance.is(0.93) ? `/api/v1${chance.of(PLACES)}` : (OTHER_PLACES[chance.below(6)] ?? "/");
  const path = place.replace(/\$/g, () => inPath(idFrom(chance), chance));
  const writes = /extensions|exemptions|invitations|replies|\/ask/.test(place);
  const method = chance.is(0.9) ? (writes ? "POST" : "GET") : chance.of(METHODS);
  const headers: Record<string, string> = {};
  if (chance.is(0.95)) headers["authorization"] = `Bearer ${TOKEN}`;
  else if (chance.is(0.5)) headers["authorization"] = headerSafe(oddText(chance));
  const body = writes || chance.is(0.05) ? bodyFrom(chance) : null;
  if (body !== null)
    headers["content-type"] = chance.is(0.95) ? "application/json" : headerSafe(oddText(chance));
  if (chance.is(0.03)) headers["accept-encoding"] = headerSafe(oddText(chance));
  if (chance.is(0.03)) headers["x-forwarded-for"] = headerSafe(oddText(chance));
  if (chance.is(0.02)) headers["if-none-match"] = headerSafe(oddText(chance));
  return { method, path: path.slice(0, 8_000), headers, body };
}

/** Requests no client library would write, as bytes on the wire. */
export const RAW_REQUESTS: readonly string[] = [
  "\r\n\r\n",
  "GET\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n${"[".repeat(40_000)}`,
  "GET /%00%ff HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET http://other.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
  "CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
  `GET /${"a".repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\n${"X-A: b\r\n".repeat(5_000)}\r\n`,
  "POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
  "POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n",
  "POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
  "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
];
