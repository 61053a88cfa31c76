/** The rules of this house that a machine can check: who may import whom, how long a file may be, where words live. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..", "..");

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter(
      (file) => !file.includes("node_modules") && ending.test(file) && statSync(join(ROOT, file)).isFile(),
    );
}

const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const roomOf = (file: string): string => {
  const [top = "", room = ""] = file.split(sep);
  return top === "src" ? (room.endsWith(".ts") ? room : room) : top;
};

/** room → rooms whose values it may import; types of `conversation` and `reporting` may also be imported by flows. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  store: ["core"],
  settings: ["core"],
  conversation: ["core"],
  flows: ["core", "conversation"],
  people: ["core", "store"],
  reporting: ["core", "store"],
  knowledge: ["core", "store"],
  messaging: ["core", "store", "conversation"],
  zalo: ["core", "store", "conversation", "messaging"],
  web: ["core"],
  simulator: ["core", "zalo"],
};
const KNOWS_EVERYTHING = new Set(["app", "main.ts", "tools"]);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found = textOf(file).matchAll(/^(import|export)\s+(type\s+)?[^"']*?from\s+["'](\.[^"']+)["']/gms);
  return [...found].map((match) => ({
    from: file,
    to: relative(ROOT, join(ROOT, file, "..", match[3] ?? "")),
    typeOnly: match[2] !== undefined,
  }));
}

const sources = [...filesBelow("src", /\.ts$/), ...filesBelow("flows", /\.ts$/)];

describe("rooms", () => {
  test("import only what they may", () => {
    const wrong = sources.flatMap(importsOf).filter(({ from, to, typeOnly }) => {
      const here = roomOf(from);
      const there = roomOf(to);
      if (here === there || KNOWS_EVERYTHING.has(here)) return false;
      if (here === "flows" && typeOnly) return false;
      return MAY_IMPORT[here]?.includes(there) !== true;
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test("are all known to this test", () => {
    const rooms = readdirSync(join(ROOT, "src"));
    expect(rooms.filter((room) => !(room in MAY_IMPORT) && !KNOWS_EVERYTHING.has(room))).toEqual([]);
  });

  test("only the platform's own rooms say its words", () => {
    const foreign = sources.filter(
      (file) => !/^src.(zalo|simulator)/.test(file) && /user_send_|oa_send_|oa\.query\./.test(textOf(file)),
    );
    expect(foreign).toEqual([]);
  });
});

describe("files", () => {
  const MAX_LINES = 400;
  const MAX_TEST_LINES = 500;

  test.each([
    ["src", MAX_LINES],
    ["flows", MAX_LINES],
    ["test", MAX_TEST_LINES],
  ])("in %s stay short", (folder, maxLines) => {
    const long = filesBelow(folder, /\.(ts|js|css)$/).filter(
      (file) => textOf(file).split("\n").length > maxLines,
    );
    expect(long).toEqual([]);
  });

  test("are named for what they hold, in kebab-case", () => {
    const odd = sources.filter(
      (file) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.vi)?\.ts$/.test(file.split(sep).at(-1) ?? "") ||
        /utils|helpers/.test(file),
    );
    expect(odd).toEqual([]);
  });

  test("let no pretend platform take an undocumented request unnoticed", () => {
    const starts = (file: string, what: RegExp) => Array.from(textOf(file).matchAll(what)).length;
    const unwatched = filesBelow("test", /\.ts$/).filter(
      (file) =>
        !/^test.bench/.test(file) &&
        starts(file, /new PretendZalo\(/g) !== starts(file, /watch\(new PretendZalo\(/g),
    );
    expect(unwatched).toEqual([]);
  });

  test("leave nothing to do", () => {
    expect(sources.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(textOf(file)))).toEqual([]);
  });

  test("hold Vietnamese in wording files and data, flows themselves none", () => {
    const spoken = filesBelow("flows", /flow\.ts$/).filter((file) =>
      /["'`][^"'`\n]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i.test(
        textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""),
      ),
    );
    expect(spoken).toEqual([]);
  });
});

describe("campaigns", () => {
  test("are known by name to the default of one setting alone", () => {
    const names = readdirSync(join(ROOT, "config", "campaigns"));
    const naming = sources.filter((file) => names.some((name) => textOf(file).includes(name)));
    expect(names.length).toBeGreaterThan(1);
    expect(naming).toEqual([join("src", "settings", "schema.ts")]);
  });
});

describe("documents", () => {
  test("name only paths that exist", () => {
    const paths = [...textOf("README.md").matchAll(/`((?:src|flows|config|test|docs|\.ci)\/[\w./-]*)`/g)].map(
      (match) => match[1] ?? "",
    );
    const missing = paths.filter((path) => {
      try {
        statSync(join(ROOT, path));
        return false;
      } catch {
        return true;
      }
    });
    expect(missing).toEqual([]);
  });

  test("list every dependency with its reason", () => {
    const { dependencies } = JSON.parse(textOf("package.json")) as { dependencies: Record<string, string> };
    const readme = textOf("README.md");
    expect(Object.keys(dependencies).filter((name) => !readme.includes(`| \`${name}\``))).toEqual([]);
  });
});
