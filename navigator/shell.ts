import { App } from "@capacitor/app";
import { Capacitor } from "@capacitor/core";
import { PrivacyScreen } from "@capacitor/privacy-screen";
import { PushNotifications } from "@capacitor/push-notifications";
import { PasskeyPlugin } from "capacitor-passkey-plugin";
import type { NativeShell } from "../wallet/navigator/native-shell.ts";
import { type NativeCredential, webauthnOver } from "../wallet/navigator/native-webauthn.ts";
import { pushIn } from "../wallet/navigator/opening.ts";

/** What stands around Navigator in an app, before its page runs: the system's passkeys, pushes, links and privacy. `npm run navigator` bundles it. */

/** Put in by navigator/www.ts. */
declare const WALLET_ORIGIN: string;

const { credentials, PublicKeyCredential } = webauthnOver(
  {
    create: async (publicKey) =>
      (await PasskeyPlugin.createPasskey({ publicKey: publicKey as never })) as unknown as NativeCredential,
    get: async (publicKey) =>
      (await PasskeyPlugin.authenticate({ publicKey: publicKey as never })) as unknown as NativeCredential,
  },
  new URL(WALLET_ORIGIN).hostname,
);
Object.defineProperty(navigator, "credentials", { value: credentials });
Object.defineProperty(globalThis, "PublicKeyCredential", { value: PublicKeyCredential });

// No screen of Navigator is for the list of recent apps, for a recording or for another display: each says who sees what.
void PrivacyScreen.enable({ android: { privacyModeOnActivityHidden: "splash" }, ios: { blurEffect: "dark" } });

// UX-60: what was answered elsewhere is taken away; who opens the app sees everything there.
void PushNotifications.addListener("pushNotificationReceived", async ({ data }) => {
  const push = pushIn(data);
  if (push?.t !== "c") return;
  const { notifications } = await PushNotifications.getDeliveredNotifications();
  const over = notifications.filter(({ tag, data: shown }) => tag === push.id || pushIn(shown)?.id === push.id);
  await PushNotifications.removeDeliveredNotifications({ notifications: over });
});
const seen = () => void PushNotifications.removeAllDeliveredNotifications();
void App.addListener("resume", seen);
seen();

const shell: NativeShell = {
  /** UX-55: asks for the token at every start; the person is asked once. */
  async device() {
    const asked = await PushNotifications.checkPermissions();
    const { receive } = asked.receive.startsWith("prompt") ? await PushNotifications.requestPermissions() : asked;
    if (receive !== "granted") return undefined;
    const token = await new Promise<string>((resolve, reject) => {
      void PushNotifications.addListener("registration", ({ value }) => resolve(value));
      void PushNotifications.addListener("registrationError", ({ error }) => reject(new Error(error)));
      void PushNotifications.register();
    });
    return { platform: Capacitor.getPlatform() === "ios" ? "APNS" : "FCM", token };
  },
  opened(heard) {
    void App.getLaunchUrl().then((launched) => launched && heard({ link: launched.url }));
    void App.addListener("appUrlOpen", ({ url }) => heard({ link: url }));
    void PushNotifications.addListener("pushNotificationActionPerformed", ({ notification }) =>
      heard({ push: notification.data }),
    );
  },
};
window.navigatorShell = shell;
