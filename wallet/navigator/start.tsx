import { createRoot } from "react-dom/client";
import { App } from "../app/app.tsx";
import { locale, words } from "../messages/languages.ts";
import { navigatorSurface } from "./surface.ts";

document.documentElement.lang = locale;
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<App surface={navigatorSurface(words.app.navigator)} />);
