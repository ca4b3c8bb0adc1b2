// Looks every second whether the person has answered, and shows the page anew when they have.
const shown = document.querySelector("main").dataset.state;
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const answer = await fetch("/state").catch(() => undefined);
  if (answer?.ok && (await answer.json()).state !== shown) location.reload();
}
