// Drafts that only this browser has: written while there is no connection or no session. Each names
// its account; another account on this device never sees them, and signing out drops them all.
import { account } from "./draft-server.js";

const PREFIX = "draft:";
const DAYS = 30;
const keyOf = (place) => `${PREFIX}${account}:${place}`;

const keys = () => {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
};
const remove = (key) => {
  try { localStorage.removeItem(key); } catch { /* forbidden */ }
};
const parsed = (key) => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};

export const get = (place) => {
  const found = account ? parsed(keyOf(place)) : null;
  return found?.boxes ? { ...found, at: clock(found.written) } : null;
};

export const put = (place, draft) => {
  const kept = JSON.stringify({ ...draft, written: draft.written ?? Date.now() });
  try { localStorage.setItem(keyOf(place), kept); } catch { /* full or forbidden */ }
};

export const drop = (place) => remove(keyOf(place));
export const dropAll = () => keys().forEach(remove);

export const tidy = () => {
  const oldest = Date.now() - DAYS * 86_400_000;
  for (const key of keys()) if (!(parsed(key)?.written > oldest)) remove(key);
};

const clock = (written) => new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Asia/Tokyo", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
}).format(written);
