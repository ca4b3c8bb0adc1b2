import type { AppContact } from "../../protocol/wallet-life.ts";
import { words } from "../messages/languages.ts";
import { host } from "../words/host.ts";

interface ContactProps {
  readonly client: string;
  readonly contact: AppContact | undefined;
}

/** Where to ask an app to delete what it holds (UX-15), as it registered it. */
export function Contact({ client, contact = {} }: ContactProps) {
  const { uri, policyUri, email } = contact;
  const links = [
    ...(uri === undefined ? [] : [[uri, words.life.contact.site(host(uri))]]),
    ...(policyUri === undefined ? [] : [[policyUri, words.life.contact.policy]]),
    ...(email === undefined ? [] : [[`mailto:${email}`, email]]),
  ] as const;
  if (links.length === 0) return <p className="under">{words.life.contact.none(client)}</p>;
  return (
    <div className="under">
      <p>{words.life.contact.ask(client)}</p>
      <ul>
        {links.map(([href, text]) => (
          <li key={href}>
            <a className="quiet break" href={href} target="_blank" rel="noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
