/** What every story begins with: units looked up, invitations made, people linked. */
import type { Program } from "./program";
import { invitationAnswer, unitsAnswer, type UnitRow } from "./story-answers";

const HTTP_CREATED = 201;
/** The contract's ceiling. */
const MOST_CONSENT_TAPS = 2;

export const LINE = "so-gddt";
export const PERIOD = "2025-W49";

/** The unit with this code, found by typing part of its name. */
export async function findUnit(program: Program, query: string, code: string): Promise<UnitRow> {
  const found = await program.read(`/units?query=${encodeURIComponent(query)}`, unitsAnswer);
  const unit = found.find((each) => each.code === code);
  if (unit === undefined)
    throw new Error(`“${query}” finds ${found.map((each) => each.code).join(", ") || "nothing"}`);
  return unit;
}

/** A fresh invitation code. */
export async function invite(
  program: Program,
  unitCode: string,
  role: "reporter" | "staff",
): Promise<string> {
  const { status, body } = await program.api("POST", "/invitations", { unitCode, role });
  if (status !== HTTP_CREATED) throw new Error(`POST /invitations: ${status} ${JSON.stringify(body)}`);
  return invitationAnswer.parse(body).code;
}

/** Taps the consent that is offered, as often as one may be asked to. */
export async function consent(program: Program, user: string): Promise<void> {
  for (let taps = 0; taps < MOST_CONSENT_TAPS; taps++) {
    const title = program.phones.offered(user, /^(?!khong).*dong y/);
    if (title === null) return;
    await program.taps(user, title);
  }
}

/** A person who follows and links with a code; what the reply to the code said. */
export async function link(program: Program, user: string, code: string): Promise<string> {
  await program.follows(user);
  const before = program.heard(user).length;
  await program.says(user, `liên kết ${code}`);
  const reply = textsSince(program, user, before).join("\n");
  await consent(program, user);
  return reply;
}

/** The texts that reached a person after the first `from`. */
export const textsSince = (program: Program, user: string, from: number): string[] =>
  program
    .heard(user)
    .slice(from)
    .map(({ text }) => text);
