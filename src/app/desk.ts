/** Everything the turns of a batch may look at, loaded in a number of queries that does not grow with the batch. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { at, MINUTE_MS } from "../core/clock";
import { asksForCard } from "../conversation/card-words";
import type {
  CampaignView,
  CardView,
  DigestView,
  ExtensionView,
  MembershipView,
  PersonView,
  ReportView,
  TicketView,
  TurnContext,
} from "../conversation/context";
import { loadTicketViews, type SeenTicket } from "../knowledge/ticket-views";
import type { WaitingEvent } from "../messaging/line";
import type { TurnDesk } from "../messaging/landing";
import { standingDelegations } from "../people/delegations";
import { CODE_CHARS, findInvitations } from "../people/invitations";
import { findOfficeGroups } from "../people/office-groups";
import { loadPersons } from "../people/persons";
import type { Campaign } from "../reporting/campaign";
import { loadClarificationViews } from "../reporting/clarifications";
import { loadDigestViews } from "../reporting/digest-office";
import { loadDigestUnits } from "../reporting/digest-units";
import { officeAbove } from "../reporting/office-above";
import { lineOf } from "../reporting/periods";
import { prefillFor } from "../reporting/rollup";
import { unitName } from "../reporting/roster";
import { loadCards } from "../reporting/unit-cards";
import { loadReportViews } from "../reporting/views";
import { rowsOf, type Db } from "../store/database";
import type { Rooms } from "./rooms";
import { anyOf } from "../store/lists";
import { together } from "../store/together";

export interface PhoneParts {
  /** The picture of the form that asks for a number; null where a number would be of no use. */
  readonly form: string | null;
  /** A sealed number with all but its last digits hidden; null where it does not open. */
  readonly masked: (sealed: string) => string | null;
}

export function createLoad(rooms: Rooms, phones: PhoneParts): TurnDesk["load"] {
  const { campaign, knowledge } = rooms;
  const campaignView: CampaignView = {
    id: campaign.id,
    name: campaign.name,
    office: unitName(campaign, campaign.office),
    officeUnitCode: campaign.office,
    consentVersion: campaign.consentVersion,
    extensionMaxDays: campaign.extensionMaxDays,
    officerSilenceMs: campaign.officerSilenceMinutes * MINUTE_MS,
    phoneForm: phones.form,
  };

  return async function load(db, waiting, now) {
    const personIds = [...new Set(waiting.map(({ personId }) => personId))];
    const [found, invitations, groups] = await together(db, () => [
      loadPersons(db, personIds),
      findInvitations(db, waiting.flatMap(codesIn), now),
      findOfficeGroups(
        db,
        waiting.flatMap(({ event }) => ("groupId" in event ? [event.groupId] : [])),
      ),
      knowledge.refresh(db),
    ]);
    const persons = new Map(
      [...found].map(([id, { phoneSealed, ...person }]) => [
        id,
        { ...person, phone: phoneSealed === null ? null : phones.masked(phoneSealed) },
      ]),
    );
    const memberships = [...persons.values()].flatMap((person) => person.memberships);
    const unitCodes = [...new Set(memberships.map(({ unitCode }) => unitCode))];
    const offices = [
      ...new Set(memberships.filter(({ role }) => role === "staff").map(({ unitCode }) => unitCode)),
    ];
    const headed = memberships.filter(({ role, delegated }) => role === "reporter" && !delegated);
    const [reports, extensions, delegations, clarifications, tickets] = await together(db, () => [
      loadReportViews(db, campaign, unitCodes, {
        now,
        prefill: (tx, keys) => prefillFor(tx, campaign, keys),
      }),
      loadExtensions(db, rooms, offices),
      standingDelegations(
        db,
        headed.map(({ unitCode }) => unitCode),
        now,
      ),
      loadClarificationViews(db, campaign, { unitCodes, personIds }),
      loadTicketViews(db, { personIds, offices, codes: waiting.flatMap(ticketsNamedIn) }),
    ]);
    const digests = await loadDigestViews(db, campaign, offices, now);
    const digestUnits = await loadDigestUnits(db, waiting.flatMap(digestsIn), offices);
    const cards = waiting.some(({ event }) => asksForCard(event))
      ? await loadCards(db, campaign, { from: at(campaign.startsOn, "00:00"), to: now })
      : new Map<string, readonly CardView[]>();

    const contextOf = (person: PersonView): TurnContext => ({
      campaign: campaignView,
      person,
      reports: reportsOf(person.memberships, reports),
      invitations,
      groups,
      tickets: ticketsOf(campaign, person, tickets),
      extensions: extensions.filter((extension) => isStaffOf(person, extension.receiverUnitCode)),
      delegations: delegations.filter(({ unitCode }) => isHeadOf(person, unitCode)),
      digests: person.memberships.flatMap(({ unitCode, role }): readonly DigestView[] =>
        role === "staff" ? (digests.get(unitCode) ?? []) : [],
      ),
      digestUnits,
      clarifications: clarifications.filter(
        ({ unitCode, askedBy }) =>
          askedBy === person.id || person.memberships.some((member) => member.unitCode === unitCode),
      ),
      cards: reportedBy(person).flatMap((unitCode) => cards.get(unitCode) ?? []),
      knowledge,
    });
    return new Map([...persons.values()].map((person) => [person.id, contextOf(person)]));
  };
}

