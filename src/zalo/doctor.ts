/**
 * Looks at the whole set-up chain of the account by calls that change nothing, and turns each of the platform's
 * codes into the link that is broken. Which missing link answers with which code: the table "Setup chain" of the
 * platform's pages.
 */
import type { Finding } from "../core/finding";
import { spokenInstant, type Clock } from "../core/clock";
import { messageOf } from "../core/errors";
import type { Account, PackageQuota } from "./answers";
import type { Templates } from "./channel";
import type { Reply, ZaloClient } from "./client";
import { LINKS, SAID, type LinkId } from "./doctor.vi";
import { knownError, type Family } from "./error-table";
import type { ZaloSettings } from "./settings";
import type { Grant } from "./token-store";

export interface DoctorParts {
  readonly settings: Pick<ZaloSettings, "oaId" | "refreshToken">;
  readonly client: Pick<ZaloClient, "account" | "recentChats" | "packageQuota" | "templateStatus">;
  readonly grant: () => Promise<Grant | null>;
  /**
   * A token, refreshed under the lease where that is due. Null where nobody may refresh: refresh tokens work
   * once, so a doctor beside a running program would cut the program off.
   */
  readonly accessToken: (() => Promise<string>) | null;
  readonly clock: Clock;
  readonly templates: Templates;
  /** Whether the campaign sends what has to be paid for. */
  readonly needsFunds: boolean;
  /** Codes with which messages were refused of late. */
  readonly lateCodes: readonly number[];
}

/** Which link a code of the `oa` family names; what is not here says nothing about the set-up. */
const LINK_OF_CODE: ReadonlyMap<number, LinkId> = new Map([
  [-209, "app-active"],
  [-212, "api-registered"],
  [-242, "proof"],
  [-204, "account"],
  [-205, "account"],
  [-235, "account"],
  [-219, "grant-account"],
  [-221, "verified"],
  [-224, "package"],
  [-320, "funds"],
  [-321, "funds"],
  [-211, "quota"],
]);
const NOT_AUTHORIZED = -223;
/** Codes of `business.openapi.zalo.me` for the same two links. */
const ZNS_LINKS: ReadonlyMap<number, LinkId> = new Map([
  [-136, "funds"],
  [-137, "funds"],
]);
const APPROVED = "ENABLE";
/** Below this share of the package somebody should buy or wait. */
const LOW_SHARE = 0.1;

interface Refusal {
  readonly code: number;
  readonly lately: boolean;
}

const finding = (id: LinkId, state: Finding["state"], detail: string, advice?: string): Finding => ({
  id,
  title: LINKS[id].title,
  state,
  detail,
  ...(state === "ok" ? {} : { advice: advice ?? LINKS[id].advice }),
});

/** Every link of the chain in the order in which they are put right. */
export async function examineAccount(parts: DoctorParts): Promise<Finding[]> {
  const { token, found } = await examineToken(parts);
  if (token === null) return [found, ...unasked(parts)];
  const { client, templates } = parts;
  const account = await client.account(token);
  const chats = await client.recentChats(token);
  const quota = await client.packageQuota(token);
  const probes: readonly [LinkId, Reply<unknown>][] = [
    ["grant-account", account],
    ["grant-messages", chats],
    ["grant-sending", quota],
  ];
  const broken = new Map<LinkId, Refusal>();
  for (const code of parts.lateCodes) note(broken, "grant-sending", "oa", { code, lately: true });
  for (const [group, reply] of probes)
    if (reply.kind === "refused") note(broken, group, reply.family, { code: reply.code, lately: false });
  const ask = async (id: "template-reminder" | "template-digest", templateId: string | undefined) => {
    if (templateId === undefined) return withoutTemplate(id);
    const reply = await client.templateStatus(token, templateId);
    if (reply.kind === "refused") note(broken, id, reply.family, { code: reply.code, lately: false });
    return templateFinding(id, reply);
  };
  const asked = [
    await ask("template-reminder", templates.reminder),
    await ask("template-digest", templates.digest),
  ];
  return [
    tokenTaken(found, probes),
    reach(probes),
    ...appLinks(broken, account),
    accountFinding(broken, account, parts.settings.oaId),
    ...probes.map(([group, reply]) => granted(broken, group, reply)),
    ...accountLinks(broken, account, parts.needsFunds),
    quotaFinding(broken, quota),
    ...asked,
  ];
}

