// What a form says about its draft: a line beside its button, and a notice at its head. The words
// stand in the page (templates/_drafts.html), in the reader's language.
const words = document.getElementById("draft-words");

export const tell = (form, word) => {
  for (const place of form.querySelectorAll("[data-draft-state]")) place.textContent = words?.dataset[word] ?? "";
};

export const untell = (form) => {
  form.querySelector("[data-draft-notice]")?.remove();
};

export const say = (form, word, at = "") => {
  untell(form);
  const notice = document.createElement("div");
  notice.dataset.draftNotice = word;
  notice.append(document.getElementById(`draft-${word}`).content.cloneNode(true));
  const time = notice.querySelector("[data-draft-time]");
  if (time) time.textContent = at;
  const files = notice.querySelector("[data-draft-files]");
  if (files) files.hidden = !form.querySelector("input[type=file]");
  form.prepend(notice);
  if (word === "unsent") notice.querySelector("button").focus();
};
