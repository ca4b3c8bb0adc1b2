/** Takes away the notifications that only say that something is over. */
export async function sweep(registration: Pick<ServiceWorkerRegistration, "getNotifications">): Promise<void> {
  for (const notification of await registration.getNotifications())
    if (notification.data?.t === "c") notification.close();
}