/** Files a refusal under the link it names; the first one told counts. */
function note(broken: Map<LinkId, Refusal>, asked: LinkId, family: Family, refusal: Refusal): void {
  const links = family === "zns" ? ZNS_LINKS : LINK_OF_CODE;
  const link = refusal.code === NOT_AUTHORIZED && family === "oa" ? asked : links.get(refusal.code);
  if (link !== undefined && !broken.has(link)) broken.set(link, refusal);
}

async function examineToken(parts: DoctorParts): Promise<{ token: string | null; found: Finding }> {
  const { settings, clock, accessToken } = parts;
  const said = (token: string | null, ...rest: [Finding["state"], string, string?]) => ({
    token,
    found: finding("token", ...rest),
  });
  // A refreshed pair is stored before use, so the store has the newest either way.
  const refusal = accessToken === null ? null : await accessToken().then(() => null, messageOf);
  const grant = await parts.grant();
  if (grant === null)
    return settings.refreshToken === undefined || accessToken !== null
      ? said(null, "fail", SAID.tokenMissing)
      : said(null, "unknown", SAID.tokenSeed, SAID.startFirst);
  const token = grant.accessToken;
  const isGood = clock.now() < grant.expiresAt && token !== "";
  const until = spokenInstant(grant.expiresAt);
  if (grant.refusedAt !== null) return said(isGood ? token : null, "fail", SAID.tokenRefused);
  if (isGood) return said(token, "ok", SAID.tokenGood(until));
  if (accessToken === null) return said(null, "unknown", SAID.tokenStale(until), SAID.startFirst);
  return said(null, "fail", SAID.tokenNotRenewed(refusal ?? until));
}

/** Stored and unexpired is one thing, taken by the platform another. */
function tokenTaken(found: Finding, probes: readonly [LinkId, Reply<unknown>][]): Finding {
  const isVoid = probes.some(
    ([, reply]) => reply.kind === "refused" && knownError(reply.family, reply.code).kind === "token",
  );
  return isVoid && found.state === "ok" ? finding("token", "fail", SAID.tokenVoid) : found;
}

function reach(probes: readonly [LinkId, Reply<unknown>][]): Finding {
  const answered = probes.some(([, reply]) => reply.kind === "ok" || reply.kind === "refused");
  if (answered) return finding("reach", "ok", SAID.fine);
  const failed = probes.map(([, reply]) =>
    reply.kind === "not-sent" || reply.kind === "unclear" ? reply.reason : "",
  );
  return finding("reach", "fail", SAID.unclear(failed[0] ?? ""));
}

const refusedText = ({ code, lately }: Refusal): string =>
  lately ? SAID.refusedLately(code) : SAID.refusedWith(code);

/** What a refusal says about a link: broken, fine, or nothing because something else stood in the way. */
function link(
  broken: ReadonlyMap<LinkId, Refusal>,
  id: LinkId,
  reply: Reply<unknown>,
  good: string,
): Finding {
  const refusal = broken.get(id);
  if (refusal !== undefined) return finding(id, "fail", refusedText(refusal));
  if (reply.kind === "ok") return finding(id, "ok", good);
  if (reply.kind === "refused") return finding(id, "unknown", SAID.notAsked, SAID.refusedWith(reply.code));
  return finding(id, "unknown", SAID.unclear(reply.reason));
}

const appLinks = (broken: ReadonlyMap<LinkId, Refusal>, account: Reply<Account>): Finding[] => [
  link(broken, "app-active", account, SAID.fine),
  link(broken, "api-registered", account, SAID.fine),
  ...(broken.has("proof") ? [link(broken, "proof", account, SAID.fine)] : []),
];

