/** A simulator on a stub program, and a page's way of calling it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LedgerView } from "../../../src/simulator/ledger-view";
import type { LiveEvent, StoryState } from "../../../src/simulator/live";
import type { SimulatorPorts, UnitRow } from "../../../src/simulator/ports";
import type { ChatEntry, SimPerson } from "../../../src/simulator/room-state";
import type { Show } from "../../../src/simulator/show";
import { createSimulator, type Simulator } from "../../../src/simulator/simulator";
import { startStubProgram, type StubProgram } from "./stub-program";

const school = (unit: string, name: string) => ({ role: "principal", name, unit });

export const SHOW: Show = {
  roles: [
    { id: "citizen", label: "Người dân", suggestions: ["chào"] },
    { id: "principal", label: "Hiệu trưởng", linksAs: "reporter", within: "so-gddt", suggestions: [] },
    { id: "office", label: "Cán bộ Văn phòng Sở", linksAs: "staff", unit: "so-gddt", suggestions: [] },
  ],
  story: {
    line: "so-gddt",
    citizen: { role: "citizen", name: "Chị Hạnh", question: "ngan sach gop bao nhieu" },
    staff: { role: "office", name: "Văn phòng Sở", unit: "so-gddt" },
    thorough: {
      ...school("thpt-chu-van-an", "Chu Văn An"),
      figures: "12 tin, 3 hội nghị, 450 lượt người",
      amendedField: "Số lượt người tham dự",
      amendedValue: "540",
    },
    quiet: school("thpt-tay-ho", "Tây Hồ"),
    silent: { ...school("thpt-thang-long", "Thăng Long"), figures: "4 tin, 1 hội nghị, 120 lượt người" },
  },
};

/** What the simulator's calls answer, all of them in one; a test reads what its own call brings. */
export interface Answer extends LedgerView, SimPerson {
  readonly people: SimPerson[];
  readonly items: (ChatEntry & UnitRow)[];
  readonly clock: { readonly now: number; readonly moving: boolean };
  readonly story: StoryState;
}

export interface StubRoom {
  readonly program: StubProgram;
  readonly simulator: Simulator;
  readonly stateFile: string;
  /** Status and JSON of one of the simulator's calls. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  url(path: string): string;
  /** Begins to listen as a page does; the answer gives what was told until `last` was. */
  listen(last: string): Promise<() => Promise<LiveEvent[]>>;
  addPerson(roleId: string, unitCode?: string): Promise<SimPerson>;
  entries(personId: string): Promise<ChatEntry[]>;
  close(): Promise<void>;
}

export interface StubRoomOptions {
  readonly stateFile?: string;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly change?: (ports: SimulatorPorts) => SimulatorPorts;
}

export async function openStubRoom(options: StubRoomOptions = {}): Promise<StubRoom> {
  const folder = await mkdtemp(join(tmpdir(), "simulator-"));
  const stateFile = options.stateFile ?? join(folder, "data", "simulator.json");
  const program = await startStubProgram({
    show: SHOW,
    stateFile,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const simulator = await createSimulator(options.change?.(program.ports) ?? program.ports);
  program.app.use("/simulator", simulator.router);
  const url = (path: string) => program.url(`/simulator/${path}`);

  async function call(method: string, path: string, body?: unknown) {
    const isBytes = Buffer.isBuffer(body);
    const type = isBytes ? "application/octet-stream" : "application/json";
    const response = await fetch(url(path), {
      method,
      headers: { "content-type": type },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text === "" ? "{}" : text) as Answer };
  }

  return {
    program,
    simulator,
    stateFile,
    call,
    url,
    async listen(last) {
      const leave = new AbortController();
      const stream = await fetch(url("events"), { signal: leave.signal });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      return async () => {
        let heard = "";
        while (!heard.includes(last)) heard += (await reader.read()).value ?? "";
        leave.abort();
        return [...heard.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1]!) as LiveEvent);
      };
    },
    addPerson: async (roleId, unitCode) =>
      (await call("POST", "people", { roleId, ...(unitCode === undefined ? {} : { unitCode }) })).body,
    entries: async (personId) => (await call("GET", `people/${personId}/messages`)).body.items,
    async close() {
      await simulator.close();
      await program.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
