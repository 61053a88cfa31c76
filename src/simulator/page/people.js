/** The list of people: who they are, which unit they belong to, and what they have not read yet. */
import { byId, make } from "./dom.js";
import { WORDS } from "./words.js";

function personItem(person, { chosen, unread }, choose) {
  const count = unread.get(person.id) ?? 0;
  const about = person.unitName ?? person.roleLabel;
  const button = make(
    "button",
    { type: "button", className: "person" },
    make("span", { className: "person-name", textContent: person.name }),
    make("span", { className: "person-about", textContent: about }),
  );
  button.dataset.person = person.id;
  if (person.id === chosen) button.setAttribute("aria-current", "true");
  if (count > 0) {
    const label = make("span", { className: "visually-hidden", textContent: WORDS.unread(count) });
    button.append(
      make("span", { className: "badge", attributes: { "aria-hidden": "true" }, textContent: String(count) }),
      label,
    );
  }
  button.addEventListener("click", () => void choose(person.id));
  return make("li", {}, button);
}

export function showPeople(room, choose) {
  const list = byId("people");
  // The list is built anew: the focus of somebody who moves by keyboard must not fall out of it.
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.person : undefined;
  const items = room.people.map((person) => personItem(person, room, choose));
  if (items.length === 0) items.push(make("li", { className: "quiet", textContent: WORDS.nobody }));
  list.replaceChildren(...items);
  if (focused !== undefined) list.querySelector(`[data-person="${focused}"]`)?.focus();
  showChosen();
}

/** Brings the chosen person into sight. */
export function showChosen() {
  byId("people").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
