/** Linking a person to a unit with an invitation code: single use, expiring, five tries an hour. */
import { z } from "zod";
import type { InvitationView } from "../../src/conversation/context";
import { defineFlow, type Move, type View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { phoneButtons } from "../phone/flow";
import { wording as phoneWording } from "../phone/wording.vi";
import { saysNo, saysYes } from "../spoken-words";
import { codeLikeIn } from "./code";
import { PURPOSE } from "./purpose";
import { failedTry, MAX_TRIES } from "./tries";
import { roleText, titles, wording } from "./wording.vi";

const dataSchema = z.object({
  code: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  role: z.enum(["reporter", "staff"]),
  /** For how long, in words; empty for a link of one's own. */
  span: z.string().default(""),
});
type LinkData = z.infer<typeof dataSchema>;
type LinkMove = Move<"code" | "consent", LinkData>;

const NO_CODE: LinkData = { code: "", unitCode: "", unitName: "", role: "reporter", span: "" };

export const link = defineFlow<"code" | "consent", LinkData>({
  id: "link",
  version: 1,
  words: ["lien ket", "lien ket don vi", "ma lien ket"],
  prefixes: ["lien ket", "ma lien ket"],
  prefixTakes: (rest) => codeLikeIn(rest) !== null,
  taps: ["link.how", "link.agree", "link.refuse"],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open(start, view) {
    // A button of a notice that is no longer in hand: the notice is shown again, nothing is linked unseen.
    const code = start.action === "link.refuse" ? null : codeLikeIn(start.args[0] ?? "");
    return code === null ? { go: "code", data: NO_CODE } : tryCode(code, view);
  },
  leave: () => say(wording.left, [menuButton]),
  steps: {
    code: {
      ask: () => say(wording.how),
      hear(heard, _data, view) {
        if (heard.kind !== "text") return null;
        const code = codeLikeIn(heard.text);
        if (code !== null) return tryCode(code, view);
        return /^\S+$/.test(heard.text) ? { again: [say(wording.notACode)], quiet: true } : null;
      },
    },
    consent: {
      ask: ({ unitName, role, code, span }, { context }) =>
        say(
          wording.notice({
            unit: unitName,
            role: roleText(role, span),
            office: context.campaign.office,
            campaign: context.campaign.name,
          }),
          [tap(titles.agree, "link.agree", code), tap(titles.refuse, "link.refuse", code)],
        ),
      hear(heard, data, view) {
        if (heard.kind === "files") return null;
        const word = heard.kind === "text" ? heard.text : "";
        const action = heard.kind === "tap" && heard.args[0] === data.code ? heard.action : "";
        if (action === "link.agree" || saysYes(word)) return redeem(data, view);
        if (action === "link.refuse" || saysNo(word)) return { end: [say(wording.declined, [menuButton])] };
        return null;
      },
    },
  },
});

function tryCode(code: string, view: View): LinkMove {
  const { person, invitations } = view.context;
  const blockedUntil = person.linkBlockedUntil;
  if (blockedUntil !== null && blockedUntil > view.now) return { end: [say(wording.blocked(blockedUntil))] };
  const invitation = invitations.get(code);
  if (invitation === undefined) return wrongCode(view);
  const refused = refusalOf(invitation, view);
  if (refused !== null) return { end: [say(refused, [menuButton])] };
  const { unitCode, unitName, role, delegated, fromDay, toDay } = invitation;
  const span = delegated === true && fromDay != null ? wording.span(fromDay, toDay ?? null) : "";
  return { go: "consent", data: { code, unitCode, unitName, role, span } };
}

function refusalOf(invitation: InvitationView, { context }: View): string | null {
  const { state, unitCode, unitName, role, delegated } = invitation;
  // Who only stands in for somebody may still be linked of their own.
  const linked = context.person.memberships.some(
    (m) => m.unitCode === unitCode && m.role === role && (m.delegated !== true || delegated === true),
  );
  if (linked) return wording.already(unitName);
  if (state === "used") return wording.used;
  return state === "expired" ? wording.expired : null;
}

function wrongCode({ context, now }: View): LinkMove {
  const failed = failedTry(context.person, now);
  const { tries, blockedUntil } = failed;
  const effects = [failed];
  if (blockedUntil !== null) return { end: [say(wording.blocked(blockedUntil))], effects };
  return { go: "code", data: NO_CODE, say: [say(wording.unknown(MAX_TRIES - tries))], effects };
}

function redeem({ code, unitName, role, span }: LinkData, view: View): LinkMove {
  const invitation = view.context.invitations.get(code);
  const refused = invitation === undefined ? null : refusalOf(invitation, view);
  if (refused !== null) return { end: [say(refused, [menuButton])] };
  const first = role === "reporter" ? tap(titles.report, "report.start") : tap(titles.digest, "staff.digest");
  const phone = phoneButtons(view.context, role === "reporter");
  const linked = [wording.linked(unitName, role, span), ...(phone.length === 0 ? [] : [phoneWording.offer])];
  return {
    end: [say(linked.join("\n"), [first, ...phone, menuButton])],
    effects: [
      {
        type: "consent",
        purpose: PURPOSE,
        wordingVersion: view.context.campaign.consentVersion,
        granted: true,
      },
      { type: "redeem-invitation", code },
    ],
  };
}
