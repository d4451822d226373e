// Runs before everything else in each page of the proof of stored script: remembers what the browser
// refused, and tells what on the page comes from people and is more than words.
(() => {
  const refused = [];
  const heard = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
    refused.push(`${effectiveDirective} refused ${blockedURI} ${sample}`);
  });

  // A line break in someone's words must not become an event of the stream.
  const Source = window.EventSource;
  window.EventSource = class extends Source {
    constructor(...more) {
      super(...more);
      for (const name of ["message", "news", "logout"]) {
        this.addEventListener(name, () => heard.push(name));
      }
    }
  };

  const print = (one) => {
    const said = [...one.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ");
    const inside = ["script", "style"].includes(one.localName) ? one.textContent : "";
    return said || inside ? `${one.localName} ${said} ${inside}` : "";
  };

  // The elements that these words would be, were they read as a page.
  const prints = (scripts) => scripts.flatMap((words) => {
    const page = new DOMParser().parseFromString(words, "text/html");
    return [...page.querySelectorAll("*")].map(print).filter(Boolean);
  });

  const WITH_ADDRESS = new Set([
    "href", "src", "action", "formaction", "data", "xlink:href", "ping", "poster", "background", "srcset",
  ]);
  const NEVER = "base, iframe, frame, object, embed, math, marquee, animate, foreignObject, [srcdoc], "
    + "meta[http-equiv], [name=htmx], [id=htmx], [name=config], [id=config], [id=document], [name=cookie]";

  const ofAttribute = ({ name, value }, mark, { hosts, ours }) => {
    if (/^on/i.test(name)) return "runs by itself";
    if (/^(data-)?hx-/i.test(name)) {
      return !ours.includes(name) || value.includes(mark) || /alert\(|evil\.example/.test(value)
        ? "is an act of htmx" : "";
    }
    if (!WITH_ADDRESS.has(name)) return "";
    const { protocol, host } = new URL(value, location.href);
    if (protocol === "mailto:" || value.startsWith("data:image/")) return ""; // neither runs
    return ["http:", "https:"].includes(protocol) && hosts.includes(host) ? "" : "leads away";
  };

  // `known`: hosts that we may lead to, our attributes of htmx, what hostile words would be.
  const faults = (known) => {
    const hostile = new Set(known.prints);
    const found = [...document.querySelectorAll("*")].flatMap((one) => [
      hostile.has(print(one)) ? `${one.outerHTML.slice(0, 200)} is alive` : "",
      ...[...one.attributes].map((attribute) => {
        const why = ofAttribute(attribute, known.mark, known);
        return why && `${one.localName} ${attribute.name}=${attribute.value} ${why}`;
      }),
    ]);
    for (const one of document.querySelectorAll(NEVER)) found.push(`${one.outerHTML.slice(0, 200)}`);
    if (document.querySelector("script[src*=htmx]") && typeof window.htmx?.process !== "function") {
      found.push("htmx is shadowed");
    }
    if (window.config !== undefined) found.push("a name is shadowed");
    return [...refused, ...found.filter(Boolean)];
  };

  // Everything that can be read: words, what stands in boxes, what attributes say.
  const words = () => {
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) {
      if (!walk.currentNode.parentElement.closest("script, style")) texts.push(walk.currentNode.data);
    }
    const boxes = [...document.querySelectorAll("input, textarea")].map((one) => one.value);
    const said = [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].map((a) => a.value));
    return [texts.join(""), ...boxes, ...said].join("\n");
  };

  // Every part of the page that follows the news is fetched and put in anew. How many were.
  const renew = async () => {
    const parts = [...document.querySelectorAll('[hx-trigger*="enishi:news"]')];
    let swapped = 0;
    document.addEventListener("htmx:afterSettle", () => { swapped += 1; });
    document.body.dispatchEvent(new CustomEvent("enishi:news"));
    for (let tries = 0; swapped < parts.length && tries < 40; tries += 1) {
      await new Promise((wake) => { setTimeout(wake, 50); });
    }
    return swapped;
  };

  // What this page can leave behind in the browser, the offline page of the worker aside.
  const kept = async () => {
    const stored = [localStorage, sessionStorage].flatMap((one) => Object.entries(one).flat());
    const bases = (await indexedDB.databases()).map(({ name }) => `database ${name}`);
    const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(opened.map((one) => one.keys()))).flat();
    const paths = requests.map(({ url }) => new URL(url).pathname);
    const pages = paths.filter((path) => path !== "/offline/" && !path.startsWith("/static/"));
    return [...stored.filter((text) => /[<>]|zq\d/.test(text)), ...bases, ...pages];
  };

  // What markup of a stranger would do if it came to life. Tells what ran, and how much was refused.
  const attempts = async () => {
    await new Promise((wake) => { setTimeout(wake, 0); }); // whoever drives the browser may do more
    const add = (name, facts) => {
      const made = Object.assign(document.createElement(name), facts);
      document.body.append(made);
      return made;
    };
    add("script", { textContent: "window.ran = 'an inline script'" });
    add("script", { src: "data:text/javascript,window.ran='a script in its address'" });
    add("div", { innerHTML: "<img src=/static/none.png onerror=\"window.ran='an attribute'\">" });
    add("a", { href: "javascript:void(window.ran='a link')" }).click();
    for (const act of [(words) => setTimeout(words), (words) => new Function(words)()]) {
      try { act("window.ran = 'words as code'"); } catch { /* refused */ }
    }
    const live = add("i", {});
    live.setAttribute("hx-on:click", "window.ran = 'an act of htmx'");
    try { window.htmx.process(live); } catch { /* refused */ }
    live.click();
    await new Promise((wake) => { setTimeout(wake, 500); });
    return [window.ran ?? null, refused.length];
  };

  window.onlooker = { refused, heard, prints, faults, words, renew, kept, attempts };
})();
