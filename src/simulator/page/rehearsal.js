/** The week ahead if nobody answered: who would get what, when, and by which way. Read while it is open. */
import { api } from "./api.js";
import { byId, make, quietly } from "./dom.js";
import { shortMomentOf, WORDS } from "./words.js";

/** The clock and the chats move in bursts. */
const RELOAD_DELAY_MS = 400;

let attempt = async () => false;

function rowElement({ at, personName, kind, unitNames, lane }) {
  const message = make("td", {}, WORDS.about(kind, unitNames));
  if (personName !== null) message.append(make("small", { textContent: personName }));
  return make(
    "tr",
    {},
    message,
    make("td", { textContent: shortMomentOf(at) }),
    make("td", { textContent: WORDS.way(lane) }),
  );
}

async function load() {
  if (!byId("rehearsal").open) return;
  const { items } = await api.rehearsal();
  byId("rehearsal-sum").textContent = WORDS.rehearsed(items.length);
  byId("rehearsal-rows").replaceChildren(...items.map(rowElement));
}

/** Reads it again, soon. */
export const reloadRehearsal = quietly(RELOAD_DELAY_MS, () => void attempt(load));

export function startRehearsal(given) {
  attempt = given;
  byId("rehearsal").addEventListener("toggle", () => void attempt(load));
}
