// The files chosen are listed with their sizes before they are sent.
const sizeOf = (bytes) => bytes < 1024 * 1024
  ? `${Math.max(Math.round(bytes / 1024), 1)} KB`
  : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file][data-files]")) return;
  const list = document.getElementById(target.dataset.files);
  list.replaceChildren(...[...target.files].map((file) => {
    const line = document.createElement("li");
    line.className = "doc";
    const name = document.createElement("span");
    name.className = "doc__name";
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = "doc__meta";
    size.textContent = sizeOf(file.size);
    name.append(size);
    line.append(name);
    return line;
  }));
});
