/** "Thêm người": a role, where needed a unit found among the real ones, and perhaps a name. */
import { api } from "./api.js";
import { byId, make, quietly } from "./dom.js";
import { WORDS } from "./words.js";

const SEARCH_DELAY_MS = 200;
let roles = [];
let add = async () => undefined;

const chosenRole = () => roles.find(({ id }) => id === new FormData(byId("person-form")).get("role"));
const needsUnit = (role) => role?.linksAs !== undefined && role.unit === undefined;

function choice(name, value, lines, checked = false) {
  const input = make("input", { type: "radio", name, value, checked });
  const [first, second] = lines;
  const text = make("span", {}, first);
  if (second !== undefined) text.append(make("small", { textContent: second }));
  return make("label", { className: "radio" }, input, text);
}

function tellProblem(message) {
  byId("person-problem").hidden = message === null;
  byId("person-problem").textContent = message ?? "";
}

async function search() {
  const role = chosenRole();
  if (!needsUnit(role)) return;
  const query = byId("unit-search").value.trim();
  byId("unit-state").textContent = WORDS.searching;
  try {
    const { items } = await api.units(role.id, query);
    if (chosenRole() !== role || byId("unit-search").value.trim() !== query) return;
    byId("unit-choices").replaceChildren(
      ...items.map(({ code, name, group }, index) =>
        choice("unit", code, [name, group], query !== "" && index === 0),
      ),
    );
    byId("unit-state").textContent = WORDS.found(items.length);
  } catch (error) {
    byId("unit-state").textContent = error instanceof Error ? error.message : WORDS.failed;
  }
}

const searchSoon = quietly(SEARCH_DELAY_MS, () => void search());

function showUnitPart() {
  const role = chosenRole();
  byId("unit-part").hidden = !needsUnit(role);
  byId("unit-search").placeholder = role?.hint ?? "";
  byId("unit-choices").replaceChildren();
  tellProblem(null);
  void search();
}

export function setRoles(given) {
  if (JSON.stringify(given) === JSON.stringify(roles)) return;
  roles = given;
  byId("role-choices").replaceChildren(
    ...roles.map(({ id, label }, index) => choice("role", id, [label], index === 0)),
  );
}

/** Opens the dialogue; `added` is told what was chosen and may refuse by throwing. */
export function openAddPerson(added) {
  add = added;
  byId("person-form").reset();
  showUnitPart();
  byId("person-dialog").showModal();
  byId("role-choices").querySelector("input:checked")?.focus();
}

byId("role-choices").addEventListener("change", () => {
  byId("unit-search").value = "";
  showUnitPart();
});
byId("unit-search").addEventListener("input", searchSoon);
byId("unit-search").addEventListener("keydown", (event) => {
  // Enter while searching goes on to the list instead of closing the dialogue.
  if (event.key !== "Enter") return;
  event.preventDefault();
  byId("unit-choices").querySelector("input")?.focus();
});
byId("person-cancel").addEventListener("click", () => byId("person-dialog").close());
byId("person-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const role = chosenRole();
  const unitCode = form.get("unit");
  if (needsUnit(role) && unitCode === null) {
    tellProblem(WORDS.chooseUnit);
    byId("unit-search").focus();
    return;
  }
  const name = byId("person-name").value.trim();
  try {
    await add({
      roleId: role.id,
      ...(needsUnit(role) ? { unitCode } : {}),
      ...(name === "" ? {} : { name }),
    });
    byId("person-dialog").close();
    byId("composer-text").focus();
  } catch (error) {
    tellProblem(error instanceof Error ? error.message : WORDS.failed);
  }
});
