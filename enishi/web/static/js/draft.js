// Unsent text outlives a closed tab, a lost connection and an ended session. It is kept with the
// account, so that another device has it too; what could not be kept there stays in this browser.
import { clear, read, same, standing, write } from "./draft-boxes.js";
import { account, keep, look, throwAway } from "./draft-server.js";
import * as store from "./draft-store.js";
import { say, tell, untell } from "./draft-words.js";

const PAUSE = 1_500;
const AT_ONCE = 300;
const states = new WeakMap();
const leaving = new Map(); // what was sent from a part of the page that has gone: its draft goes too

const draftable = (form) => form?.matches?.("form[data-draft]");
const isAnswer = (form) => form.querySelector('[aria-invalid="true"], .notice--error');
const isBySelf = (form) => form.closest("[data-sending]"); // sending.js shows what did not arrive

// --- keeping ---------------------------------------------------------------------------------

const keepHere = (form) => {
  const { version } = states.get(form);
  store.put(form.dataset.draft, { boxes: read(form), seen: version });
};

const hold = (form, draft) => {
  Object.assign(states.get(form), { other: draft, isHeld: true });
  say(form, "elsewhere", draft.at);
};

const heard = (form, boxes, { draft, isElsewhere, isOut, isGone }) => {
  const state = states.get(form);
  if (isElsewhere && draft) {
    hold(form, draft);
  } else if (draft) {
    Object.assign(state, { id: draft.id, version: draft.version });
    if (same(boxes, read(form))) store.drop(form.dataset.draft);
    tell(form, "saved");
  } else {
    tell(form, isOut ? "out" : "here");
  }
  return { isGone: Boolean(isGone), isOut: Boolean(isOut) };
};

const push = async (form, isLast = false) => {
  const state = states.get(form);
  const boxes = read(form);
  if (state.isHeld) return {}; // nothing is overwritten before its writer has chosen
  if (same(boxes, standing(form)) && !isLast && !isAnswer(form)) {
    store.drop(form.dataset.draft);
    if (state.id) await throwAway(form, state.id);
    Object.assign(state, { id: 0, version: 0 });
    tell(form, "");
    return {};
  }
  return heard(form, boxes, await keep(form, state.version, boxes));
};

const flush = (form, isLast) => {
  const state = states.get(form);
  clearTimeout(state.soon);
  state.soon = 0;
  state.pushing = (state.pushing ?? Promise.resolve()).then(() => push(form, isLast));
  return state.pushing;
};

const typed = (form) => {
  const state = states.get(form);
  state.isTouched = true;
  clearTimeout(state.at);
  state.at = setTimeout(keepHere, AT_ONCE, form);
  clearTimeout(state.soon);
  state.soon = setTimeout(flush, PAUSE, form);
};

// --- coming back -----------------------------------------------------------------------------

const bring = (form, boxes, word, at) => {
  if (same(boxes, read(form))) return;
  write(form, boxes);
  say(form, word, at);
};

const compare = (form, here, draft) => {
  const state = states.get(form);
  if (draft) Object.assign(state, { id: draft.id, version: draft.version });
  if (isAnswer(form)) { // what came back is what was typed last
    keepHere(form);
    return;
  }
  if (state.isTouched) { // faster than the answer
    if (draft && !same(draft.boxes, read(form))) hold(form, draft);
    return;
  }
  const isNewest = here && (!draft || here.seen >= draft.version);
  if (isNewest) {
    bring(form, here.boxes, "restored", here.at);
    flush(form);
  } else if (draft) {
    bring(form, draft.boxes, here ? "elsewhere" : "restored", draft.at);
    if (here) state.other = here;
  }
};

const begin = async (form) => {
  if (!account || states.has(form)) return;
  states.set(form, { id: 0, version: 0 });
  const place = form.dataset.draft;
  await leaving.get(place);
  const here = store.get(place);
  if (here?.isSent && !isAnswer(form)) store.drop(place);
  const { draft } = await look(place);
  compare(form, here?.isSent ? null : here, draft);
};

const beginAll = (part) => {
  if (draftable(part)) begin(part);
  part.querySelectorAll("form[data-draft]").forEach(begin);
};

store.tidy();
beginAll(document.body);
document.addEventListener("htmx:load", ({ target }) => beginAll(target));

document.addEventListener("input", ({ target, isTrusted }) => {
  if (isTrusted && draftable(target.form) && states.has(target.form)) typed(target.form);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (states.get(form)?.soon) flush(form);
  }
});

addEventListener("online", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (store.get(form.dataset.draft) && states.has(form)) flush(form);
  }
});

// --- choosing --------------------------------------------------------------------------------

const choose = (form, state) => {
  const { id = state.id, version = state.version } = state.other ?? {};
  Object.assign(state, { id, version, isHeld: false });
};

const ACTS = {
  discard(form, state) {
    if (state.id) throwAway(form, state.id);
    store.drop(form.dataset.draft);
    Object.assign(state, { id: 0, version: 0, other: null, isHeld: false });
    clear(form);
  },
  other(form, state) {
    const mine = { boxes: read(form) };
    choose(form, state);
    write(form, state.other.boxes);
    state.other = mine; // one may look at both, and again
  },
  mine(form, state) {
    choose(form, state);
    flush(form);
  },
  again(form, state) {
    form.requestSubmit(state.submitter);
  },
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-draft-act]");
  const form = button?.closest("form");
  if (!form || !states.has(form)) return;
  const act = button.dataset.draftAct;
  if (act !== "other") untell(form);
  ACTS[act](form, states.get(form));
});

// --- sending ---------------------------------------------------------------------------------

// The text is safe before it goes on its way. Where that cannot be had, the page stays.
const send = async (form, submitter) => {
  const state = states.get(form);
  state.submitter = submitter;
  clearTimeout(state.at);
  keepHere(form);
  const { isGone, isOut } = await flush(form, true);
  state.isSending = false;
  if (isGone) {
    say(form, "unsent");
    return;
  }
  const here = store.get(form.dataset.draft);
  if (here && !isOut) store.put(form.dataset.draft, { ...here, isSent: true });
  state.isSafe = true;
  form.requestSubmit(submitter);
};

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.matches("[data-forget-drafts]")) store.dropAll();
  const state = states.get(form);
  if (!state || isBySelf(form) || state.isSafe) {
    if (state) clearTimeout(state.soon);
    return;
  }
  event.preventDefault();
  if (state.isSending) return;
  state.isSending = true;
  send(form, submitter);
});

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (states.has(form)) states.get(form).isSafe = false;
  }
});

document.addEventListener("formdata", ({ target: form, formData }) => {
  const state = states.get(form);
  if (state?.version && !state.isHeld) formData.set("draft", `${form.dataset.draft}:${state.version}`);
});

// Sent without leaving the page: nothing is left to keep, nor what was on its way to be kept.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig.elt; // the sender; the event's own target may be gone by now
  if (!detail.successful || !draftable(form) || !states.has(form)) return;
  const state = states.get(form);
  clearTimeout(state.soon);
  clearTimeout(state.at);
  store.drop(form.dataset.draft);
  const gone = (state.pushing ?? Promise.resolve())
    .then(() => (state.id && !state.isHeld ? throwAway(form, state.id) : null));
  leaving.set(form.dataset.draft, gone);
});
