// Rows of a form (milestones, questions, pictures): spare rows fold away; one can be added or taken out.
const rowsOf = (box) => [...box.querySelectorAll("[data-row]")];
const filled = (row) => row.matches("[data-filled]") || [...row.querySelectorAll("input, textarea, select")]
  .some((one) => one.value && one.value !== one.dataset.empty && one.type !== "hidden");

const draw = (box) => {
  const shown = rowsOf(box).filter((row) => !row.hidden);
  box.querySelector("[data-add-row]").hidden = shown.length === rowsOf(box).length;
  for (const row of shown) row.querySelector("[data-drop-row]").hidden = shown.length === 1;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const box of document.querySelectorAll("[data-rows]")) {
  rowsOf(box).forEach((row, place) => { row.hidden = place > 0 && !filled(row); });
  draw(box);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-add-row], [data-drop-row]");
  const box = button?.closest("[data-rows]");
  if (!box) return;
  if (button.matches("[data-add-row]")) {
    const row = rowsOf(box).find((one) => one.hidden);
    row.hidden = false;
    row.querySelector("input, textarea, select").focus();
  } else {
    const row = button.closest("[data-row]");
    for (const one of row.querySelectorAll("input, textarea, select")) one.value = "";
    row.removeAttribute("data-filled");
    row.querySelector("[data-thumb]")?.remove(); // a picture that was kept
    row.hidden = true;
    // rows keep their order: an emptied one goes to the end
    row.parentElement.insertBefore(row, box.querySelector("[data-rows-end]"));
    box.querySelector("[data-add-row]").focus();
  }
  draw(box);
});
