/** Where the difficulties of a person's units go: to whoever receives their reports. */
import type { View } from "../../src/conversation/flow";

export interface Route {
  readonly unit: string;
  readonly unitCode: string | null;
  readonly line: string | null;
  readonly receiver: string;
}

/** One for each unit and line; between two periods, when no report is open, the campaign's office. */
export function routesOf({ context }: View): Route[] {
  const routes = new Map<string, Route>();
  for (const { unitName, unitCode, line, receiverName } of context.reports) {
    routes.set(`${unitCode} ${line}`, { unit: unitName, unitCode, line, receiver: receiverName });
  }
  for (const { unitCode, unitName } of routes.size > 0 ? [] : context.person.memberships) {
    routes.set(unitCode, { unit: unitName, unitCode, line: null, receiver: context.campaign.office });
  }
  return [...routes.values()];
}
