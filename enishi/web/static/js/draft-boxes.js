// What stands in the boxes of a form, as {name: [values]}, and putting it back. Never what is
// hidden, secret, or a file.
const LEFT_OUT = ["hidden", "password", "file", "submit", "reset", "button", "image"];
const isTick = (box) => box.type === "checkbox" || box.type === "radio";

const boxesOf = (form) => [...form.elements].filter((box) =>
  box.matches("input, select, textarea") && box.name && !box.disabled && !LEFT_OUT.includes(box.type));

const gather = (form, valuesOf) => {
  const found = {};
  for (const box of boxesOf(form)) {
    const values = valuesOf(box);
    if (values.length) found[box.name] = [...(found[box.name] ?? []), ...values];
  }
  return found;
};

export const read = (form) => gather(form, (box) => {
  if (isTick(box)) return box.checked ? [box.value] : [];
  return box.multiple ? [...box.selectedOptions].map(({ value }) => value) : [box.value];
});

// What the page came with.
export const standing = (form) => gather(form, (box) => {
  if (isTick(box)) return box.defaultChecked ? [box.value] : [];
  if (box.tagName !== "SELECT") return [box.defaultValue];
  const chosen = [...box.options].filter((one) => one.defaultSelected);
  return (chosen.length || box.multiple ? chosen : [...box.options].slice(0, 1)).map(({ value }) => value);
});

const flat = (boxes) => JSON.stringify(Object.entries(boxes)
  .filter(([, values]) => values.some(Boolean)).sort(([one], [other]) => (one < other ? -1 : 1)))
  .replaceAll("\\r\\n", "\\n");
export const same = (some, others) => flat(some) === flat(others);

const put = (box, values) => {
  if (isTick(box)) box.checked = values.includes(box.value);
  else if (box.multiple) [...box.options].forEach((one) => { one.selected = values.includes(one.value); });
  else box.value = values[0] ?? "";
};

const redraw = (form) => {
  for (const box of boxesOf(form)) {
    box.dispatchEvent(new Event(isTick(box) || box.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
    const row = box.closest("[data-row][hidden]");
    if (row && box.value && box.value !== box.dataset.empty) row.hidden = false;
  }
};

export const write = (form, boxes) => {
  const seen = {};
  for (const box of boxesOf(form)) {
    const values = boxes[box.name] ?? [];
    const place = seen[box.name] ?? 0;
    seen[box.name] = place + 1;
    put(box, isTick(box) || box.multiple ? values : values.slice(place));
  }
  redraw(form);
};

export const clear = (form) => {
  form.reset();
  redraw(form);
};
