import { type ReactNode, useEffect, useRef } from "react";
import logo from "../../brand/logo.svg";
import { words } from "../messages/languages.ts";
import { Icon } from "./icon.tsx";

interface ScreenProps {
  readonly appName: string;
  readonly title: string;
  /** Where the way back leads; none on a first screen, which shows whose app this is. */
  readonly back?: string;
  readonly backWords?: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** One screen: a way back, one heading, one column. A new heading takes the focus, so that arriving is heard. */
export function Screen({ appName, title, back, backWords = words.app.back, beside, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.app.title(title, appName);
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [title, appName]);
  return (
    <>
      {back === undefined ? (
        <header className="top sign">
          <img src={logo} alt="" width="28" height="28" />
          {appName}
        </header>
      ) : (
        <header className="top">
          <a className="back" href={back}>
            <Icon name="back" />
            {backWords}
          </a>
        </header>
      )}
      <main>
        <div className="row heading">
          <h1 ref={heading} tabIndex={-1} className="grow">
            {title}
          </h1>
          {beside}
        </div>
        {children}
      </main>
    </>
  );
}
