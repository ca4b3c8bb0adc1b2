import { createRoot } from "react-dom/client";
import { App } from "../app/app.tsx";
import { locale, words } from "../messages/languages.ts";
import { nativeShell } from "./native-shell.ts";
import { hashOfOpening } from "./opening.ts";
import { navigatorSurface } from "./surface.ts";

const surface = navigatorSurface(words.app.navigator);
nativeShell()?.opened?.((opening) => {
  void surface.walletOrigin().then((origin) => {
    const hash = hashOfOpening(opening, origin);
    if (hash !== undefined) location.hash = hash;
  });
});

document.documentElement.lang = locale;
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<App surface={surface} />);
