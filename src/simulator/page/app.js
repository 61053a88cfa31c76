/** Starts the page: what the room knows, and who is told when it changes. */
import { openAddPerson, setRoles } from "./add-person.js";
import { api } from "./api.js";
import { showChat, showEntry, showSuggestions, startChat } from "./chat.js";
import { setClock, startClock } from "./clock.js";
import { byId } from "./dom.js";
import { reloadLedger, startLedger } from "./ledger.js";
import { reloadRehearsal, startRehearsal } from "./rehearsal.js";
import { showPeople } from "./people.js";
import { setStory, startStory } from "./story.js";
import { startViews } from "./view.js";
import { WORDS } from "./words.js";

const room = { people: [], roles: [], unread: new Map(), chosen: null };
/** So long a problem stays on the page. */
const PROBLEM_SHOWN_MS = 8000;
let problemTimer;

function tellProblem(message) {
  const place = byId("problem");
  place.textContent = message ?? "";
  place.hidden = message === null;
  clearTimeout(problemTimer);
  if (message !== null) problemTimer = setTimeout(() => tellProblem(null), PROBLEM_SHOWN_MS);
}

/** Does something that may fail, and says so where it does; true when it went well. */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    tellProblem(error instanceof Error ? error.message : WORDS.failed);
    return false;
  }
}

const chosenPerson = () => room.people.find(({ id }) => id === room.chosen) ?? null;

function refreshPeople() {
  showPeople(room, choose);
  const person = chosenPerson();
  showSuggestions(person, room.roles.find(({ id }) => id === person?.roleId) ?? null);
}

async function choose(personId) {
  room.chosen = personId;
  room.unread.delete(personId);
  refreshPeople();
  const { items } = await api.messages(personId);
  // Somebody else may have been chosen while the messages were on their way.
  if (room.chosen === personId) showChat(chosenPerson(), items);
}

function setPeople(people) {
  room.people = people;
  refreshPeople();
  if (chosenPerson() === null && people.length > 0) void attempt(() => choose(people[0].id));
}

function take(event) {
  switch (event.type) {
    case "people":
      setPeople(event.people);
      break;
    case "message":
      if (event.entry.personId === room.chosen) showEntry(event.entry);
      else if (event.entry.from === "account") {
        room.unread.set(event.entry.personId, (room.unread.get(event.entry.personId) ?? 0) + 1);
        refreshPeople();
      }
      reloadLedger();
      reloadRehearsal();
      break;
    case "clock":
      setClock(event);
      if (!event.moving) {
        reloadLedger();
        reloadRehearsal();
      }
      break;
    case "story":
      setStory(event);
      if (event.running && event.personId !== null && event.personId !== room.chosen) {
        void attempt(() => choose(event.personId));
      }
      break;
  }
}

async function load() {
  const state = await api.state();
  room.roles = state.roles;
  setRoles(state.roles);
  room.people = state.people;
  setClock(state.clock);
  setStory({ ...state.story, caption: state.story.running ? state.story.caption : null });
  refreshPeople();
  const first = chosenPerson() ?? state.people[0];
  if (first === undefined) showChat(null, []);
  else await choose(first.id);
  reloadLedger();
}

function listen() {
  const events = new EventSource("events");
  events.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  // Whatever was missed while the line was down is read anew.
  events.addEventListener("open", () => {
    tellProblem(null);
    void attempt(load);
  });
  events.addEventListener("error", () => tellProblem(WORDS.offline));
}

byId("add-person").addEventListener("click", () =>
  openAddPerson(async (wanted) => {
    const person = await api.addPerson(wanted);
    if (!room.people.some(({ id }) => id === person.id)) room.people = [...room.people, person];
    await choose(person.id);
    byId("composer-text").focus();
  }),
);
startChat({ attempt, chosen: () => room.chosen });
startClock(attempt);
startLedger(attempt);
startRehearsal(attempt);
startStory(attempt);
startViews();
listen();
