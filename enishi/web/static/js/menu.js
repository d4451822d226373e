// Sheets that open over the page close on Escape, on a press elsewhere, and when another opens.
const SHEETS = "[data-menu], .composer__templates, .confirm";
const open = () => [...document.querySelectorAll(SHEETS)].filter((one) => one.open);

document.addEventListener("click", ({ target }) => {
  for (const one of open()) if (!one.contains(target)) one.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const one of open()) {
    one.open = false;
    one.querySelector("summary").focus();
  }
});

// Filters are open in the page; on a phone they would push the list away.
if (matchMedia("(max-width: 959.98px)").matches) {
  for (const one of document.querySelectorAll("[data-wide-open]")) one.open = false;
}
