// Sending without leaving the page: how far the files are, and what to know when it did not work.
// The text stays in its box until the page has come back with a fresh one.
const partOf = (node) => node.closest?.("[data-sending]");
const show = (part, name, on = true) => {
  part.querySelector(`[data-${name}]`).hidden = !on;
};

const failed = ({ target }) => {
  const part = partOf(target);
  if (!part) return;
  show(part, "progress", false);
  show(part, "unsent");
};

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const part = partOf(target);
  if (part) show(part, "unsent", false);
});

document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const part = partOf(target);
  if (!part || !detail.lengthComputable || detail.total < 500_000) return;
  show(part, "progress");
  part.querySelector("progress").value = Math.round((detail.loaded / detail.total) * 100);
});

// The sign-in page, say, came back instead: it must not take the place of what was typed.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const part = partOf(detail.requestConfig.elt);
  if (!part || detail.xhr.responseText.includes(`id="${detail.target.id}"`)) return;
  detail.shouldSwap = false;
  failed({ target: part });
});

for (const fault of ["sendError", "responseError", "timeout"]) {
  document.addEventListener(`htmx:${fault}`, failed);
}
