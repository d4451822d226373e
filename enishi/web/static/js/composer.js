// The message box: put a template in, grow with the text, send with Ctrl+Enter.
const grow = (box) => {
  if (CSS.supports("field-sizing", "content")) return;
  box.rows = Math.min(Math.max(box.value.split("\n").length + 1, 4), 16);
};

export const write = (box, text) => {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};

const prepare = (part) => part.querySelectorAll("[data-autosize]").forEach(grow);

prepare(document);
document.addEventListener("htmx:load", ({ target }) => prepare(target));

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-insert]");
  if (!button) return;
  const box = document.getElementById(button.dataset.for);
  const before = box.value.trim() ? `${box.value.trimEnd()}\n\n` : "";
  write(box, before + button.dataset.insert);
  button.closest(".composer__templates").open = false;
});

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-autosize]")) grow(target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("[data-composer]");
  if (form?.reportValidity()) form.requestSubmit();
});
