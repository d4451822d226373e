// What a person is doing in a part of the page outlives its renewal: a part in which something was
// typed or chosen is left as it is until it is sent; what was opened stays open.
const isNews = ({ detail }) => detail.requestConfig?.triggeringEvent?.type === "enishi:news";

const wasTouched = (box) => {
  if (box.type === "hidden") return false;
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  if (box.tagName === "SELECT") return [...box.options].some((one) => one.selected !== one.defaultSelected);
  return box.value !== box.defaultValue;
};

const isInUse = (part) => {
  const boxes = [...part.querySelectorAll("input, textarea, select")];
  return boxes.some((box) => wasTouched(box) || (box === document.activeElement && box.type !== "hidden"));
};

const nameOf = (details) => details.id || details.querySelector("summary")?.textContent.trim();
let open = new Set();

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isNews(event) && isInUse(event.detail.elt)) event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isNews(event)) return;
  const { elt, xhr } = event.detail;
  // Begun while the answer was on its way; or the answer is another page, such as the sign-in.
  if (isInUse(elt) || !xhr.responseText.includes(`id="${elt.id}"`)) {
    event.detail.shouldSwap = false;
    return;
  }
  open = new Set([...elt.querySelectorAll("details[open]")].map(nameOf));
});

document.addEventListener("htmx:load", ({ target }) => {
  for (const details of target.querySelectorAll("details")) {
    if (open.has(nameOf(details))) details.open = true;
  }
});
