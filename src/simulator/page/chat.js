/** The phone: messages with their buttons and files, the packet behind each, and the composer. */
import { api } from "./api.js";
import { byId, make } from "./dom.js";
import { messageItem } from "./message.js";
import { WORDS } from "./words.js";

let actions = { attempt: async () => false, chosen: () => null };

const send = (work) => {
  const personId = actions.chosen();
  return personId === null ? Promise.resolve(false) : actions.attempt(() => work(personId));
};

/** Sends words as the chosen person. */
export const say = (text) => send((personId) => api.say(personId, text));

const tap = (entry, index) => send((personId) => api.tap(personId, entry.id, index));

/** Until a screen reader has taken note that the chat was exchanged. */
const LIVE_AGAIN_MS = 200;
/** Who sees the newest message, or is this close to the end, follows; who is further up is not torn away. */
const NEAR_END_PX = 160;
const LONG_MARGIN_PX = 8;

function isNearEnd() {
  const chat = byId("chat");
  const newest = chat.lastElementChild;
  const isAtLong = newest !== null && newest.offsetTop - chat.offsetTop - chat.scrollTop < chat.clientHeight;
  return isAtLong || chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_END_PX;
}

/** To the end; a message longer than the phone is shown from where it begins. */
function scrollDown() {
  const chat = byId("chat");
  const newest = chat.lastElementChild;
  const isLong = newest !== null && newest.offsetHeight > chat.clientHeight;
  chat.scrollTop = isLong ? newest.offsetTop - chat.offsetTop - LONG_MARGIN_PX : chat.scrollHeight;
}

export function showChat(person, entries) {
  byId("phone-title").textContent = person?.name ?? WORDS.noPerson;
  byId("phone-subtitle").textContent = person === null ? "" : (person.unitName ?? WORDS.account);
  const isNobody = person === null;
  for (const control of byId("composer").elements) control.disabled = isNobody;
  const items = entries.map((entry) => messageItem(entry, tap));
  if (items.length === 0) {
    items.push(
      make("li", {
        className: "quiet empty",
        textContent: isNobody ? WORDS.chooseSomebody : WORDS.noMessages,
      }),
    );
  }
  const chat = byId("chat");
  // Only what comes from now on is read out, not the whole chat again.
  chat.setAttribute("aria-live", "off");
  chat.replaceChildren(...items);
  scrollDown();
  setTimeout(() => chat.setAttribute("aria-live", "polite"), LIVE_AGAIN_MS);
}

/** Adds one message at the end, or puts it in the place of its earlier self. */
export function showEntry(entry) {
  const chat = byId("chat");
  const earlier = chat.querySelector(`[data-entry="${entry.id}"]`);
  if (earlier !== null) {
    // Only the answer to the packet has changed; what the reader has opened stays open.
    const isOpen = earlier.querySelector(".packet")?.hidden === false;
    const fresh = messageItem(entry, tap, isOpen);
    const hadFocus = earlier.contains(document.activeElement);
    earlier.replaceChildren(...fresh.childNodes);
    if (hadFocus) earlier.querySelector(".packet-toggle")?.focus();
    return;
  }
  chat.querySelector(".empty")?.remove();
  const follows = entry.from === "person" || isNearEnd();
  chat.append(messageItem(entry, tap));
  if (follows) scrollDown();
}

/** One-tap messages: the words that link a person first, then what their role may want to try. */
export function showSuggestions(person, role) {
  const place = byId("suggestions");
  const words = [
    ...(person?.linkWords == null ? [] : [person.linkWords]),
    ...(person?.linkWords == null ? (role?.suggestions ?? []) : []),
  ];
  const shown = [...place.children].map(({ textContent }) => textContent);
  if (shown.length === words.length && words.every((word, index) => word === shown[index])) return;
  place.replaceChildren(
    ...words.map((text) => {
      const button = make("button", { type: "button", className: "suggestion", textContent: text });
      if (text === person.linkWords) button.classList.add("link-words");
      button.addEventListener("click", () => void say(text));
      return button;
    }),
  );
}

function fitHeight(field) {
  field.classList.toggle("tall", field.value.includes("\n") || field.scrollHeight > field.clientHeight + 4);
}

export function startChat(given) {
  actions = given;
  const field = byId("composer-text");
  const file = byId("file");

  byId("composer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    fitHeight(field);
    // What could not be sent is not lost.
    if (!(await say(text)) && field.value === "") field.value = text;
  });
  field.addEventListener("input", () => fitHeight(field));
  field.addEventListener("keydown", (event) => {
    // A word being composed by a Vietnamese keyboard is ended by Enter, not sent.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });
  byId("attach").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const files = [...file.files];
    file.value = "";
    for (const one of files) await send((personId) => api.sendFile(personId, one));
  });
}