const granted = (broken: ReadonlyMap<LinkId, Refusal>, id: LinkId, reply: Reply<unknown>): Finding =>
  link(broken, id, reply, SAID.fine);

function accountFinding(
  broken: ReadonlyMap<LinkId, Refusal>,
  account: Reply<Account>,
  oaId: string,
): Finding {
  if (account.kind !== "ok" || broken.has("account")) return link(broken, "account", account, SAID.fine);
  const { oaId: found, name } = account.value;
  return found === null || found === oaId
    ? finding("account", "ok", name === null ? SAID.fine : SAID.account(name))
    : finding("account", "fail", SAID.otherAccount(found, oaId));
}

function accountLinks(
  broken: ReadonlyMap<LinkId, Refusal>,
  account: Reply<Account>,
  needsFunds: boolean,
): Finding[] {
  if (account.kind !== "ok")
    return (["verified", "package", "funds"] as const).map((id) => link(broken, id, account, SAID.fine));
  const { verified, packageName, fundsLinked } = account.value;
  const told = (id: LinkId, state: Finding["state"], detail: string): Finding =>
    broken.has(id) ? link(broken, id, account, detail) : finding(id, state, detail);
  const funds =
    fundsLinked === null
      ? told("funds", "ok", SAID.notTold)
      : fundsLinked
        ? told("funds", "ok", SAID.fundsLinked)
        : needsFunds
          ? told("funds", "fail", SAID.fundsNotLinked)
          : told("funds", "ok", SAID.fundsNotNeeded);
  return [
    verified === false
      ? told("verified", "fail", SAID.notVerified)
      : told("verified", "ok", verified === null ? SAID.notTold : SAID.verified),
    told("package", "ok", packageName === null ? SAID.notTold : SAID.package(packageName)),
    funds,
  ];
}

function quotaFinding(broken: ReadonlyMap<LinkId, Refusal>, quota: Reply<PackageQuota>): Finding {
  if (quota.kind !== "ok" || broken.has("quota")) return link(broken, "quota", quota, SAID.fine);
  const { left, total } = quota.value;
  if (left === null || total === null) return finding("quota", "ok", SAID.notTold);
  const said = SAID.quotaLeft(left.toLocaleString("vi"), total.toLocaleString("vi"));
  return finding("quota", isLow(quota.value) ? "warn" : "ok", said);
}

/** The share of the package that is left; null where the platform does not say. */
export const shareLeft = ({ left, total }: PackageQuota): number | null =>
  left === null || total === null || total <= 0 ? null : left / total;

/** Whether the package is nearly spent; what is not told is not low. */
export const isLow = (quota: PackageQuota): boolean => (shareLeft(quota) ?? 1) <= LOW_SHARE;

const VARIABLES = {
  "template-reminder": "ZALO_TEMPLATE_REMINDER",
  "template-digest": "ZALO_TEMPLATE_DIGEST",
} as const;

const withoutTemplate = (id: keyof typeof VARIABLES): Finding =>
  finding(id, "warn", SAID.noTemplate, SAID.setTemplate(VARIABLES[id]));

function templateFinding(id: keyof typeof VARIABLES, reply: Reply<string>): Finding {
  switch (reply.kind) {
    case "ok":
      return finding(id, reply.value === APPROVED ? "ok" : "fail", SAID.template(reply.value));
    case "refused":
      return finding(id, "fail", SAID.refusedWith(reply.code));
    case "not-sent":
    case "unclear":
      return finding(id, "unknown", SAID.unclear(reply.reason));
  }
}

/** Without a token nothing can be asked. */
function unasked({ templates }: DoctorParts): Finding[] {
  const chain: readonly LinkId[] = [
    "app-active",
    "api-registered",
    "account",
    "grant-account",
    "grant-messages",
    "grant-sending",
    "verified",
    "package",
    "funds",
    "quota",
    ...(templates.reminder === undefined ? [] : (["template-reminder"] as const)),
    ...(templates.digest === undefined ? [] : (["template-digest"] as const)),
  ];
  return chain.map((id) => ({ id, title: LINKS[id].title, state: "unknown", detail: SAID.notAsked }));
}
