/** One message on the phone, with the packet that went over the wire. */
import { api } from "./api.js";
import { make } from "./dom.js";
import { shortMomentOf, timeOf, WORDS } from "./words.js";

function mediaElement(entry) {
  const { media } = entry;
  if (media === null) return [];
  const src = api.mediaUrl(entry);
  const gone = () => make("p", { className: "quiet", textContent: WORDS.fileGone });
  switch (media.kind) {
    case "image": {
      const picture = make("img", { src, alt: media.name || WORDS.picture, loading: "lazy" });
      const link = make("a", { href: src, target: "_blank", rel: "noopener", className: "picture" }, picture);
      picture.addEventListener("error", () => link.replaceWith(gone()));
      // A picture takes its place only when it has come: the newest message stays in sight.
      picture.addEventListener("load", () => {
        const item = link.closest("li");
        if (item !== null && item === item.parentElement?.lastElementChild)
          item.scrollIntoView({ block: "end" });
      });
      return [link];
    }
    case "audio":
    case "video":
      return [make(media.kind, { src, controls: true })];
    default:
      return [make("a", { href: src, className: "file", textContent: media.name || WORDS.file })];
  }
}

function buttonElement(entry, button, index, tap) {
  if (button.kind === "link") {
    const isWeb = /^https?:/.test(button.url);
    return make("a", {
      href: isWeb ? button.url : "#",
      target: "_blank",
      rel: "noopener noreferrer",
      className: "choice",
      textContent: `${button.title} ↗`,
    });
  }
  const element = make("button", { type: "button", className: "choice", textContent: button.title });
  element.addEventListener("click", () => void tap(entry, index));
  return element;
}

function packetText({ wire }) {
  const headers = Object.entries(wire.headers).map(([name, value]) => `${name}: ${value}`);
  return [`${wire.method} ${wire.path}`, ...headers, "", JSON.stringify(wire.body, null, 2)].join("\n");
}

function packet(entry, isOpen) {
  const id = `packet-${entry.id}`;
  const way = entry.from === "person" ? WORDS.incoming : WORDS.outgoing;
  const view = make(
    "div",
    { id, className: "packet", hidden: !isOpen },
    make("p", { className: "quiet", textContent: `${way}, ${WORDS.answered(entry.wire.status)}` }),
    make("pre", {
      tabIndex: 0,
      attributes: { "aria-label": WORDS.showPacket },
      textContent: packetText(entry),
    }),
  );
  const toggle = make("button", {
    type: "button",
    className: "packet-toggle",
    textContent: isOpen ? WORDS.hidePacket : WORDS.showPacket,
    attributes: { "aria-expanded": String(isOpen), "aria-controls": id },
  });
  toggle.addEventListener("click", () => {
    view.hidden = !view.hidden;
    toggle.setAttribute("aria-expanded", String(!view.hidden));
    toggle.textContent = view.hidden ? WORDS.showPacket : WORDS.hidePacket;
    if (!view.hidden) view.scrollIntoView({ block: "nearest" });
  });
  return { toggle, view };
}

export function messageItem(entry, tap, isOpen = false) {
  const isBad = entry.wire.status !== null && entry.wire.status !== 200;
  const bubble = make("div", { className: "bubble" });
  if (entry.text !== null && entry.text !== "") {
    bubble.append(make("p", { className: "text", textContent: entry.text }));
  }
  bubble.append(...mediaElement(entry));
  const buttons = entry.buttons.map((button, index) => buttonElement(entry, button, index, tap));
  if (buttons.length > 0) bubble.append(make("div", { className: "choices" }, ...buttons));

  const { toggle, view } = packet(entry, isOpen);
  const when = make("time", { textContent: timeOf(entry.at), title: shortMomentOf(entry.at) });
  const about = make("p", { className: "about" }, when);
  if (entry.tapped) about.append(`, ${WORDS.tapped}`);
  if (isBad) about.append(make("strong", { textContent: ` ${WORDS.answered(entry.wire.status)}` }));
  about.append(toggle);

  const item = make("li", { className: `message from-${entry.from}` }, bubble, about, view);
  item.dataset.entry = entry.id;
  return item;
}
