/** The simulated people and their chats, bounded. */
import { refused } from "../core/errors";
import type { Ids } from "../core/ids";
import type { ChatEntry, RoomState, SimPerson } from "./room-state";
import { WORDING } from "./wording.vi";

/** More than anybody plays by hand; keeps the file small. */
const MAX_PEOPLE = 60;
const MAX_ENTRIES_A_PERSON = 120;

/** Two groups of nine digits behind a leading one: nineteen digits, as the platform's ids, above 2^53. */
const DIGITS_A_GROUP = 9;
const LEADING_DIGIT = "7";

function newPersonId(ids: Ids): string {
  const group = () => String(Math.floor(ids.random() * 10 ** DIGITS_A_GROUP)).padStart(DIGITS_A_GROUP, "0");
  return LEADING_DIGIT + group() + group();
}

export interface People {
  list(): readonly SimPerson[];
  find(personId: string): SimPerson | undefined;
  /** The person, or a refusal. */
  get(personId: string): SimPerson;
  add(person: Omit<SimPerson, "id">): SimPerson;
  change(person: SimPerson): void;
  entries(personId: string): readonly ChatEntry[];
  entry(personId: string, entryId: string): ChatEntry | undefined;
  /** Adds the entry, or puts it in the place of the one with its id. */
  put(entry: ChatEntry): void;
  state(): RoomState;
}

export function createPeople(from: RoomState, ids: Ids): People {
  const people = new Map(from.people.map((person) => [person.id, person]));
  const chats = new Map<string, ChatEntry[]>();

  function put(entry: ChatEntry): void {
    const chat = chats.get(entry.personId) ?? [];
    chats.set(entry.personId, chat);
    const index = chat.findIndex(({ id }) => id === entry.id);
    if (index >= 0) chat[index] = entry;
    else chat.push(entry);
    if (chat.length > MAX_ENTRIES_A_PERSON) chat.shift();
  }
  from.entries.forEach(put);

  return {
    list: () => [...people.values()],
    find: (personId) => people.get(personId),
    get(personId) {
      const person = people.get(personId);
      if (person === undefined) throw refused("unknown-person", WORDING.unknownPerson);
      return person;
    },
    add(wanted) {
      if (people.size >= MAX_PEOPLE) throw refused("too-many-people", WORDING.tooManyPeople(MAX_PEOPLE));
      const person = { id: newPersonId(ids), ...wanted };
      people.set(person.id, person);
      return person;
    },
    change: (person) => void people.set(person.id, person),
    entries: (personId) => chats.get(personId) ?? [],
    entry: (personId, entryId) => chats.get(personId)?.find(({ id }) => id === entryId),
    put,
    state: () => ({ people: [...people.values()], entries: [...chats.values()].flat() }),
  };
}
