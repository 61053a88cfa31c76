/** The obligation ledger of one line and period: counts that filter, rows that can be searched, digests that came. */
import { api } from "./api.js";
import { byId, fold, make, quietly } from "./dom.js";
import { NOT_REACHED, shortMomentOf, STATUSES, WORDS } from "./words.js";

/** Messages come in bursts; the ledger is read once they pause. */
const RELOAD_DELAY_MS = 400;
const ORDER = Object.keys(STATUSES);
const UNREACHED = "not-reached";

let attempt = async () => false;
let view = null;
let filter = null;
const asked = { line: "", period: "" };
/** What each unit's status was when it was last shown, to point out what changed. */
let shownBefore = { key: "", statuses: new Map() };

const matches = (row) => filter === null || (filter === UNREACHED ? !row.reached : row.status === filter);

function showChoices() {
  const option = (value, text, chosen) =>
    make("option", { value, textContent: text, selected: value === chosen });
  byId("ledger-line").replaceChildren(...view.lines.map(({ id, name }) => option(id, name, view.line)));
  byId("ledger-period").replaceChildren(...view.periods.map(({ id }) => option(id, id, view.period)));
  const period = view.periods.find(({ id }) => id === view.period);
  byId("ledger-due").textContent =
    period === undefined
      ? ""
      : view.rows.length === 0
        ? WORDS.opens(period.opensAt)
        : WORDS.due(period.dueAt);
}

function countButton(key, label, count) {
  const button = make(
    "button",
    {
      type: "button",
      className: `count status-${key}`,
      attributes: { "aria-pressed": String(filter === key) },
    },
    make("strong", { textContent: String(count) }),
    ` ${label}`,
  );
  button.dataset.key = key;
  button.addEventListener("click", () => {
    filter = filter === key ? null : key;
    showCounts();
    showRows();
  });
  return button;
}

function showCounts() {
  const place = byId("ledger-counts");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const counted = ORDER.map((status) => [
    status,
    STATUSES[status],
    view.rows.filter((row) => row.status === status).length,
  ]);
  counted.push([UNREACHED, NOT_REACHED, view.rows.filter(({ reached }) => !reached).length]);
  place.replaceChildren(
    ...counted
      .filter(([key, , count]) => count > 0 || key === filter)
      .map(([key, label, count]) => countButton(key, label, count)),
  );
  if (focused !== undefined) place.querySelector(`[data-key="${focused}"]`)?.focus();
}

function rowElement(row, hasChanged) {
  const details = [];
  if (row.submittedAt !== null) details.push(shortMomentOf(row.submittedAt));
  if (row.version > 1) details.push(WORDS.version(row.version));
  if (!row.reached) details.push(NOT_REACHED.toLowerCase());
  const name = make("td", {}, row.unitName);
  if (details.length > 0) name.append(make("small", { textContent: details.join(", ") }));
  const status = make("span", {
    className: `status status-${row.status}`,
    textContent: STATUSES[row.status],
  });
  return make("tr", { className: hasChanged ? "changed" : "" }, name, make("td", {}, status));
}

function showRows() {
  const wanted = fold(byId("ledger-search").value.trim());
  const rows = view.rows
    .filter(
      (row) => matches(row) && (wanted === "" || fold(`${row.unitName} ${row.unitCode}`).includes(wanted)),
    )
    .sort(
      (a, b) =>
        ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || (b.submittedAt ?? 0) - (a.submittedAt ?? 0),
    );
  const key = `${view.line} ${view.period}`;
  const before = shownBefore.key === key ? shownBefore.statuses : null;
  byId("ledger-rows").replaceChildren(
    ...rows.map((row) => {
      const mark = `${row.status} ${row.version}`;
      return rowElement(row, before !== null && before.get(row.unitCode) !== mark);
    }),
  );
  shownBefore = {
    key,
    statuses: new Map(view.rows.map((row) => [row.unitCode, `${row.status} ${row.version}`])),
  };
  const empty = byId("ledger-empty");
  empty.hidden = rows.length > 0;
  empty.textContent = view.rows.length === 0 ? WORDS.noRows : WORDS.noneFound;
}

function showDigests() {
  const place = byId("ledger-digests");
  const open = new Set([...place.querySelectorAll("details[open]")].map(({ dataset }) => dataset.digest));
  place.replaceChildren(
    ...view.digests.map(({ id, frozenAt, text }) => {
      const details = make(
        "details",
        { open: open.has(id) },
        make("summary", { textContent: WORDS.digest(id, frozenAt) }),
        make("pre", { textContent: text, tabIndex: 0 }),
      );
      details.dataset.digest = id;
      return details;
    }),
  );
}

async function load() {
  const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const answer = await api.ledger(wanted);
  // Another line may have been chosen while the answer was on its way.
  if ((wanted.line ?? "") !== asked.line || (wanted.period ?? "") !== asked.period) return;
  view = answer;
  showChoices();
  showCounts();
  showRows();
  showDigests();
}

/** Reads the ledger again, soon. */
export const reloadLedger = quietly(RELOAD_DELAY_MS, () => void attempt(load));

export function startLedger(given) {
  attempt = given;
  byId("ledger-line").addEventListener("change", ({ target }) => {
    asked.line = target.value;
    asked.period = "";
    void attempt(load);
  });
  byId("ledger-period").addEventListener("change", ({ target }) => {
    asked.line = view?.line ?? "";
    asked.period = target.value;
    void attempt(load);
  });
  byId("ledger-search").addEventListener("input", () => {
    if (view !== null) showRows();
  });
}
