/** The figures and words of one report, by field id. */
import { z } from "zod";

export const valuesSchema = z.record(z.string(), z.union([z.number(), z.string()]));
export type Values = Readonly<Record<string, number | string>>;

export const marksSchema = z.array(z.string());
