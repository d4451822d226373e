// Screening speaks while one writes: the server's hint under the box, its words underlined in the mirror.
const PAUSE = 700;

const underline = (form, box) => {
  const mirror = form.querySelector("[data-mirror]");
  const found = [...form.querySelectorAll("[data-words]")].flatMap((hint) => JSON.parse(hint.dataset.words));
  mirror.replaceChildren();
  if (!found.length) return;
  let rest = box.value;
  while (rest) {
    const next = found.map((word) => ({ word, at: rest.indexOf(word) }))
      .filter(({ word, at }) => word && at >= 0).sort((one, other) => one.at - other.at)[0];
    if (!next) break;
    const mark = document.createElement("mark");
    mark.textContent = next.word;
    mirror.append(rest.slice(0, next.at), mark);
    rest = rest.slice(next.at + next.word.length);
  }
  mirror.append(rest);
};

const show = (form, box, html) => {
  const place = form.querySelector("[data-hint]");
  const hints = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-words]");
  place.replaceChildren(...hints);
  underline(form, box);
};

const ask = async (form, box) => {
  const asked = box.value;
  const body = new FormData();
  body.set("body", asked);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.screen, { method: "POST", body });
    if (answer.ok && box.value === asked) show(form, box, await answer.text());
  } catch { /* no connection: the server screens again when it is sent */ }
};

for (const form of document.querySelectorAll("[data-screen]")) {
  const box = form.querySelector("textarea");
  underline(form, box);
}

let waiting;
document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-screen]");
  if (!form || !target.matches("textarea")) return;
  underline(form, target);
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE, form, target);
});

document.addEventListener("click", ({ target }) => {
  const hint = target.closest?.("[data-replace]")?.closest(".hint");
  if (!hint) return;
  const box = hint.closest("form").querySelector("textarea");
  const better = hint.querySelector(".hint__words").textContent;
  const [word] = JSON.parse(hint.dataset.words);
  // the whole sentence around the words is what the better one stands for
  const sentence = box.value.split(/(?<=[。！？!?\n]|\.\s)/).find((one) => one.includes(word)) ?? word;
  box.value = box.value.replace(sentence, () => better);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
