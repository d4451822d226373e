// Notices that came with the page can be put away; a form that came back says so first.
document.addEventListener("click", ({ target }) => {
  target.closest?.("[data-dismiss]")?.closest("[data-flash]")?.remove();
});

document.querySelector("[data-focus]")?.focus();
