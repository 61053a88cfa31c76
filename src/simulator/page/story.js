/** The sample story: one button, and the narrator's caption. */
import { api } from "./api.js";
import { byId } from "./dom.js";
import { showView } from "./view.js";
import { WORDS } from "./words.js";

let isRunning = false;

export function setStory({ running, caption }) {
  // The story is seen on the phone.
  if (running && !isRunning) showView("chat");
  isRunning = running;
  byId("story-button").textContent = running ? WORDS.stopStory : WORDS.startStory;
  const place = byId("caption");
  if (place.textContent !== (caption ?? "")) place.textContent = caption ?? "";
  place.hidden = caption === null;
  place.classList.toggle("playing", running);
}

export function startStory(attempt) {
  byId("story-button").addEventListener("click", () => {
    void attempt(() => api.story(isRunning ? "stop" : "start"));
  });
}
