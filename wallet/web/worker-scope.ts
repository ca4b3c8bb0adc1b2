/** As much of a service worker's global scope as ours uses: TypeScript knows a page's or a worker's, not both. */
export interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { readonly type: "window"; readonly includeUncontrolled: true }): Promise<readonly Window[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
}

interface Window {
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<Window>;
  /** Rejects for a window that another worker, or none, controls. */
  navigate(url: string): Promise<unknown>;
}

interface Extendable {
  waitUntil(until: Promise<unknown>): void;
}

interface Events {
  readonly install: Extendable;
  readonly activate: Extendable;
  readonly push: Extendable & { readonly data: { text(): string } | null };
  readonly notificationclick: Extendable & { readonly notification: Notification };
  readonly pushsubscriptionchange: Extendable;
}
