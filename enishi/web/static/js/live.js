// Keeps an open page true. The stream says only "look again"; parts that listen to `enishi:news`
// are then fetched anew, and the counts in the header with them.
import { counts, show } from "./live-counts.js";
import { follow } from "./live-stream.js";
import "./live-keep.js";
import "./live-seen.js";

const GATHER = 150; // several events of one act make one look

let waiting;
let looking = false;
let again = false;

const look = async () => {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  const found = await counts();
  looking = false;
  if (again) {
    again = false;
    news();
  }
  // Signed out or out of reach: what stands on the page is better than nothing.
  if (!found) return;
  show(found);
  document.body.dispatchEvent(new CustomEvent("enishi:news"));
};

const news = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, GATHER);
};

follow(news);

// A page that comes back from the browser's memory shows the past.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) news();
});
