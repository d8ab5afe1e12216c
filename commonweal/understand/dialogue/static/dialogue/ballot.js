// Voting by keyboard: 1 agrees, 2 disagrees, 3 passes. Everything works without it.

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  document.querySelector(`[data-ballot] button[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// After a vote the next statement is where the reader is.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "ballot") return;
  const legend = event.target.querySelector("legend, p");
  legend?.setAttribute("tabindex", "-1");
  legend?.focus();
});
