/** Who can be played at the simulator, and its story: data of the campaign, in `simulator.yaml` of its folder. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { broken, messageOf } from "../core/errors";

const words = z.string().trim().min(1);

const roleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    label: words,
    /** Absent for people who belong to no unit. */
    linksAs: z.enum(["reporter", "staff"]).optional(),
    /** The unit itself, where there is no choice. */
    unit: words.optional(),
    /** Where the unit is chosen: only among the units below this one. */
    within: words.optional(),
    hint: words.optional(),
    /** Messages offered as one-tap suggestions above the input. */
    suggestions: z.array(words).max(4).default([]),
  })
  .refine((role) => role.linksAs !== undefined || (role.unit === undefined && role.within === undefined), {
    message: "a role without linksAs has no unit",
  });
export type ShowRole = z.infer<typeof roleSchema>;

const actorSchema = z.strictObject({ role: words, name: words, unit: words });

const storySchema = z.strictObject({
  /** The line whose deadline the story runs up to. */
  line: words,
  citizen: z.strictObject({ role: words, name: words, question: words }),
  staff: actorSchema,
  /** Reports every figure, and corrects one of them after the digest. */
  thorough: actorSchema.extend({ figures: words, amendedField: words, amendedValue: words }),
  /** Answers the reminder with nothing to report. */
  quiet: actorSchema,
  /** Lets the deadline pass and reports late. */
  silent: actorSchema.extend({ figures: words }),
});
export type StoryCast = z.infer<typeof storySchema>;

const showSchema = z
  .strictObject({ roles: z.array(roleSchema).min(1), story: storySchema })
  .superRefine(({ roles, story }, context) => {
    const known = new Set(roles.map(({ id }) => id));
    for (const [part, actor] of Object.entries(story)) {
      if (typeof actor === "string" || known.has(actor.role)) continue;
      context.addIssue({ code: "custom", path: ["story", part, "role"], message: `no role ${actor.role}` });
    }
  });
export type Show = z.infer<typeof showSchema>;

/** Reads and checks the file; every problem in one error. */
export async function readShow(file: string): Promise<Show> {
  const content = await readFile(file, "utf8").then(parseYaml(file));
  const read = showSchema.safeParse(content);
  if (!read.success) throw broken("show-invalid", `${file}:\n${z.prettifyError(read.error)}`);
  return read.data;
}

const parseYaml =
  (file: string) =>
  (text: string): unknown => {
    try {
      return parse(text);
    } catch (error) {
      throw broken("show-invalid", `${file}: ${messageOf(error)}`);
    }
  };
