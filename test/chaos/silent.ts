/**
 * People who linked long ago, gave a phone number and have said nothing since: what they are told goes as a template
 * to their account, and where that is refused to their number.
 */
import { DAY_MS, type Instant } from "../../src/core/clock";
import type { Replicas } from "../support/replicas";
import type { Count } from "./people";
import { invitationAnswer } from "../support/story-answers";

/** The template's id in the variables of the program; any will do. */
export const WITH_TEMPLATES = { ZALO_TEMPLATE_REMINDER: "316001" } as const;
/** Longer than the platform lets anybody write to a person who is silent. */
export const SILENT_FOR_MS = 9 * DAY_MS;
const AGREE = /^(?!khong).*dong y/;
const PHONE_BUTTON = "Nhận tin nhắc qua số điện thoại";

/** Links a person with each unit; then everything stops, and `until` is the time. */
export async function linkSilent(
  replicas: Replicas,
  units: readonly string[],
  until: Instant,
  count: Count,
): Promise<void> {
  const { phones, fake } = replicas;
  const [first] = replicas.living;
  if (first === undefined) throw new Error("nothing runs");
  const people = units.map((unitCode, i) => ({
    user: String(7_100_000_000_000_000_000n + BigInt(i)),
    phone: String(84_900_100_000 + i),
    unitCode,
  }));
  type Person = (typeof people)[number];
  const each = async (words: (person: Person) => string): Promise<void> => {
    await Promise.all(
      people.map((person) =>
        replicas.deliver(fake.zalo.signedWebhook({ kind: "text", from: person.user, text: words(person) })),
      ),
    );
    count("events", people.length);
    await first.settle();
  };
  const codes = new Map<Person, string>();
  for (const person of people) {
    const { body } = await first.api("POST", "/invitations", { unitCode: person.unitCode, role: "reporter" });
    codes.set(person, invitationAnswer.parse(body).code);
  }
  await each((person) => `liên kết ${codes.get(person) ?? ""}`);
  await each(({ user }) => phones.tapOf(user, phones.offered(user, AGREE) ?? ""));
  await each(({ user }) => phones.tapOf(user, PHONE_BUTTON));
  for (const { user, phone } of people)
    await replicas.deliver(fake.zalo.signedWebhook({ kind: "submit-info", from: user, name: "Lan", phone }));
  await first.settle();
  for (const replica of [...replicas.living]) await replicas.stop(replica);
  fake.clock.moveTo(until);
  await replicas.start();
}
