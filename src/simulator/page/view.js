/** On a phone one part of the page is seen at a time; on a laptop all of them. */
import { showChosen } from "./people.js";

const switches = () => document.querySelectorAll("[data-show]");

export function showView(name) {
  document.body.dataset.view = name;
  for (const button of switches()) button.setAttribute("aria-pressed", String(button.dataset.show === name));
  if (name === "chat") showChosen();
}

export function startViews() {
  for (const button of switches()) button.addEventListener("click", () => showView(button.dataset.show));
}
