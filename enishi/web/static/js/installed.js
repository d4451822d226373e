// The service worker keeps one page for when there is no connection, and receives pushes.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => { /* private window: do without */ });
}
