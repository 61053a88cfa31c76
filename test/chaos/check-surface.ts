/** What the program shows, against what people were told. */
import type { Replica, Replicas } from "../support/replicas";
import { LINE, PERIOD } from "../support/story";
import { digestsAnswer, reportAnswer } from "../support/story-answers";
import type { Figures } from "./people";

/** Reports against the figures of those who were told that theirs had come; the digest against their sum. */
export async function checkReports(replica: Replica, sent: ReadonlyMap<string, Figures>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [unitCode, figures] of sent) {
    const stored = await replica.read(`/reports/${LINE}/${PERIOD}/${unitCode}`, reportAnswer);
    if (stored.version !== 1) wrong.push(`${unitCode}: version ${stored.version}`);
    for (const [id, value] of Object.entries(figures))
      if (stored.values[id] !== value)
        wrong.push(`${unitCode}: ${id} is ${String(stored.values[id])}, said ${String(value)}`);
  }
  const digests = await replica.read(`/digests?line=${LINE}&period=${PERIOD}`, digestsAnswer);
  if (digests.length !== 1) wrong.push(`${digests.length} digests`);
  const total = [...sent.values()].reduce((sum, { tin_bai }) => sum + tin_bai, 0);
  if (digests[0]?.counts.received !== sent.size || (digests[0].totals["tin_bai"] ?? 0) !== total)
    wrong.push(
      `digest: ${JSON.stringify(digests[0]?.counts)} ${JSON.stringify(digests[0]?.totals)}, counted ${sent.size} and ${total}`,
    );
  return wrong;
}

/** What was said of the program's own accord and reached the same person twice. */
export function wavesTwice(replicas: Replicas, users: readonly string[]): string[] {
  const waves = [
    ...users.flatMap((user) =>
      replicas.phones
        .heard(user)
        .filter(({ text }) => /^(Nhắc|📌|.*TH-)/.test(text))
        .map(({ text }) => `${user} ${text}`),
    ),
    ...replicas.fake.zalo.elsewhere.phonePosts.map(({ phone, trackingId }) => `${phone} ${trackingId}`),
  ];
  return waves.filter((wave, i) => waves.indexOf(wave) !== i).map((wave) => `twice: ${wave}`);
}
