// A button that copies the box it names. Without JavaScript the box is there to be copied by hand.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  const box = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(box.value);
  } catch {
    box.select(); // not allowed here: the reader copies what is marked
    return;
  }
  document.getElementById(`${box.id}_said`).textContent = button.dataset.copied;
});
