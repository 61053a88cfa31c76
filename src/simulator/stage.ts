/** What simulated people do, and what they see: every word of theirs is a signed webhook, every answer a real call. */
import { createHash } from "node:crypto";
import { refused } from "../core/errors";
import { clip, normalise } from "../core/text";
import { typeOf } from "../zalo/media-types";
import { entryOfSaid, entryOfSent, withStatus, type Said } from "./chat-entries";
import type { Live } from "./live";
import type { People } from "./people";
import type { PretendEvent } from "./pretend-zalo-events";
import type { SimulatorPorts, UnitRow } from "./ports";
import type { ChatMedia, SimPerson } from "./room-state";
import type { ShowRole } from "./show";
import { WORDING } from "./wording.vi";

export interface WantedPerson {
  readonly roleId: string;
  readonly unitCode?: string | undefined;
  readonly name?: string | undefined;
}

export interface Stage {
  /** Adds a person, who follows the account; who belongs to a unit gets an invitation to it. */
  addPerson(wanted: WantedPerson): Promise<SimPerson>;
  say(personId: string, text: string): Promise<void>;
  /** Taps a button of a message on the person's phone. */
  tap(personId: string, entryId: string, button: number): Promise<void>;
  sendFile(personId: string, file: { name: string; bytes: Buffer }): Promise<void>;
  searchUnits(roleId: string, query: string): Promise<readonly UnitRow[]>;
}

const MAX_NAME_CHARS = 60;
const MAX_FILE_NAME_CHARS = 120;
const MAX_FOUND = 30;
const HTTP_OK = 200;

type StagePorts = Pick<
  SimulatorPorts,
  "clock" | "ids" | "show" | "zalo" | "deliver" | "searchUnits" | "createInvitation"
>;

export interface StageParts {
  readonly ports: StagePorts;
  readonly people: People;
  readonly live: Live;
  /** The people or a chat changed. */
  readonly onChange: () => void;
}

interface Act {
  readonly event: PretendEvent;
  readonly text: string | null;
  readonly tapped?: boolean;
  readonly media?: ChatMedia;
}

export function createStage({ ports, people, live, onChange }: StageParts): Stage {
  const { clock, ids, zalo } = ports;

  zalo.onSent((sent) => {
    if (people.find(sent.userId) !== undefined) show(entryOfSent(ids.next(clock.now()), sent));
  });
  for (const { id, name } of people.list()) zalo.addPerson(id, name);

  function show(entry: Parameters<People["put"]>[0]): void {
    people.put(entry);
    live.publish({ type: "message", entry });
    onChange();
  }

  function tellPeople(): void {
    live.publish({ type: "people", people: people.list() });
    onChange();
  }

  function roleOf(roleId: string): ShowRole {
    const role = ports.show.roles.find(({ id }) => id === roleId);
    if (role === undefined) throw refused("unknown-role", WORDING.unknownRole);
    return role;
  }

  /** The bubble stands before the webhook goes out: the answer can come back before the 200 does. */
  async function perform(personId: string, act: Act): Promise<void> {
    const said: Said = {
      id: ids.next(clock.now()),
      personId,
      at: clock.now(),
      text: act.text,
      tapped: act.tapped ?? false,
      media: act.media ?? null,
    };
    const webhook = zalo.signedWebhook(act.event);
    const entry = entryOfSaid(said, webhook);
    show(entry);
    const status = await ports.deliver(webhook);
    show(withStatus(entry, status));
    if (status !== HTTP_OK) throw refused("not-delivered", WORDING.notDelivered(status));
  }

  async function unitOf(role: ShowRole, unitCode: string | undefined): Promise<UnitRow | null> {
    if (role.linksAs === undefined) return null;
    const code = role.unit ?? unitCode;
    if (code === undefined) throw refused("unit-needed", WORDING.unitNeeded);
    const found = (await ports.searchUnits({ query: "" })).find((unit) => unit.code === code);
    if (found === undefined) throw refused("unknown-unit", WORDING.unitNeeded);
    return found;
  }

  return {
    async addPerson({ roleId, unitCode, name }) {
      const role = roleOf(roleId);
      const unit = await unitOf(role, unitCode);
      const given = clip(normalise(name ?? "").trim(), MAX_NAME_CHARS);
      // An office's role names the office already.
      const unitInName = role.unit === undefined ? (unit?.shortName ?? null) : null;
      const invitation =
        unit === null || role.linksAs === undefined
          ? null
          : await ports.createInvitation(unit.code, role.linksAs);
      const person = people.add({
        name: given === "" ? WORDING.nameOf(role.label, unitInName) : given,
        roleId,
        roleLabel: role.label,
        unitCode: unit?.code ?? null,
        unitName: unit?.name ?? null,
        linkWords: invitation === null ? null : WORDING.linkWords(invitation.code),
      });
      zalo.addPerson(person.id, person.name);
      tellPeople();
      const status = await ports.deliver(zalo.signedWebhook({ kind: "follow", from: person.id }));
      if (status !== HTTP_OK) throw refused("not-delivered", WORDING.notDelivered(status));
      return person;
    },

    async say(personId, text) {
      const person = people.get(personId);
      await perform(personId, { event: { kind: "text", from: personId, text }, text });
      if (text === person.linkWords) {
        people.change({ ...person, linkWords: null });
        tellPeople();
      }
    },

    async tap(personId, entryId, index) {
      people.get(personId);
      const button = people.entry(personId, entryId)?.buttons[index];
      if (button === undefined || button.kind === "link")
        throw refused("unknown-button", WORDING.unknownButton);
      await perform(personId, {
        event: { kind: "text", from: personId, text: button.send },
        text: button.kind === "hidden" ? button.title : button.send,
        tapped: true,
      });
    },

    async sendFile(personId, { name, bytes }) {
      people.get(personId);
      if (bytes.length === 0) throw refused("empty-file", WORDING.emptyFile);
      const mime = typeOf(bytes) ?? "application/octet-stream";
      const shown = clip(normalise(name).trim(), MAX_FILE_NAME_CHARS) || WORDING.unnamedFile;
      const url = zalo.hostFile({ name: shown, mime, bytes });
      const file = { name: shown, url, mime, bytes };
      const kind = mediaKind(mime);
      await perform(personId, {
        event: eventOfFile(personId, file),
        text: null,
        media: { kind, name: shown, url },
      });
    },

    async searchUnits(roleId, query) {
      const { within } = roleOf(roleId);
      const found = await ports.searchUnits({ query, ...(within === undefined ? {} : { parent: within }) });
      return found.slice(0, MAX_FOUND);
    },
  };
}

function mediaKind(mime: string): ChatMedia["kind"] {
  const [family] = mime.split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "file";
}

function eventOfFile(
  from: string,
  { name, url, mime, bytes }: { name: string; url: string; mime: string; bytes: Buffer },
): PretendEvent {
  if (mime === "image/gif") return { kind: "gif", from, url };
  const kind = mediaKind(mime);
  if (kind !== "file") return { kind, from, url };
  // The platform gives an MD5 with every file.
  const checksum = createHash("md5").update(bytes).digest("hex");
  return { kind, from, url, name, sizeBytes: bytes.length, checksum };
}
