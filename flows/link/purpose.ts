/** What a person agrees to when linking; kept with the wording's version as proof. */
export const PURPOSE = "zalo-reporting";
