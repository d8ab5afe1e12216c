// What makes pages pleasant. Everything works without it.

const quietly = (found, act) => found && act(found);

function focusTheErrors(root = document) {
  quietly(root.querySelector("[data-error-summary]"), (summary) => {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
  });
}

// A link in the error summary goes to the field itself, and its label comes into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  if (!link) return;
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".govuk-form-group") || field).scrollIntoView();
  field.focus({ preventScroll: true });
});

// Two quick presses send a form once.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 3000);
});
window.addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form").forEach((form) => sent.delete(form)));

// How much room is left in a text.
function countDown(area) {
  const told = document.getElementById(`${area.id}_count`);
  if (!told) return;
  const tell = () => {
    const left = Number(area.dataset.longest) - area.value.length;
    told.textContent = (left < 0 ? told.dataset.over : told.dataset.left).replace("%s", Math.abs(left));
    told.classList.toggle("govuk-error-message", left < 0);
  };
  area.addEventListener("input", tell);
  tell();
}

// Leaving replaces this page, so that 'back' does not return to it; pressing Escape three times leaves too.
const ways = document.querySelectorAll("[data-leave]");
let escapes = 0;
ways.forEach((way) => way.addEventListener("click", (event) => {
  event.preventDefault();
  document.body.hidden = true;
  location.replace(way.href);
}));
quietly(ways[0], (leave) => {
  document.addEventListener("keydown", (event) => {
    escapes = event.key === "Escape" ? escapes + 1 : 0;
    if (escapes === 3) leave.click();
  });
});

function settle(root) {
  root.querySelectorAll("textarea[data-longest]").forEach(countDown);
  focusTheErrors(root);
}

settle(document);
document.addEventListener("htmx:afterSettle", (event) => settle(event.target));
