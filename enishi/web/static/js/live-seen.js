// Marks a list as read once its end has been in sight: a form with `data-seen` is sent then.
import { counts, show } from "./live-counts.js";

const send = async (form) => {
  try {
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  } catch {
    return; // still unread, and so it stays
  }
  const found = await counts();
  if (found) show(found);
};

const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    send(target);
  }
});

const watch = (part) => {
  if (part.matches?.("form[data-seen]")) sight.observe(part);
  part.querySelectorAll("form[data-seen]").forEach((form) => sight.observe(form));
};

watch(document.body);
document.addEventListener("htmx:load", ({ target }) => watch(target));
