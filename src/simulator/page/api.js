/** The simulator's calls. Addresses are relative to the page. */
import { WORDS } from "./words.js";

async function call(method, path, body) {
  const isBytes = body instanceof Blob;
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { "content-type": isBytes ? "application/octet-stream" : "application/json" },
          body: isBytes ? body : JSON.stringify(body),
        }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer?.error?.message ?? WORDS.failed);
  return answer;
}

const person = (id) => `people/${encodeURIComponent(id)}`;

export const api = {
  state: () => call("GET", "state"),
  units: (role, query) => call("GET", `units?${new URLSearchParams({ role, query })}`),
  addPerson: (wanted) => call("POST", "people", wanted),
  messages: (id) => call("GET", `${person(id)}/messages`),
  say: (id, text) => call("POST", `${person(id)}/messages`, { text }),
  tap: (id, entryId, button) => call("POST", `${person(id)}/taps`, { entryId, button }),
  // Without its own type: the program looks at the bytes.
  sendFile: (id, file) =>
    call("POST", `${person(id)}/files?${new URLSearchParams({ name: file.name })}`, new Blob([file])),
  mediaUrl: (entry) => `${person(entry.personId)}/messages/${encodeURIComponent(entry.id)}/media`,
  ledger: (asked) => call("GET", `ledger?${new URLSearchParams(asked)}`),
  rehearsal: () => call("GET", "rehearsal"),
  moveClock: (move) => call("POST", "clock", { move }),
  story: (what) => call("POST", "story", { do: what }),
};
