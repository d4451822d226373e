// A second press while the answer is on its way is no second act. The server refuses or repeats
// nothing either; but its answer to the second would hide that the first went well.
const PATIENCE = 4_000; // then it may be pressed again: the answer may be lost
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  const now = performance.now();
  if (now - sent.get(form) < PATIENCE) event.preventDefault();
  else sent.set(form, now);
});

addEventListener("pageshow", ({ persisted }) => {
  if (persisted) sent = new WeakMap();
});
