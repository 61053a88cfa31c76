/** The campaign's clock: it runs at real speed from the instant the program last told. */
import { api } from "./api.js";
import { byId } from "./dom.js";
import { dayOf, momentOf, timeOf, WORDS } from "./words.js";

const TICK_MS = 1000;
let told = null;
let isMoving = false;

const now = () => told.now + (performance.now() - told.at);

function tick() {
  if (told === null) return;
  const instant = now();
  byId("clock-time").textContent = timeOf(instant);
  byId("clock-day").textContent = dayOf(instant);
  byId("top-clock").textContent = momentOf(instant);
}

const moveButtons = () => document.querySelectorAll("[data-move]");

export function setClock({ now: instant, moving }) {
  const wasMoving = isMoving;
  isMoving = moving;
  told = { now: instant, at: performance.now() };
  // A disabled button would drop the focus of somebody who moves by keyboard.
  for (const button of moveButtons()) button.setAttribute("aria-disabled", String(moving));
  byId("clock-state").textContent = moving ? WORDS.moving : wasMoving ? WORDS.movedTo(instant) : "";
  tick();
}

export function startClock(attempt) {
  for (const button of moveButtons()) {
    button.addEventListener("click", () => {
      if (!isMoving) void attempt(() => api.moveClock(button.dataset.move));
    });
  }
  setInterval(tick, TICK_MS);
}
