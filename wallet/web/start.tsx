import { createRoot } from "react-dom/client";
import { callTo } from "../api/call.ts";
import { App } from "../app/app.tsx";
import type { Surface } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { deviceWords } from "../words/this-device.ts";
import { ringAgain, ringing } from "./ringing.ts";

/** The Wallet: its own origin's `/wallet/…`, the session a cookie that scripts never see. */
const surface: Surface = {
  name: words.app.wallet,
  call: callTo("", async () => ({})),
  described: deviceWords(navigator.userAgent),
  walletOrigin: async () => location.origin,
  began: async () => undefined,
  here: ringAgain,
  ended: async () => void (await ringing.stop()),
  ringing,
};

document.documentElement.lang = locale;
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<App surface={surface} />);
