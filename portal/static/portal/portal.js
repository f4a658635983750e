// Improvements only: every page works without this file.
(() => {
  "use strict";

  const fieldOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  // A link of the error summary goes to the field itself, with its label in view.
  const followErrorLink = (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && fieldOf(link);
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") || field).scrollIntoView();
    (field.matches("input, select, textarea") ? field : field.querySelector("input") || field).focus({
      preventScroll: true,
    });
  };

  const focusErrors = (root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (!summary) return;
    summary.addEventListener("click", followErrorLink);
    summary.focus();
  };

  // What narrows a list is folded away on a phone and open beside the list on a wide screen.
  // Who has opened it on a phone finds it open in the answer as well.
  let wasOpen = false;
  const unfold = (root) => {
    const isWide = window.matchMedia("(min-width: 60em)").matches;
    root.querySelectorAll("details[data-open-when-wide]").forEach((details) => {
      details.open = isWide || wasOpen;
    });
  };

  const offerPrinting = (root) => {
    root.querySelectorAll("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  };

  // The second click of an impatient finger sends nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 2000);
  });

  const improve = (root) => {
    focusErrors(root);
    unfold(root);
    offerPrinting(root);
  };
  improve(document);
  document.addEventListener("htmx:beforeSwap", () => {
    wasOpen = Boolean(document.querySelector("details[data-open-when-wide][open]"));
  });
  document.addEventListener("htmx:afterSwap", () => {
    focusErrors(document);
    unfold(document);
  });
})();
