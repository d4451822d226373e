// One stream for all tabs of a browser: the tab that holds the lock listens and tells the others.
// Where locks, channels or the stream are missing, every tab looks for itself now and then.
import { get, show } from "./live-counts.js";

const NAME = "enishi-live";
const POLL = 30_000;
const SHORTEST = 1_000;
const FRESH = 10_000; // a page this young shows what the first "refresh" would bring

const address = document.querySelector('meta[name="enishi-stream"]')?.content;
const can = address && navigator.locks && window.BroadcastChannel && window.EventSource;

const sleep = (span) => new Promise((wake) => setTimeout(wake, span * (0.75 + Math.random() / 2)));

const poll = (news) => setInterval(() => {
  if (document.visibilityState === "visible") news();
}, POLL);

// Resolves when the stream has ended: with true if it had been open.
const listen = (token, tell) => new Promise((end) => {
  let wasOpen = false;
  const source = new EventSource(`${address}?token=${encodeURIComponent(token)}`);
  source.addEventListener("open", () => { wasOpen = true; });
  source.addEventListener("news", tell);
  source.addEventListener("refresh", () => {
    if (performance.now() > FRESH) tell();
  });
  source.addEventListener("error", () => {
    source.close();
    end(wasOpen);
  });
});

const lead = async (tell) => {
  let pause = SHORTEST;
  for (;;) {
    const pass = await get("/stream-token/");
    if (pass.isSignedOut) return;
    if (pass.token && show(pass)) tell(); // something came while the page was on its way
    const wasOpen = pass.token ? await listen(pass.token, tell) : false;
    pause = wasOpen ? SHORTEST : Math.min(pause * 2, POLL);
    await sleep(pause);
    if (pause >= POLL) tell(); // no stream for long: look without it
  }
};

export const follow = (news) => {
  if (!can) {
    poll(news);
    return;
  }
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", news);
  const tell = () => {
    channel.postMessage("news");
    news();
  };
  navigator.locks.request(NAME, () => lead(tell));
};
