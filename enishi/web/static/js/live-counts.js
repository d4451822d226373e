// The numbers beside "Messages" and "Notices".
const places = (name) => document.querySelectorAll(`[data-live="${name}"]`);

export const get = async (address) => {
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "manual", // a redirect leads to the sign-in page
    });
    return answer.ok ? await answer.json() : { isSignedOut: answer.type === "opaqueredirect" };
  } catch {
    return {};
  }
};

export const counts = async () => {
  const found = await get("/notices/counts/");
  return "messages" in found ? found : null;
};

// True when a number was not yet what it is now.
export const show = ({ messages, notices }) => {
  let changed = false;
  for (const [name, number] of Object.entries({ messages, notices })) {
    for (const place of places(name)) {
      const text = number ? String(number) : "";
      if (place.textContent.trim() === text) continue;
      place.textContent = text;
      changed = true;
    }
  }
  return changed;
};
