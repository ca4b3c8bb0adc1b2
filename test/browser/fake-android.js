// What is native of Navigator for Android, in the page: it answers Capacitor's bridge as the plugins do (Capacitor 8, MessageHandler.java), and keeps what was asked.
{
  const text = (value) => btoa(value).replaceAll("=", "");
  const clientData = (type, challenge) => text(JSON.stringify({ type, challenge, origin: "android:apk-key-hash:x" }));
  const listeners = [];
  const calls = [];
  const plugins = {
    App: { getLaunchUrl: () => null },
    PrivacyScreen: { enable: () => ({ success: true }) },
    PushNotifications: {
      checkPermissions: () => ({ receive: "prompt" }),
      requestPermissions: () => ({ receive: "granted" }),
      register: () => {
        setTimeout(() => fire("registration", { value: "token-of-this-phone" }));
      },
      getDeliveredNotifications: () => ({
        notifications: [
          { id: 1, tag: "con_r1-waiting", title: "", data: {} },
          { id: 2, tag: "con_r1-other", title: "", data: {} },
        ],
      }),
      removeDeliveredNotifications: () => {},
      removeAllDeliveredNotifications: () => {},
    },
    PasskeyPlugin: {
      createPasskey: ({ publicKey }) => ({
        id: text("june-passkey"),
        rawId: text("june-passkey"),
        response: { clientDataJSON: clientData("webauthn.create", publicKey.challenge), attestationObject: text("a") },
      }),
      authenticate: ({ publicKey }) => ({
        id: text("june-passkey"),
        rawId: text("june-passkey"),
        type: "public-key",
        response: {
          clientDataJSON: clientData("webauthn.get", publicKey.challenge),
          authenticatorData: text("d"),
          signature: text("s"),
          userHandle: text("june"),
        },
      }),
    },
  };

  const answer = (result) => queueMicrotask(() => window.Capacitor.fromNative({ success: true, ...result }));
  const fire = (event, data) => {
    for (const { callbackId, eventName } of listeners)
      if (eventName === event) answer({ callbackId, data, save: true });
  };
  window.androidBridge = {
    postMessage(json) {
      const { callbackId, pluginId, methodName, options } = JSON.parse(json);
      if (methodName === "addListener") return listeners.push({ callbackId, eventName: options.eventName });
      if (methodName === "removeListener") return;
      calls.push({ pluginId, methodName, options });
      answer({ callbackId, pluginId, methodName, data: plugins[pluginId]?.[methodName]?.(options) });
    },
  };
  const method = (name) => ({ name, rtype: "promise" });
  window.Capacitor = {
    DEBUG: false,
    isLoggingEnabled: false,
    Plugins: {},
    PluginHeaders: Object.entries(plugins).map(([name, methods]) => ({
      name,
      methods: [{ name: "addListener" }, { name: "removeListener" }, ...Object.keys(methods).map(method)],
    })),
  };
  window.native = { calls, fire };
}
