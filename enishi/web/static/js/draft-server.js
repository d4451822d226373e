// Drafts as the server keeps them: by account and form, so that every device has them.
export const account = document.querySelector('meta[name="enishi-account"]')?.content ?? "";

const PATIENCE = 8_000;
const CONFLICT = 409; // another window has written since
const LARGEST_LAST_WORD = 60_000; // browsers carry no more for a page that is being left

const ask = async (address, options = {}) => {
  try {
    const answer = await fetch(address, {
      cache: "no-store",
      redirect: "manual", // a redirect leads to the sign-in page
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
    });
    if (!answer.ok && answer.status !== CONFLICT) {
      answer.body?.cancel(); // a page for people: left unread it would hold up the line
      // Signed out, or signed in anew in another window since this page came.
      if (answer.type === "opaqueredirect" || answer.status === 403) return { isOut: true };
      return answer.status >= 500 ? { isGone: true } : {};
    }
    const { draft } = answer.status === 204 ? {} : await answer.json();
    return { draft, isElsewhere: answer.status === CONFLICT };
  } catch {
    return { isGone: true };
  }
};

const post = (form, address, body) => ask(address, {
  method: "POST",
  body,
  headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  keepalive: document.visibilityState === "hidden" && String(body).length < LARGEST_LAST_WORD,
});

export const look = (place) => ask(`/drafts/?${new URLSearchParams({ place })}`);

export const keep = (form, seen, boxes) => {
  const body = new URLSearchParams({ place: form.dataset.draft, seen });
  for (const [name, values] of Object.entries(boxes)) {
    for (const value of values) body.append(`box:${name}`, value);
  }
  return post(form, "/drafts/", body);
};

export const throwAway = (form, id) => post(form, `/drafts/${id}/discard/`, new URLSearchParams());
