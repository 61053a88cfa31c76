/** What people write, send and are called never reaches the logs, at the most talkative level, also when things fail. */
import { expect, test } from "@jest/globals";
import { startProgram } from "../support/program";
import { invite, link } from "../support/story";

const CITIZEN = "7755120983364410296";
const REPORTER = "7755120983364410297";
const SAID = [
  "Trường cháu Nguyễn Thị Bích Đào",
  "0912345678",
  "bichdao@example.vn",
  "mật khẩu wifi là hoa-sen",
];

test("a whole conversation leaves ids and lengths in the log, no words", async () => {
  const program = await startProgram({ logLevel: "debug" });
  try {
    await program.follows(CITIZEN);
    for (const words of SAID) await program.says(CITIZEN, words);
    const code = await invite(program, "thpt-chu-van-an", "reporter");
    await link(program, REPORTER, code);
    await program.says(REPORTER, "khó khăn");
    for (const words of SAID) await program.says(REPORTER, words);
    program.fake.zalo.scriptNext("message", { do: "error", code: -201, message: "x" });
    await program.says(REPORTER, "báo cáo");
    await program.says(REPORTER, "xóa dữ liệu");
    await program.api("POST", "/tickets/HD-0000000/replies", { text: SAID[0] });
    const output = program.output();
    expect(output).toContain('"message":"started"');
    for (const words of [...SAID, code, "test-admin-token", program.fake.settings.appSecret])
      expect(output).not.toContain(words);
  } finally {
    await program.end();
  }
}, 300_000);
