// Keys for those who put many suggestions together. They act only while a tick box of the list has the focus, so that
// nobody presses them by accident; Tab, Space and Enter do all of it without this file.

const form = document.querySelector("[data-desk]");
const ticks = form ? [...form.querySelectorAll("input[name='contributions']")] : [];

function go(from, by) {
  const next = ticks[ticks.indexOf(from) + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.parentElement.scrollIntoView({ block: "nearest" });
}

function toTheName() {
  form.elements.title.focus();
}

function toTheReasons() {
  const reason = form.querySelector("input[name='reason']");
  if (!reason) return;
  reason.closest("details").open = true;
  reason.focus();
}

function press(tick, key) {
  const link = document.querySelector(`[data-key-link="${CSS.escape(key)}"]`);
  if (link) link.click();
  else if (key === "j") go(tick, 1);
  else if (key === "k") go(tick, -1);
  else if (key === "x") tick.click();
  else if (key === "g") toTheName();
  else if (key === "s") toTheReasons();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !ticks.includes(event.target)) return;
  if (press(event.target, event.key)) event.preventDefault();
});

// Whoever goes on from the desk to the desk is back in the list. A first visit begins at the top, as everywhere.
const hasErrors = document.querySelector("[data-error-summary]");
const goesOn = document.referrer && new URL(document.referrer).pathname === location.pathname;
if (ticks.length && goesOn && !hasErrors) ticks[0].focus({ preventScroll: true });
