// The total of a form while it is filled in: the sum of amounts, or unit price × quantity.
const numberOf = (box) => {
  const plain = box.value.normalize("NFKC").replace(/[,円¥\s]/g, "");
  return plain ? Number(plain) : 0;
};
const lineOf = (line) => {
  const price = line.querySelector("[data-price]");
  const quantity = line.querySelector("[data-quantity]");
  if (!price) return 0;
  // each line is rounded down to the yen, as the server does
  return Math.floor(numberOf(price) * (quantity ? numberOf(quantity) : 1) + 1e-9);
};

const draw = (box) => {
  const lines = box.querySelectorAll("[data-line]");
  const total = lines.length ? [...lines].reduce((sum, line) => sum + lineOf(line), 0) : lineOf(box);
  for (const place of box.querySelectorAll("[data-total]")) {
    const figures = Number.isFinite(total) ? total.toLocaleString("ja-JP") : "—";
    place.textContent = document.documentElement.lang === "ja" ? `${figures}円` : `¥${figures}`;
  }
};

document.querySelectorAll("[data-sum]").forEach(draw);
document.addEventListener("input", ({ target }) => {
  const box = target.closest?.("[data-sum]");
  if (box) draw(box);
});