const isStaffOf = (person: PersonView, unitCode: string): boolean =>
  person.memberships.some((membership) => membership.role === "staff" && membership.unitCode === unitCode);

const isHeadOf = (person: PersonView, unitCode: string): boolean =>
  person.memberships.some((m) => m.role === "reporter" && m.delegated !== true && m.unitCode === unitCode);

const reportedBy = ({ memberships }: PersonView): readonly string[] => [
  ...new Set(memberships.filter(({ role }) => role === "reporter").map(({ unitCode }) => unitCode)),
];

/** Reports of all the person's units, the next due first, each once. */
function reportsOf(
  memberships: readonly MembershipView[],
  byUnit: ReadonlyMap<string, readonly ReportView[]>,
): ReportView[] {
  const units = new Set(memberships.map(({ unitCode }) => unitCode));
  return [...units].flatMap((unitCode) => byUnit.get(unitCode) ?? []);
}

/** Digests one of whose figures is being picked: named by the button just pressed, or by the conversation. */
const PICKING = "clarify";
const DIGEST_CODE = /\bTH-[0-9A-Z]{7}\b/g;

function digestsIn({ event, session }: WaitingEvent): string[] {
  const texts = [
    event.kind === "text" && event.text.startsWith(`#${PICKING}.`) ? event.text : "",
    JSON.stringify(session.frames.filter(({ flow }) => flow === PICKING).map(({ data }) => data)),
  ];
  return texts.flatMap((text) => text.match(DIGEST_CODE) ?? []);
}

/** How many pieces a code may be typed in: `7K2M-9QXA`, `7K 2M 9Q XA`. */
const MAX_PIECES = 4;

/** The conversation that keeps a code while it asks for agreement. */
const LINKING = "link";

/** What could be an invitation code in the message or in the conversation in hand; the table tells which are. */
function codesIn({ event, session }: WaitingEvent): string[] {
  const texts = [
    event.kind === "text" ? event.text : event.kind === "group-bind" ? event.code : "",
    JSON.stringify(session.frames.filter(({ flow }) => flow === LINKING).map(({ data }) => data)),
  ];
  return texts.flatMap((text) => {
    const words = text.toUpperCase().match(/[0-9A-Z]+/g) ?? [];
    return words.flatMap((_, from) =>
      Array.from({ length: MAX_PIECES }, (_unused, more) =>
        words.slice(from, from + more + 1).join(""),
      ).filter((code) => code.length === CODE_CHARS),
    );
  });
}

/** Codes of tickets in a message, a tap, a piece of news or the conversation in hand. */
function ticketsNamedIn({ event, session }: WaitingEvent): string[] {
  const text = JSON.stringify([event, session.frames.map(({ data }) => data)]).toUpperCase();
  return [...text.matchAll(/(HD|VM)[- ]?([0-9A-Z]{7})(?![0-9A-Z])/g)].map(
    ([, kind = "", code = ""]) => `${kind}-${code}`,
  );
}

const extensionRow = z.object({
  id: z.string(),
  unitCode: z.string(),
  line: z.string(),
  period: z.string(),
  until: z.coerce.number(),
  reason: z.string(),
  state: z.enum(["asked", "granted", "refused"]),
});

/** Requests for more time that wait for an answer of these offices. */
async function loadExtensions(
  db: Db,
  { campaign }: Rooms,
  offices: readonly string[],
): Promise<ExtensionView[]> {
  const lines = campaign.lines.filter(({ receiver }) => offices.includes(receiver)).map(({ id }) => id);
  if (lines.length === 0) return [];
  const rows = await rowsOf(
    db,
    sql`select e.id, o.unit_code as "unitCode", o.line, o.period, e.until, e.reason, e.state
      from extensions e join obligations o on o.id = e.obligation_id
      where e.asked_by is not null and o.line = ${anyOf(lines)} order by e.at desc limit ${MAX_EXTENSIONS}`,
    extensionRow,
  );
  return rows.map(({ unitCode, line, ...rest }) => ({
    ...rest,
    unitName: unitName(campaign, unitCode),
    lineName: lineOf(campaign, line).name,
    receiverUnitCode: lineOf(campaign, line).receiver,
  }));
}

/** Older requests are history; what an officer can still act on is among the newest. */
const MAX_EXTENSIONS = 50;

/** The person's own tickets and those that wait for their office. */
const ticketsOf = (campaign: Campaign, person: PersonView, rows: readonly SeenTicket[]): TicketView[] =>
  rows
    .filter((row) => row.personId === person.id || isStaffOf(person, row.receiverUnitCode))
    .map(({ unitCode, personId, ...ticket }) => ({
      ...ticket,
      unitName: unitCode === null ? null : unitName(campaign, unitCode),
      above:
        ticket.kind === "difficulty" ? (officeAbove(campaign, ticket.receiverUnitCode)?.name ?? null) : null,
      askedByMe: personId === person.id,
    }));
