// How many characters a limited box holds, said under it.
const show = (box) => {
  let place = box.parentElement.querySelector(".field__count");
  if (!place) {
    place = document.createElement("p");
    place.className = "field__count";
    box.insertAdjacentElement("afterend", place);
  }
  const limit = Number(box.dataset.limit);
  place.textContent = `${[...box.value].length.toLocaleString()} / ${limit.toLocaleString()}`;
};

document.querySelectorAll("[data-limit]").forEach(show);
document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-limit]")) show(target);
});
