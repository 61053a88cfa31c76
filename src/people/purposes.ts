/** Agreements that stand beside the one to link: each for a purpose of its own. */
export const PHONE_PURPOSE = "phone-reminders";
