// Unsent text stays in this browser: through a closed tab, a lost connection, an expired session.
const account = document.querySelector('meta[name="enishi-account"]')?.content ?? "";
const words = JSON.parse(document.querySelector('meta[name="enishi-words"]')?.content ?? "{}");
const PREFIX = "draft:";
const keyOf = (form) => `${PREFIX}${account}:${form.dataset.draft}`;
const kept = (form) => [...form.elements].filter((box) =>
  box.name && box.name !== "csrfmiddlewaretoken" && !box.disabled
  && !["hidden", "password", "file", "submit", "button", "radio", "checkbox"].includes(box.type));

const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
};

const tell = (form, word) => {
  for (const place of form.querySelectorAll("[data-draft-state]")) place.textContent = words[word] ?? "";
};

const save = (form) => {
  const values = Object.fromEntries(kept(form).map((box) => [box.name, box.value]));
  store.set(keyOf(form), { values });
  tell(form, "saved");
};

const restore = (form) => {
  const draft = store.get(keyOf(form));
  if (!draft) return;
  let changed = false;
  for (const box of kept(form)) {
    const value = draft.values[box.name];
    if (!value || box.value || box.value === value) continue;
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    changed = true;
  }
  if (changed) tell(form, "restored");
};

// What was sent is dropped once a signed-in page has come back without asking for it again.
const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
if (account && arrived && !document.querySelector("[data-draft] [aria-invalid], .notice--error")) {
  for (const key of store.keys()) if (store.get(key)?.sent) store.drop(key);
}
document.querySelectorAll("form[data-draft]").forEach(restore);

let waiting;
document.addEventListener("input", ({ target, isTrusted }) => {
  const form = target.form?.matches("[data-draft]") ? target.form : null;
  if (!form || !isTrusted) return;
  clearTimeout(waiting);
  waiting = setTimeout(save, 600, form);
});

document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-forget-drafts]")) store.keys().forEach(store.drop);
  if (!target.matches("[data-draft]")) return;
  clearTimeout(waiting);
  save(target);
  store.set(keyOf(target), { ...store.get(keyOf(target)), sent: true });
});

// Sent without leaving the page: what came back has an empty box, so nothing is left to keep.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig.elt; // the sender; the event's own target may be gone by now
  if (detail.successful && form.matches("form[data-draft]")) store.drop(keyOf(form));
});
