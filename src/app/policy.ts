/** The rules of sending, from the campaign and from what the account has approved. */
import type { TemplateName } from "../conversation/message";
import type { SendingPolicy } from "../messaging/may-send";
import type { Campaign } from "../reporting/campaign";
import type { Settings } from "../settings/settings";

/** Whether a number given for reminders would ever be used. */
export const usesPhones = ({ byPhone, templates, limits }: SendingPolicy): boolean =>
  byPhone && limits.templates > 0 && templates.has("reminder");

export function policyOf(campaign: Campaign, templates: Settings["templates"]): SendingPolicy {
  const approved = (["reminder", "digest"] as const).filter((name) => templates[name] !== undefined);
  return {
    quietFrom: campaign.quietHours.from,
    quietTo: campaign.quietHours.to,
    maxWavesPerDay: campaign.maxWavesPerDay,
    limits: {
      replies: campaign.paidMessages.repliesPerMonth,
      templates: campaign.paidMessages.templatesPerMonth,
    },
    byPhone: campaign.paidMessages.byPhone,
    templates: new Set<TemplateName>(approved),
  };
}
