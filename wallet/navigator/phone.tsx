import { createRoot } from "react-dom/client";
import { locale } from "../messages/languages.ts";
import { deviceToken } from "../phone/device-token.ts";
import { Phone } from "../phone/phone.tsx";

const token = deviceToken(localStorage);
window.navigatorShell = { device: async () => ({ platform: "FCM", token }) };

document.documentElement.lang = locale;
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<Phone token={token} />);
