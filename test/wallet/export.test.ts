import { expect, test } from "vitest";
import type { WalletExport } from "../../protocol/wallet-export.ts";
import { exportPage } from "../../wallet/export/page.ts";
import { consents, notice, now, sources } from "./seen-by-june.ts";

const all: WalletExport = {
  schema: "fpx-wallet-export-1",
  exchange: "https://as.example",
  exportedAt: now(),
  account: { name: "June <script>alert(1)</script>", createdAt: now() },
  passkeys: [{ name: "Her tablet", createdAt: now() }],
  devices: [],
  sources,
  consents: consents.map((consent) => ({ ...consent, shown: [{ at: now(), notice }] })),
  activity: [{ at: now(), what: "not_me", app: "Prize Wheel" }],
};

test("UX-20 the page to read says everything the file for programs does, and runs nothing", () => {
  const page = exportPage(all);
  for (const text of ["Her tablet", "Lakeside Family Clinic", "My Immunizations", "lot numbers", "Prize Wheel", "None"])
    expect(page).toContain(text);
  expect(page).not.toMatch(/<script|<img|https?:\/\/[^<]*["']|\son\w+=/);
  expect(page).toContain("June &#60;script&#62;");
});
