// Asks the browser for a passkey and sends it with the form it stands in. Bytes travel as base64url.
const bytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")),
  (one) => one.charCodeAt(0),
);

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const decoded = ({ publicKey }) => {
  const made = { ...publicKey, challenge: bytes(publicKey.challenge) };
  const named = (one) => ({ ...one, id: bytes(one.id) });
  if (made.user) made.user = named(made.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (made[list]) made[list] = made[list].map(named);
  }
  return { publicKey: made };
};

const encoded = (given) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given.response[name]) response[name] = text(given.response[name]);
  }
  const transports = given.response.getTransports?.();
  if (transports) response.transports = transports;
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    authenticatorAttachment: given.authenticatorAttachment,
    clientExtensionResults: given.getClientExtensionResults(),
    response,
  };
};

const say = (form, name) => {
  const place = form.querySelector("[data-passkey-says]");
  place.textContent = name ? place.dataset[name] : "";
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.challenge, { method: "POST", body: new FormData(form) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const WORDS = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };

const ask = async (form) => {
  say(form, "");
  try {
    const given = await navigator.credentials[form.dataset.passkey](decoded(await optionsOf(form)));
    form.elements.credential.value = JSON.stringify(encoded(given));
    form.submit();
  } catch (fault) {
    say(form, WORDS[fault.name] ?? "failed");
  }
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !navigator.credentials) {
    form.querySelector("button").disabled = true;
    say(form, "none");
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

// A page from the browser's memory would send the same answer twice.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-passkey]")) form.elements.credential.value = "";
});
