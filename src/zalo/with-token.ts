/** One call with the account's token: a token that the platform no longer takes is renewed once, the call repeated once. */
import type { Reply } from "./client";
import { knownError } from "./error-table";
import type { Tokens } from "./tokens";

/** The reply to `call`, or to its one repetition. Throws only when there is no token to call with. */
export async function withToken<T>(
  tokens: Tokens,
  call: (accessToken: string) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const token = await tokens.accessToken();
  const reply = await call(token);
  if (reply.kind !== "refused" || knownError(reply.family, reply.code).kind !== "token") return reply;
  return call(await tokens.renew(token));
}
